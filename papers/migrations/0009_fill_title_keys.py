from django.db import migrations

from papers.titles import title_key


def fill(apps, schema_editor):
    paper_model = apps.get_model("papers", "Paper")
    waiting = []
    for paper in paper_model.objects.exclude(title="").only("pk", "title").iterator(chunk_size=500):
        paper.title_key = title_key(paper.title)
        waiting.append(paper)
        if len(waiting) == 500:
            paper_model.objects.bulk_update(waiting, ["title_key"])
            waiting = []
    paper_model.objects.bulk_update(waiting, ["title_key"])


class Migration(migrations.Migration):
    dependencies = [("papers", "0008_paper_title_key")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
