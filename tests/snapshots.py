"""Everything the database holds, to tell whether something changed nothing."""

from django.apps import apps
from django.core import serializers

OWN_APPS = ("readinggroup", "papers", "group_sessions")


def snapshot() -> dict[str, list[dict]]:
    """All rows of the project's own models, by model."""
    models = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: serializers.serialize("python", model.objects.order_by("pk")) for model in models}
