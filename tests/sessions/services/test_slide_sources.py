"""Decks that are fetched from an address, or come from an office program."""

import pytest
from django.core.files.storage import default_storage
from werkzeug import Response

from sessions.models import SlideDeck
from sessions.services import slide_decks
from sessions.services.slide_decks import DeckRefused, attach_linked_slide_deck, attach_slide_deck, delete_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import needs_office, odp, pdf, upload, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(httpserver, settings):
    """A site on the internet, as far as the fetcher knows."""
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"localhost:{httpserver.port}"]
    return httpserver


def drawn(url: str, **fields) -> SlideDeck:
    deck = attach_linked_slide_deck(make_presentation(**fields), url)
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    return deck


def test_slides_are_fetched_kept_and_drawn(host):
    host.expect_request("/talk.pdf").respond_with_data(pdf(2), content_type="application/pdf")
    deck = drawn(host.url_for("/talk.pdf"), slides_condition="expected")
    assert (deck.status, deck.slides.count(), deck.is_current) == ("done", 2, True)
    assert (deck.original_name, deck.size) == ("talk.pdf", len(pdf(2)))
    assert default_storage.open(deck.original.name).read() == pdf(2)
    deck.presentation.refresh_from_db()
    assert deck.presentation.slides_condition == "available"


def test_page_that_offers_a_pdf_is_followed(host):
    host.expect_request("/u/talk").respond_with_data('<html><a href="/files/talk.pdf">Download PDF</a>')
    host.expect_request("/files/talk.pdf").respond_with_data(pdf(1))
    assert drawn(host.url_for("/u/talk")).status == "done"


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (Response("<html>Sign in to continue</html>"), "not_slides"),
        (Response("gone", status=404), "not_found"),
        (Response("no", status=403), "not_allowed"),
        (Response("plain words"), "not_slides"),
        (Response(zipped({"Index/Document.iwa": ""})), "keynote"),
    ],
)
def test_what_is_no_deck_ends_in_a_sentence(host, response, code):
    host.expect_request("/talk").respond_with_response(response)
    deck = drawn(host.url_for("/talk"))
    assert (deck.status, deck.error_code) == ("failed", code)
    assert deck.error.endswith(".")
    assert not deck.original


def test_host_that_is_away_is_asked_again_later(host):
    host.expect_request("/talk.pdf").respond_with_data("busy", status=503, headers={"Retry-After": "600"})
    deck = drawn(host.url_for("/talk.pdf"))
    assert (deck.status, deck.error_code, deck.attempts) == ("pending", "link_away", 1)
    assert (deck.wake_at - deck.claimed_at).total_seconds() > 500


def test_private_address_is_refused(settings):
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = []
    assert drawn("http://127.0.0.1/talk.pdf").error_code == "link_refused"
    assert drawn("http://169.254.169.254/latest/meta-data/").error_code == "link_refused"


def test_file_beyond_the_limit_is_not_kept(host, settings):
    settings.SLIDES_MAX_MEGABYTES = 1
    host.expect_request("/talk.pdf").respond_with_data(pdf(1) + bytes(1_000_001))
    assert drawn(host.url_for("/talk.pdf")).error_code == "link_too_large"


def test_file_is_fetched_once_however_often_it_is_drawn(host):
    host.expect_ordered_request("/talk.pdf").respond_with_data(pdf(1))
    deck = drawn(host.url_for("/talk.pdf"))
    deck.restart()
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    assert deck.status == "done"
    assert len(host.log) == 1


def test_same_address_twice_while_it_is_fetched_is_one_deck():
    presentation = make_presentation()
    first = attach_linked_slide_deck(presentation, " https://example.org/talk.pdf ")
    assert attach_linked_slide_deck(presentation, "example.org/talk.pdf") == first


def test_office_document_is_drawn_and_its_pdf_kept_beside_it(charlie):
    needs_office()
    presentation = make_presentation()
    deck = attach_slide_deck(presentation, upload(odp("Words of an office", "More"), "My talk.odp"))
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    assert (deck.status, deck.extension) == ("done", "odp")
    assert [slide.text for slide in deck.slides.all()] == ["Words of an office", "More"]
    original = charlie.get(f"/slides/{deck.pk}/original/")
    assert "My talk.odp" in original.headers["Content-Disposition"]
    made = charlie.get(f"/slides/{deck.pk}/slides.pdf")
    assert "My talk.pdf" in made.headers["Content-Disposition"]
    assert b"".join(made.streaming_content).startswith(b"%PDF-")
    page = charlie.get(presentation.get_absolute_url()).content.decode()
    assert "Download ODP" in page


def test_deleted_office_deck_leaves_no_file(django_capture_on_commit_callbacks):
    needs_office()
    deck = attach_slide_deck(make_presentation(), upload(odp("Words"), "talk.odp"))
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    names = [deck.original.name, deck.pdf.name]
    with django_capture_on_commit_callbacks(execute=True):
        delete_slide_deck(deck)
    assert [default_storage.exists(name) for name in names] == [False, False]


def test_without_an_office_program_the_upload_is_refused_with_advice(settings):
    settings.OFFICE_PROGRAM = "/no/such/program"
    assert slide_decks.accepted_formats() == ["pdf"]
    with pytest.raises(DeckRefused, match="Export a PDF"):
        attach_slide_deck(make_presentation(), upload(odp("Words"), "talk.odp"))
    with pytest.raises(DeckRefused, match="Keynote"):
        attach_slide_deck(make_presentation(), upload(zipped({"Index/Document.iwa": ""}), "talk.key"))
