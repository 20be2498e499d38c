"""Meeting related models by the name of the relation, so that modules need not import each other in a circle."""

from typing import Any

from django.db import models


def rows_behind(model: type[models.Model], relation: str) -> Any:
    """Return the QuerySet of the rows that the relation `relation` of `model` leads to, with its own methods."""
    return model._meta.get_field(relation).related_model._default_manager.all()  # type: ignore[union-attr]
