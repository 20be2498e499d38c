"""Addresses of slides as people paste them."""

import pytest

from sessions.slides.links import NotALink, file_address, file_name, pdf_in_page

GOOGLE = "1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ"


@pytest.mark.parametrize(
    ("pasted", "file"),
    [
        (
            f"https://docs.google.com/presentation/d/{GOOGLE}/edit#slide=id.p",
            f"https://docs.google.com/presentation/d/{GOOGLE}/export/pdf",
        ),
        (
            f"docs.google.com/presentation/u/1/d/{GOOGLE}/edit?usp=sharing",
            f"https://docs.google.com/presentation/d/{GOOGLE}/export/pdf",
        ),
        (
            f"https://drive.google.com/file/d/{GOOGLE}/view?usp=sharing",
            f"https://drive.usercontent.google.com/download?id={GOOGLE}&export=download",
        ),
        (
            f"https://drive.google.com/open?id={GOOGLE}",
            f"https://drive.usercontent.google.com/download?id={GOOGLE}&export=download",
        ),
        (
            "https://github.com/group/talks/blob/main/2021/My talk.pdf".replace(" ", "%20"),
            "https://raw.githubusercontent.com/group/talks/main/2021/My%20talk.pdf",
        ),
        (
            "https://github.com/group/talks/raw/master/a.pdf?raw=true",
            "https://raw.githubusercontent.com/group/talks/master/a.pdf",
        ),
        (
            "https://gitlab.com/group/talks/-/blob/main/a.pdf",
            "https://gitlab.com/group/talks/-/raw/main/a.pdf",
        ),
        (
            "https://huggingface.co/datasets/g/d/blob/main/slides.pdf",
            "https://huggingface.co/datasets/g/d/resolve/main/slides.pdf",
        ),
        (
            "https://www.dropbox.com/s/abc/talk.pdf?dl=0",
            "https://www.dropbox.com/s/abc/talk.pdf?dl=1",
        ),
        (
            "https://www.dropbox.com/scl/fi/abc/talk.pdf?rlkey=k1&dl=0",
            "https://www.dropbox.com/scl/fi/abc/talk.pdf?rlkey=k1&dl=1",
        ),
        ("https://example.org/talk.pdf", "https://example.org/talk.pdf"),
    ],
)
def test_page_that_shows_slides_leads_to_their_file(pasted, file):
    assert file_address(pasted) == file


@pytest.mark.parametrize(
    ("pasted", "advice"),
    [
        ("my slides", "Paste the one"),
        ("javascript:alert(1)", "Paste the one"),
        ("https://docs.google.com/presentation/d/e/2PACX-1vT/pub", "Share, Copy link"),
        ("https://drive.google.com/drive/folders/abc", "Open the file itself"),
    ],
)
def test_what_cannot_be_fetched_is_answered_with_advice(pasted, advice):
    with pytest.raises(NotALink, match=advice):
        file_address(pasted)


def test_page_offers_its_pdf():
    page = b'<a href="/a">x</a><a class="download" href="https://files.example/p/talk.pdf?n=1">Download PDF</a>'
    assert pdf_in_page(page, "https://decks.example/u/talk") == "https://files.example/p/talk.pdf?n=1"
    assert pdf_in_page(b'<a href="../talk.pdf">', "https://decks.example/u/talk/") == "https://decks.example/u/talk.pdf"
    assert pdf_in_page(b"<a href='http://[broken'>no</a><p>", "https://decks.example/") == ""


def test_name_is_the_last_part_of_the_path():
    assert file_name("https://example.org/a/My%20talk.pdf?x=1") == "My talk.pdf"
    assert file_name("https://example.org/") == "slides"
