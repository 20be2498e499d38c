import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from papers.models import ReadingList, Report
from sessions.models import ImportJob
from sessions.services import import_jobs
from sessions.tasks import import_document

TEXT = "# Reading list\n\n- [One](https://arxiv.org/abs/2101.00001)\n- [Two](https://a.org) <blink>x</blink>\n"


def post(client, **fields):
    return client.post(reverse("sessions:import_create"), fields, follow=True)


def test_pasted_text_is_previewed_before_anything_is_saved(alice_client):
    page = post(alice_client, text=TEXT).content.decode()

    assert "nothing is saved yet" in page
    assert "2 entries" in page
    assert "Line 4: HTML that the importer does not know" in page
    assert not ReadingList.objects.exists()


def test_previewed_document_is_brought_in_once(alice, alice_client):
    post(alice_client, text=TEXT)
    job = ImportJob.objects.get()

    page = alice_client.post(reverse("sessions:import_save", args=[job.pk]), follow=True).content.decode()
    alice_client.post(reverse("sessions:import_save", args=[job.pk]))

    assert "The document is in." in page
    reading_list = ReadingList.objects.get()
    assert (reading_list.owner, reading_list.entries.count()) == (alice, 2)
    job.refresh_from_db()
    assert not job.file


def test_shape_can_be_forced(alice_client):
    post(alice_client, text=TEXT, shape="plain article")

    assert ImportJob.objects.get().report["shape"] == "plain article"


def test_zip_waits_for_a_worker(alice_client):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("blog/README.md", "# Us\n\n## Reports\n\n### Paper Report 1: A\n[read more](a.md)\n")
        archive.writestr("blog/a.md", "The text.")

    page = post(alice_client, upload=SimpleUploadedFile("blog.zip", packed.getvalue())).content.decode()
    assert "It waits for a worker." in page
    job = ImportJob.objects.get()
    import_document(import_job_id=job.pk)
    job.refresh_from_db()
    assert (job.is_ready, job.report["counts"]["reports"]) == (True, 1)
    assert not Report.objects.exists()

    alice_client.post(reverse("sessions:import_save", args=[job.pk]))
    import_document(import_job_id=job.pk)
    assert Report.objects.get().body == "The text."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a file or paste a text"),
        ({"text": "a", "upload": SimpleUploadedFile("a.md", b"b")}, "Choose a file or paste a text"),
        ({"upload": SimpleUploadedFile("a.exe", b"MZ")}, "This is no Markdown and no zip file"),
    ],
)
def test_wrong_input_is_told_in_one_sentence(alice_client, fields, sentence):
    assert sentence in post(alice_client, **fields).content.decode()
    assert not ImportJob.objects.exists()


def test_document_that_cannot_be_read_says_why(alice_client):
    page = post(alice_client, upload=SimpleUploadedFile("old.md", "# 論文の会".encode("shift_jis"))).content.decode()

    assert "It is not UTF-8 text" in page


def test_import_that_was_interrupted_starts_again(alice_client, monkeypatch):
    monkeypatch.setattr(import_jobs, "READ_AT_ONCE", 0)
    post(alice_client, text=TEXT)
    job = ImportJob.objects.get()
    ImportJob.objects.claim(job.pk)
    ImportJob.objects.update(lease_expires_at="2020-01-01T00:00:00Z")

    import_document(import_job_id=job.pk)

    job.refresh_from_db()
    assert job.is_ready
