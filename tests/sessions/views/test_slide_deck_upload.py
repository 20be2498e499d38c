"""Uploading slides, and the part of the page that follows them."""

import pytest
from django.urls import reverse

from sessions.models import SlideDeck
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(bob):
    return make_presentation(title="Masks", presenters=[bob], slides_condition="expected")


def address(name: str, talk) -> str:
    return reverse(f"sessions:{name}", args=[talk.pk])


def test_upload_is_accepted_at_once(bob, bob_client, talk):
    answer = bob_client.post(address("slide_deck_upload", talk), {"file": upload()})
    assert (answer.status_code, answer.url) == (302, talk.get_absolute_url() + "#slides")
    deck = SlideDeck.objects.get()
    assert (deck.status, deck.uploaded_by, deck.original_name) == ("pending", bob, "talk.pdf")


def test_script_gets_json_with_where_to_go(bob_client, talk):
    answer = bob_client.post(
        address("slide_deck_upload", talk), {"file": upload()}, headers={"Accept": "application/json"}
    )
    assert answer.json() == {"location": talk.get_absolute_url() + "#slides"}


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_wrong_file_is_refused_with_a_sentence(bob_client, talk, accept):
    answer = bob_client.post(
        address("slide_deck_upload", talk), {"file": upload(b"PK\x03\x04")}, headers={"Accept": accept}
    )
    assert answer.status_code == 400
    assert "Export your slides as a PDF" in answer.content.decode()
    assert not SlideDeck.objects.exists()


def test_empty_and_missing_files_are_refused(bob_client, talk):
    for data in ({}, {"file": upload(b"")}):
        assert bob_client.post(address("slide_deck_upload", talk), data).status_code == 400


def test_only_its_presenters_and_organisers_upload(charlie, alice_client, talk):
    from tests.clients import signed_in_client
    from tests.factories import make_member

    page = address("slide_deck_upload", talk)
    assert "/accounts/login/" in charlie.get(page).url
    assert signed_in_client(make_member()).post(page, {"file": upload()}).status_code == 404
    assert alice_client.get(page).status_code == 200


def test_part_follows_the_work_until_it_is_done(charlie, talk):
    part = address("slide_deck_part", talk)
    deck = attach_slide_deck(talk, upload())
    waiting = charlie.get(part).content.decode()
    assert f'data-refresh-url="{part}"' in waiting
    assert "wait for a worker" in waiting
    SlideDeck.objects.update(status="running", pages_total=26, pages_done=4)
    assert "4 of 26 pages are ready" in charlie.get(part).content.decode()
    SlideDeck.objects.update(status="pending")
    render_slides(slide_deck_id=deck.pk)
    done = charlie.get(part).content.decode()
    assert "data-refresh-url" not in done
    assert "Slide 3 of 3" in done


def test_failure_is_told_to_its_presenters_with_ways_on(charlie, bob_client, talk):
    deck = attach_slide_deck(talk, upload(pdf(password="secret")))
    render_slides(slide_deck_id=deck.pk)
    told = bob_client.get(talk.get_absolute_url()).content.decode()
    for text in ("Save a copy without one", "Upload another file", "Try again", "Download the original"):
        assert text in told
    assert "asks for a password" not in charlie.get(talk.get_absolute_url()).content.decode()


def test_old_slides_stay_beside_the_failure_of_the_new(bob_client, talk):
    render_slides(slide_deck_id=attach_slide_deck(talk, upload()).pk)
    render_slides(slide_deck_id=attach_slide_deck(talk, upload(b"%PDF-1.4 broken")).pk)
    page = bob_client.get(talk.get_absolute_url()).content.decode()
    assert "the old ones stay" in page
    assert "Slide 3 of 3" in page


def test_presenter_tries_again(bob_client, talk):
    deck = attach_slide_deck(talk, upload())
    SlideDeck.objects.update(status="failed", attempts=3)
    again = reverse("sessions:slide_deck_again", args=[deck.pk])
    assert bob_client.get(again).status_code == 405
    assert bob_client.post(again).status_code == 302
    assert SlideDeck.objects.get().status == "pending"


def test_stranger_cannot_try_again(charlie, talk):
    from tests.clients import signed_in_client
    from tests.factories import make_member

    deck = attach_slide_deck(talk, upload())
    SlideDeck.objects.update(status="failed")
    assert signed_in_client(make_member()).post(reverse("sessions:slide_deck_again", args=[deck.pk])).status_code == 404
    assert SlideDeck.objects.get().status == "failed"


def test_condition_is_said_and_withholding_needs_a_reason(bob_client, talk):
    state = address("slides_condition_edit", talk)
    refused = bob_client.post(state, {"slides_condition": "withheld", "slides_reason": "", "slides_url": ""})
    assert refused.status_code == 400
    assert "Say why the slides are withheld." in refused.content.decode()
    bob_client.post(state, {"slides_condition": "none", "slides_reason": "A whiteboard talk.", "slides_url": ""})
    assert "A whiteboard talk." in bob_client.get(talk.get_absolute_url()).content.decode()
