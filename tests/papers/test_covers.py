"""Covers of papers: a first page where the licence allows it, else the title set in type."""

import pytest
from django.core.files.storage import default_storage

from papers.licences import licence_of, may_be_shown
from papers.metadata import PaperMetadata
from papers.models import PaperCover
from papers.services.covers import request_cover
from papers.services.metadata import write_metadata
from papers.tasks import draw_cover
from tests.factories import make_paper
from tests.pdfs import pdf


@pytest.mark.parametrize(
    ("text", "licence", "is_open"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0", True),
        ("http://creativecommons.org/licenses/by-sa/3.0", "CC-BY-SA-3.0", True),
        ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0", True),
        ("cc-by", "CC-BY", True),
        ("CC-BY-4.0", "CC-BY-4.0", True),
        ("cc0-1.0", "CC0-1.0", True),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0", False),
        ("cc-by-nc", "CC-BY-NC", False),
        ("https://www.elsevier.com/tdm/userlicense/1.0/", "", False),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "", False),
        ("", "", False),
        (None, "", False),
        ({"a": 1}, "", False),
    ],
)
def test_licence_is_recognised_and_only_open_ones_show_a_page(text, licence, is_open):
    assert licence_of(text) == licence
    assert may_be_shown(licence) is is_open


@pytest.fixture
def host(httpserver, settings, db):
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"localhost:{httpserver.port}"]
    return httpserver


def open_paper(url: str, licence: str = "CC-BY-4.0"):
    paper = make_paper(title="An open paper", licence=licence)
    paper.links.create(kind="pdf", url=url)
    return paper


def test_first_page_of_an_open_paper_is_drawn_and_shown(host, charlie):
    host.expect_ordered_request("/paper.pdf").respond_with_data(pdf(30, size=(595, 842)))
    paper = open_paper(host.url_for("/paper.pdf"))
    cover = request_cover(paper)
    draw_cover(paper_id=paper.pk)
    cover.refresh_from_db()
    assert (cover.status, cover.height) == ("done", 1000)
    shown = charlie.get(f"{paper.get_absolute_url().rstrip('/')}/cover.webp")
    page = charlie.get(paper.get_absolute_url()).content.decode()
    assert 'alt="First page of the paper"' in page
    assert "CC-BY-4.0" in page
    assert shown.headers["Content-Type"] == "image/webp"
    request_cover(paper)
    draw_cover(paper_id=paper.pk)
    assert len(host.log) == 1


def test_page_of_any_other_paper_is_not_asked_for_and_its_title_is_set(db, charlie):
    paper = open_paper("https://example.org/a.pdf", licence="CC-BY-NC-4.0")
    assert request_cover(paper) is None
    page = charlie.get(paper.get_absolute_url()).content.decode()
    assert "paper-cover-typed" in page
    assert charlie.get(f"{paper.get_absolute_url().rstrip('/')}/cover.webp").status_code == 404


def test_cover_goes_when_the_licence_does(host, charlie):
    host.expect_request("/paper.pdf").respond_with_data(pdf(1))
    paper = open_paper(host.url_for("/paper.pdf"))
    request_cover(paper)
    draw_cover(paper_id=paper.pk)
    paper.licence = ""
    paper.save()
    assert charlie.get(f"{paper.get_absolute_url().rstrip('/')}/cover.webp").status_code == 404
    request_cover(paper)
    assert not PaperCover.objects.exists()


@pytest.mark.parametrize(
    ("data", "status", "state", "code"),
    [
        (b"<html>no</html>", 200, "failed", "not_drawn"),
        (b"", 404, "failed", "not_fetched"),
        (b"", 503, "pending", "away"),
    ],
)
def test_what_cannot_be_drawn_leaves_the_typed_cover(host, charlie, data, status, state, code):
    host.expect_request("/paper.pdf").respond_with_data(data, status=status)
    paper = open_paper(host.url_for("/paper.pdf"))
    cover = request_cover(paper)
    draw_cover(paper_id=paper.pk)
    cover.refresh_from_db()
    assert (cover.status, cover.error_code) == (state, code)
    assert "paper-cover-typed" in charlie.get(paper.get_absolute_url()).content.decode()


def test_licence_that_a_source_names_is_kept_and_asks_for_a_cover(db):
    paper = make_paper(title="A paper")
    paper.links.create(kind="pdf", url="https://example.org/a.pdf")
    write_metadata(paper, PaperMetadata(source="Crossref", title="A paper", licence="CC-BY-4.0"))
    paper.refresh_from_db()
    assert paper.licence == "CC-BY-4.0"
    assert paper.cover.is_waiting
    assert not default_storage.exists("covers")
