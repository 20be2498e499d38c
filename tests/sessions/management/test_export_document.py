"""manage.py export_document: a list, a report, or everything."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from papers.documents.reading import read_document
from tests.factories import make_presentation, make_reading_list, make_report

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("export_document", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def content(bob):
    kept = make_reading_list(title="Transformers", intro="What to read.")
    kept.entries.create(position=1, title="Attention", commentary="Read this.")
    make_reading_list(title="My own", owner=bob, is_public=False)
    make_report(title="On heads", body="Some *text*.")
    make_presentation(title="Attention: all of it", number=1)


def test_list_is_written_to_the_terminal(content):
    document = read_document(run("--list", "transformers"))
    assert [(entry.title, entry.commentary) for entry in document.entries] == [("Attention", "Read this.")]


def test_report_is_written_to_a_file(content, tmp_path):
    run("--report", "on-heads", "--output", str(tmp_path / "heads.md"))
    assert read_document((tmp_path / "heads.md").read_text()).reports[0].body == "Some *text*."


def test_private_list_needs_its_keeper(content, bob):
    with pytest.raises(CommandError, match="--as"):
        run("--list", "my-own")
    assert "# My own" in run("--list", "my-own", "--as", bob.email)


def test_archive_is_a_folder_that_was_not_there(content, tmp_path):
    told = run("--archive", "--output", str(tmp_path / "out"))
    assert told.startswith("3 files")
    assert "### Presentation 1: Attention: all of it" in (tmp_path / "out" / "README.md").read_text()
    with pytest.raises(CommandError, match="Name a new folder"):
        run("--archive", "--output", str(tmp_path / "out"))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_archive_is_a_zip_file_that_may_be_replaced(content, tmp_path):
    for _ in range(2):
        assert run("--archive", "--output", str(tmp_path / "out.zip")).startswith("3 files")
    assert "lists/transformers.md" in zipfile.ZipFile(tmp_path / "out.zip").namelist()


@pytest.mark.parametrize("args", [["--archive"], ["--list", "no-such"], ["--report", "no-such"]])
def test_what_cannot_be_done_is_said(args):
    with pytest.raises(CommandError):
        run(*args)


def test_place_that_cannot_be_written_is_named(content, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("--list", "transformers", "--output", str(tmp_path / "no" / "where.md"))
    with pytest.raises(CommandError, match="cannot be written"):
        run("--archive", "--output", str(tmp_path / "no" / "where"))
