"""Of sessions that were here before, nobody knows a change after they were made."""

from django.db import migrations
from django.db.models import F


def date_by_creation(apps, schema_editor):
    apps.get_model("group_sessions", "Session").objects.update(updated_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("group_sessions", "0007_session_changes")]

    operations = [migrations.RunPython(date_by_creation, migrations.RunPython.noop, elidable=True)]
