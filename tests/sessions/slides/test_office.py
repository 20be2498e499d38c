"""Office documents become PDFs, and nothing else happens on the way."""

import pytest

from sessions.slides.errors import SlideRenderError
from sessions.slides.office import convert_to_pdf, office_program
from sessions.slides.renderer import render_deck
from tests.pdfs import needs_office, odp


def convert(data: bytes, tmp_path, program: str | None):
    document, folder = tmp_path / "deck.odp", tmp_path / "own"
    document.write_bytes(data)
    folder.mkdir()
    return convert_to_pdf(document, folder, program=program)


def test_presentation_becomes_a_pdf_with_its_words(tmp_path):
    needs_office()
    pdf = convert(odp("Words on the first", "Words on the second"), tmp_path, office_program())
    pages = tmp_path / "pages"
    pages.mkdir()
    slides = render_deck(pdf, pages).slides
    assert [slide.text for slide in slides] == ["Words on the first", "Words on the second"]


def test_nothing_that_a_document_links_to_is_asked_for(tmp_path, httpserver):
    needs_office()
    convert(odp("Words", picture=httpserver.url_for("/seen.png")), tmp_path, office_program())
    assert httpserver.log == []


def test_damaged_document_is_refused_with_a_sentence(tmp_path):
    needs_office()
    with pytest.raises(SlideRenderError) as caught:
        convert(b"PK\x03\x04" + bytes(500), tmp_path, office_program())
    assert caught.value.code == "not_converted"


def test_without_an_office_program_a_pdf_is_asked_for(tmp_path):
    with pytest.raises(SlideRenderError, match="Export a PDF"):
        convert(odp("Words"), tmp_path, None)


def test_office_program_that_hangs_is_stopped(tmp_path, monkeypatch):
    program = tmp_path / "hangs"
    program.write_text("#!/bin/sh\nsleep 600 & sleep 600\n")
    program.chmod(0o755)
    monkeypatch.setattr("sessions.slides.office.SECONDS", 1)
    with pytest.raises(SlideRenderError, match="took more than 1 s"):
        convert(odp("Words"), tmp_path, str(program))
