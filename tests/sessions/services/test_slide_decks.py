"""Decks: taken in, drawn, replaced, refused, removed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage

from readinggroup.jobs import LeaseLost, sweep
from readinggroup.search import search
from sessions.models import Slide, SlideDeck
from sessions.services import slide_rendering
from sessions.services.presentations import edit_presentation
from sessions.services.slide_decks import (
    DeckRefused,
    attach_slide_deck,
    delete_slide_deck,
    render_slides_again,
)
from sessions.slides.errors import RendererCrashed
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import pdf, upload

pytestmark = pytest.mark.django_db


def stored_files() -> set[str]:
    folders, names = [""], set()
    while folders:
        folder = folders.pop()
        inside, files = default_storage.listdir(folder) if default_storage.exists(folder or ".") else ([], [])
        folders += [f"{folder}/{one}".strip("/") for one in inside]
        names |= {f"{folder}/{one}" for one in files}
    return names


def named_files() -> set[str]:
    names = set(SlideDeck.objects.values_list("original", flat=True))
    for pair in Slide.objects.values_list("image", "thumbnail"):
        names |= set(pair)
    return names


def test_drawn_deck_becomes_current_with_all_its_slides(django_capture_on_commit_callbacks):
    presentation = make_presentation(slides_condition="expected")
    deck = attach_slide_deck(presentation, upload(name="My talk.pdf"))
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    presentation.refresh_from_db()
    assert (deck.status, deck.is_current, deck.pages_total, deck.pages_done) == ("done", True, 3, 3)
    assert list(deck.slides.values_list("number", "text")) == [(1, "Slide 1"), (2, "Slide 2"), (3, "Slide 3")]
    assert (deck.original_name, presentation.slides_condition) == ("My talk.pdf", "available")
    assert deck.original.open("rb").read() == pdf()


def test_drawing_twice_equals_drawing_once():
    deck = attach_slide_deck(make_presentation(), upload())
    render_slides(slide_deck_id=deck.pk)
    before = (stored_files(), list(Slide.objects.values_list("pk", flat=True)))
    render_slides(slide_deck_id=deck.pk)
    assert (stored_files(), list(Slide.objects.values_list("pk", flat=True))) == before


def test_words_on_slides_are_found_once_drawn_and_no_longer_when_withheld(django_capture_on_commit_callbacks):
    presentation = make_presentation(slides_condition="expected")
    deck = attach_slide_deck(presentation, upload(pdf(text="Zeitgeber")))
    with django_capture_on_commit_callbacks(execute=True):
        render_slides(slide_deck_id=deck.pk)
    assert [hit.url for hit in search("zeitgeber", viewer=AnonymousUser())] == [presentation.get_absolute_url()]
    presentation.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        edit_presentation(presentation, slides_condition="withheld", slides_reason="Not published yet.")
    assert len(search("zeitgeber", viewer=AnonymousUser())) == 0


def test_task_for_a_deck_that_is_gone_does_nothing():
    render_slides(slide_deck_id=12345)


@pytest.mark.parametrize(
    ("data", "code", "advice"),
    [
        (b"%PDF-1.4 broken", "damaged", "Export it again"),
        (pdf(password="secret"), "encrypted", "without one"),
    ],
)
def test_failure_is_on_the_row_with_its_reason_and_the_original_stays(data, code, advice):
    deck = attach_slide_deck(make_presentation(), upload(data))
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    assert (deck.status, deck.error_code) == ("failed", code)
    assert advice in deck.error
    assert deck.original.open("rb").read() == data


def test_too_many_pages_by_setting(settings):
    settings.SLIDES_MAX_PAGES = 2
    deck = attach_slide_deck(make_presentation(), upload())
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    assert deck.error == "This PDF has 3 pages; the limit is 2. Upload the slides without the appendix."


def test_file_beyond_the_limit_is_refused_and_not_kept(settings):
    settings.SLIDES_MAX_MEGABYTES = 0
    with pytest.raises(DeckRefused, match="the limit is 0 MB"):
        attach_slide_deck(make_presentation(), upload())
    assert not SlideDeck.objects.exists()
    assert not stored_files()


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"PK\x03\x04 a presentation file"])
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(DeckRefused, match="not a PDF"):
        attach_slide_deck(make_presentation(), upload(data))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("a\x00b\u202etxt.pdf", "abtxt.pdf"),
        ("C:\\talks\\CON.pdf", "CON.pdf"),
        ("…" * 300 + ".pdf", "…" * 200),
        ("Vortrag über Größe 🎉.pdf", "Vortrag über Größe 🎉.pdf"),
    ],
)
def test_stored_name_is_ours_and_the_shown_one_is_harmless(name, shown):
    file = upload()
    file._name = name
    deck = attach_slide_deck(make_presentation(), file)
    assert deck.original_name == shown
    assert deck.original.name == f"decks/{deck.sha256[:2]}/{deck.sha256}.pdf"


def test_old_slides_stay_until_the_new_deck_is_ready():
    presentation = make_presentation()
    old = attach_slide_deck(presentation, upload())
    render_slides(slide_deck_id=old.pk)
    new = attach_slide_deck(presentation, upload(pdf(5)))
    assert presentation.current_deck == old
    render_slides(slide_deck_id=new.pk)
    assert (presentation.current_deck, presentation.current_deck.slides.count()) == (new, 5)


def test_failed_new_version_leaves_the_old_one_in_place():
    presentation = make_presentation()
    old = attach_slide_deck(presentation, upload())
    render_slides(slide_deck_id=old.pk)
    bad = attach_slide_deck(presentation, upload(b"%PDF-1.4 broken"))
    render_slides(slide_deck_id=bad.pk)
    assert presentation.current_deck == old


def test_older_deck_that_is_ready_late_does_not_replace_a_newer_one():
    presentation = make_presentation()
    first = attach_slide_deck(presentation, upload())
    second = attach_slide_deck(presentation, upload(pdf(5)))
    render_slides(slide_deck_id=second.pk)
    render_slides(slide_deck_id=first.pk)
    assert presentation.current_deck == second


def test_same_file_again_is_the_same_deck_and_one_file():
    presentation = make_presentation()
    deck = attach_slide_deck(presentation, upload())
    assert attach_slide_deck(presentation, upload()) == deck
    assert attach_slide_deck(make_presentation(), upload()) != deck
    assert len(stored_files()) == 1


def test_withheld_slides_stay_withheld_when_a_deck_is_drawn():
    presentation = make_presentation(slides_condition="withheld", slides_reason="Unpublished results.")
    render_slides(slide_deck_id=attach_slide_deck(presentation, upload()).pk)
    presentation.refresh_from_db()
    assert (presentation.slides_condition, presentation.slides_reason) == ("withheld", "Unpublished results.")


def test_crash_is_tried_again_and_blamed_on_the_file_only_after_three(monkeypatch):
    def crash(*args, **kwargs):
        raise RendererCrashed("killed")

    monkeypatch.setattr(slide_rendering, "render_deck", crash)
    deck = attach_slide_deck(make_presentation(), upload())
    states = []
    for _ in range(3):
        SlideDeck.objects.update(wake_at=None)
        render_slides(slide_deck_id=deck.pk)
        deck.refresh_from_db()
        states.append(deck.status)
    assert states == ["pending", "pending", "failed"]
    assert "Three attempts" in deck.error


def test_failed_deck_can_be_drawn_again():
    deck = attach_slide_deck(make_presentation(), upload())
    SlideDeck.objects.update(status="failed", attempts=3, error="An accident.")
    deck.refresh_from_db()
    render_slides_again(deck)
    render_slides(slide_deck_id=deck.pk)
    deck.refresh_from_db()
    assert (deck.status, deck.error) == ("done", "")


def test_worker_that_lost_its_lease_writes_nothing(monkeypatch):
    deck = attach_slide_deck(make_presentation(), upload())
    claimed = SlideDeck.objects.claim(deck.pk)
    SlideDeck.objects.filter(pk=deck.pk).update(lease="00000000-0000-4000-8000-000000000000")
    with pytest.raises(LeaseLost):
        slide_rendering.render_slides(claimed)
    deck.refresh_from_db()
    assert (deck.status, deck.slides.count()) == ("running", 0)


def test_deck_deleted_while_it_is_drawn_leaves_no_file(django_capture_on_commit_callbacks):
    deck = attach_slide_deck(make_presentation(), upload())
    claimed = SlideDeck.objects.claim(deck.pk)
    with django_capture_on_commit_callbacks(execute=True):
        delete_slide_deck(deck)
    claimed.original.storage.save(claimed.original.name, upload())
    with pytest.raises(LeaseLost):
        slide_rendering.render_slides(claimed)
    assert not [name for name in stored_files() if name.startswith("slides/")]


def test_deleting_the_current_deck_brings_back_the_one_before(django_capture_on_commit_callbacks):
    presentation = make_presentation()
    decks = [attach_slide_deck(presentation, upload(pdf(pages))) for pages in (2, 3)]
    for deck in decks:
        render_slides(slide_deck_id=deck.pk)
    with django_capture_on_commit_callbacks(execute=True):
        delete_slide_deck(SlideDeck.objects.get(pk=decks[1].pk))
    assert presentation.current_deck == decks[0]
    assert stored_files() == named_files()


def test_sweep_gives_up_on_a_deck_whose_workers_died_three_times(monkeypatch):
    deck = attach_slide_deck(make_presentation(), upload())
    SlideDeck.objects.update(status="running", attempts=3, lease_expires_at="2026-01-01T00:00:00Z")
    sweep()
    deck.refresh_from_db()
    assert deck.status == "failed"
    assert "interrupted 3 times" in deck.error
