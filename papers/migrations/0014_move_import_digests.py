"""Take along what earlier imports wrote."""

from django.db import migrations


def move(apps, schema_editor):
    ImportDigest = apps.get_model("papers", "ImportDigest")
    documents = apps.get_model("papers", "ImportedDocument").objects.exclude(written={})
    for document in documents.only("written").iterator(chunk_size=10):
        rows = (ImportDigest(document=document, key=key, fields=told) for key, told in document.written.items())
        ImportDigest.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("papers", "0013_import_digests")]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField(model_name="importeddocument", name="written"),
    ]
