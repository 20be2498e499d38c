"""What an upload is, by its content."""

import zipfile
from io import BytesIO

import pytest

from sessions.slides.formats import format_of
from tests.pdfs import odp, pdf, zipped


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf(1), "pdf"),
        (b"junk before it\n" + pdf(1), "pdf"),
        (zipped({"ppt/presentation.xml": "<p/>"}), "pptx"),
        (odp("Words"), "odp"),
        (zipped({"Index/Document.iwa": ""}), "key"),
        (zipped({"word/document.xml": ""}), ""),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ppt"),
        (b"PK\x03\x04 and no archive", ""),
        (b"<!DOCTYPE html><title>Sign in</title>", "html"),
        (b"", ""),
        (b"\x89PNG\r\n\x1a\n", ""),
    ],
    # Their bytes hold a time of day, and are no names.
    ids=[f"file {number}" for number in range(11)],
)
def test_content_tells_the_format(data, found):
    file = BytesIO(data)
    assert format_of(file) == found
    assert file.tell() == 0


def test_archive_that_unpacks_to_more_than_a_deck_is_none():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", "")
        for number in range(1, 23):
            archive.writestr(f"ppt/media/{number}", bytes(50_000_000))
    assert format_of(file) == ""
