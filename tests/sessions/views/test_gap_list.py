"""Filling the gaps of the archive in bulk."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sessions.models import Presentation
from sessions.models.presentation import NOT_MENTIONED
from sessions.services.backfilling import state_of
from tests.factories import make_presentation
from tests.pdfs import pdf

pytestmark = pytest.mark.django_db

COMPLETE = {
    "presented_on": date(2024, 3, 5),
    "slides_condition": "none",
    "recording_condition": "none",
    "presenters": ["Ada"],
}


@pytest.fixture
def bare():
    """A presentation of which nothing but the title is known."""
    talk = make_presentation(title="Attention", slides_condition="expected", recording_condition="expected")
    Presentation.objects.filter(pk=talk.pk).update(presented_on=None)
    talk.refresh_from_db()
    return talk


def row(talk: Presentation, **cells) -> dict:
    data = {f"p{talk.pk}-{name}": value for name, value in cells.items()}
    return {"row": [talk.pk], f"p{talk.pk}-seen": state_of(talk), **data}


def test_organiser_fills_in_a_whole_row(alice_client, bare, bob):
    answer = alice_client.post(
        "/archive/gaps/",
        row(
            bare,
            date="2024-03-05",
            presenters="Bob, Grace Hopper",
            slides="withheld: under review",
            recording="https://youtu.be/dQw4w9WgXcQ",
        ),
        follow=True,
    )
    assert "Filled in 1 presentation." in answer.content.decode()
    bare.refresh_from_db()
    assert bare.presented_on == date(2024, 3, 5)
    assert [person.member for person in bare.presenters.all()] == [bob, None]
    assert bare.presenter_names == ["Bob", "Grace Hopper"]
    assert (bare.slides_condition, bare.slides_reason) == ("withheld", "under review")
    assert bare.recordings.get().video_id == "dQw4w9WgXcQ"


def test_only_what_lacks_something_is_listed(alice_client, bare):
    make_presentation(title="Complete", **COMPLETE)
    make_presentation(title="Silent", **{**COMPLETE, "recording_reason": NOT_MENTIONED})
    page = alice_client.get("/archive/gaps/").content.decode()
    assert "Attention" in page
    assert "Silent" in page
    assert "Complete" not in page
    page = alice_client.get("/archive/gaps/?lacking=date").content.decode()
    assert "Attention" in page
    assert "Silent" not in page
    assert "Fill 2 gaps" in alice_client.get("/archive/").content.decode()


def test_row_with_a_mistake_keeps_what_was_typed_and_holds_up_no_other(alice_client, bare):
    other = make_presentation(title="Other", **{**COMPLETE, "presented_on": None})
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    data = row(bare, date=tomorrow, presenters="Ada", slides="somewhere") | row(other, date="2023-01-09")
    data["row"] = [bare.pk, other.pk]
    answer = alice_client.post("/archive/gaps/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("This day is still to come.", "Paste an address, or write “none”", 'value="somewhere"', "1 row"):
        assert words in page
    other.refresh_from_db()
    bare.refresh_from_db()
    assert other.presented_on == date(2023, 1, 9)
    assert not bare.presenters.exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(alice_client, bare):
    data = row(bare, date="2024-03-05", presenters="Ada")
    Presentation.objects.filter(pk=bare.pk).update(presented_on=date(2020, 1, 1))
    answer = alice_client.post("/archive/gaps/", data)
    page = answer.content.decode()
    assert "Somebody else changed this meanwhile" in page
    assert 'value="Ada"' in page
    bare.refresh_from_db()
    assert bare.presented_on == date(2020, 1, 1)
    assert f'value="{state_of(bare)}"' in page


def test_empty_cells_leave_things_as_they_are(alice_client, bare):
    alice_client.post("/archive/gaps/", row(bare, date="", presenters="", slides="", recording=""))
    bare.refresh_from_db()
    assert (bare.presented_on, bare.slides_condition) == (None, "expected")


def test_slides_come_as_a_file_or_by_address(alice_client, bare):
    other = make_presentation(title="Other", **{**COMPLETE, "slides_condition": "expected"})
    data = row(bare, slides_file=SimpleUploadedFile("deck.pdf", pdf(1)))
    data |= row(other, slides="https://example.org/deck.pdf")
    data["row"] = [bare.pk, other.pk]
    alice_client.post("/archive/gaps/", data)
    assert bare.slide_decks.get().original_name == "deck.pdf"
    assert other.slide_decks.get().source_url == "https://example.org/deck.pdf"
    assert "Other" not in alice_client.get("/archive/gaps/").content.decode()


def test_file_that_is_no_deck_is_refused_beside_its_cell(alice_client, bare):
    data = row(bare, slides_file=SimpleUploadedFile("deck.pdf", b"not a deck"), date="2024-03-05")
    answer = alice_client.post("/archive/gaps/", data)
    assert answer.status_code == 422
    assert f'id="id_p{bare.pk}-slides_file_error"' in answer.content.decode()
    bare.refresh_from_db()
    assert bare.presented_on is None


def test_nothing_lacking_says_so(alice_client):
    make_presentation(title="Complete", **COMPLETE)
    assert "Nothing is missing here" in alice_client.get("/archive/gaps/").content.decode()


def test_queries_do_not_grow_with_the_rows(alice_client, bare, count_queries):
    few = count_queries(lambda: alice_client.get("/archive/gaps/"))
    for _ in range(15):
        make_presentation(slides_condition="expected", recording_condition="expected")
    assert count_queries(lambda: alice_client.get("/archive/gaps/")) == few


@pytest.mark.parametrize("rows", [["x"], ["999999"], [""], ["-1", "²"]])
def test_rows_that_are_none_change_nothing(alice_client, bare, rows):
    assert alice_client.post("/archive/gaps/", {"row": rows}).status_code == 302
