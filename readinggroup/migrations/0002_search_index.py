"""The indexes of readinggroup/search/engines, by database."""

from django.db import migrations, models

from readinggroup.search.tables import create_search_tables, drop_search_tables


class Migration(migrations.Migration):
    dependencies = [("readinggroup", "0001_initial")]

    operations = [
        migrations.AlterField(
            "searchentry",
            "visibility",
            models.CharField(
                choices=[("public", "everybody"), ("members", "members")], default="public", max_length=10
            ),
        ),
        migrations.RunPython(create_search_tables, drop_search_tables),
    ]
