"""What the last import wrote becomes a row for each entry, since a document may have very many."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0012_date_entries_by_list")]

    operations = [
        migrations.CreateModel(
            name="ImportDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=400)),
                ("fields", models.JSONField(default=dict)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="papers.importeddocument",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="importdigest",
            constraint=models.UniqueConstraint(fields=("document", "key"), name="one_digest_for_each_entry"),
        ),
    ]
