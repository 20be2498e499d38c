"""Entries that were here before they had times came with their lists."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def date_by_list(apps, schema_editor):
    Entry = apps.get_model("papers", "Entry")
    lists = apps.get_model("papers", "ReadingList").objects.filter(pk=OuterRef("reading_list"))
    Entry.objects.update(
        created_at=Subquery(lists.values("created_at")[:1]), updated_at=Subquery(lists.values("updated_at")[:1])
    )


class Migration(migrations.Migration):
    dependencies = [("papers", "0011_entry_times")]

    operations = [migrations.RunPython(date_by_list, migrations.RunPython.noop, elidable=True)]
