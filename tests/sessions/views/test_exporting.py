"""The download buttons of lists, reports and the archive."""

import zipfile
from io import BytesIO

import pytest

from tests.factories import make_presentation, make_reading_list, make_report

pytestmark = pytest.mark.django_db


def test_list_is_downloaded_from_its_page(client):
    kept = make_reading_list(title="Transformers", intro="What to read.")
    page = client.get(kept.get_absolute_url()).content.decode()
    assert 'href="/reading-lists/transformers.md" download' in page
    answer = client.get("/reading-lists/transformers.md")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="transformers.md"'
    assert "What to read." in answer.content.decode()


def test_report_is_downloaded_from_its_page(client):
    report = make_report(title="On heads", body="See ![a head](/reports/images/x.webp).")
    assert 'href="/reports/on-heads.md" download' in client.get(report.get_absolute_url()).content.decode()
    text = client.get("/reports/on-heads.md").content.decode()
    assert "![a head](http://localhost:8000/reports/images/x.webp)" in text


def test_strangers_get_neither_drafts_nor_private_lists(client, bob_client, bob):
    make_report(title="On heads", status="draft", written_by=bob)
    make_reading_list(title="My own", owner=bob, is_public=False)
    for path in ("/reports/on-heads.md", "/reading-lists/my-own.md"):
        assert client.get(path).status_code == 404
        answer = bob_client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_archive_is_downloaded_whole(client, bob_client):
    make_presentation(title="Attention", number=1)
    make_presentation(title="Among ourselves", number=2, visibility="members")
    assert 'href="/archive.zip" download' in client.get("/archive/").content.decode()

    def readme(reader) -> str:
        whole = zipfile.ZipFile(BytesIO(b"".join(reader.get("/archive.zip").streaming_content)))
        return whole.read("README.md").decode()

    assert "Among ourselves" not in readme(client)
    assert "Among ourselves" in readme(bob_client)
