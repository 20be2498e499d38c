"""Adding and editing presentations, marking them as given, linking recordings."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Presentation, Session
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_session

pytestmark = pytest.mark.django_db
FIELDS = {"title": "A talk", "summary": "In *short*.", "visibility": "public"}


def test_member_adds_a_presentation_of_several_papers(bob, bob_client):
    first, second = make_paper(arxiv="1706.03762"), make_paper(arxiv="2010.11929")
    papers = "https://arxiv.org/abs/2010.11929\narXiv:1706.03762v5"
    answer = bob_client.post(
        reverse("sessions:presentation_create"),
        FIELDS | {"papers": papers, "members": [bob.pk], "presenter_names": "Lena, Jo", "presented_on": "2026-03-01"},
    )
    presentation = Presentation.objects.get()
    assert answer.url == presentation.get_absolute_url()
    assert [place.paper for place in presentation.paper_places.all()] == [second, first]
    assert presentation.presenter_names == ["Bob", "Lena", "Jo"]
    assert (presentation.number, presentation.status) == (1, "given")
    assert "<em>short</em>" in presentation.summary_html


def test_title_defaults_to_the_papers(bob_client):
    make_paper(title="Attention Is All You Need", arxiv="1706.03762")
    bob_client.post(reverse("sessions:presentation_create"), FIELDS | {"title": "", "papers": "1706.03762"})
    assert Presentation.objects.get().title == "Attention Is All You Need"


def test_presentation_for_a_coming_session_is_not_in_the_archive_yet(bob_client):
    session = make_session()
    bob_client.post(reverse("sessions:presentation_create"), FIELDS | {"session": session.pk})
    assert (Presentation.objects.get().status, Presentation.objects.get().number) == ("claimed", None)


def test_bad_lines_are_named_and_nothing_is_lost(bob_client):
    page = bob_client.post(reverse("sessions:presentation_create"), FIELDS | {"papers": "1706.03762\nno paper"})
    text = page.content.decode()
    assert "“no paper” names no paper" in text
    assert "A talk" in text
    assert not Presentation.objects.exists()


def test_day_to_come_is_refused(bob_client):
    page = bob_client.post(reverse("sessions:presentation_create"), FIELDS | {"presented_on": "2999-01-01"})
    assert "still to come" in page.content.decode()


def test_presenter_edits_and_papers_stay_when_untouched(bob, bob_client):
    papers = [make_paper(arxiv="1706.03762"), make_paper(title="Known by name only")]
    presentation = make_presentation(presenters=[bob], papers=papers)
    edit = reverse("sessions:presentation_edit", args=[presentation.pk])
    shown = bob_client.get(edit).context["form"].initial["papers"]
    bob_client.post(edit, FIELDS | {"title": "Better title", "papers": shown, "members": [bob.pk]})
    presentation.refresh_from_db()
    assert presentation.title == "Better title"
    assert [place.paper for place in presentation.paper_places.all()] == papers


def test_stranger_gets_404_for_every_change(bob):
    presentation = make_presentation(presenters=[bob])
    stranger = signed_in_client(make_member())
    for name in ("presentation_edit", "recording_edit", "slide_deck_upload"):
        assert stranger.get(reverse(f"sessions:{name}", args=[presentation.pk])).status_code == 404
    assert stranger.post(reverse("sessions:presentation_give", args=[presentation.pk])).status_code == 404


def test_given_talk_gets_its_number(bob, bob_client):
    make_presentation(number=11)
    this_evening = make_session(starts_at=timezone.now() - timedelta(minutes=30))
    presentation = make_presentation(presenters=[bob], status="claimed", session=this_evening)
    give = reverse("sessions:presentation_give", args=[presentation.pk])
    assert bob_client.get(give).status_code == 405
    bob_client.post(give)
    presentation.refresh_from_db()
    assert (presentation.number, presentation.status) == (12, "given")


def test_recording_is_linked_replaced_and_withheld(bob, bob_client):
    presentation = make_presentation(presenters=[bob])
    edit = reverse("sessions:recording_edit", args=[presentation.pk])
    for url in ("https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/123456789"):
        bob_client.post(edit, {"url": url, "condition": "expected"})
    recording = presentation.recordings.get()
    presentation.refresh_from_db()
    assert (recording.host, recording.video_id, presentation.recording_condition) == ("vimeo", "123456789", "available")
    refused = bob_client.post(edit, {"url": "", "condition": "withheld", "reason": ""})
    assert "Say why the recording is withheld." in refused.content.decode()
    bob_client.post(edit, {"url": "", "condition": "withheld", "reason": "Names were said."})
    assert not presentation.recordings.exists()
    assert "Names were said." in bob_client.get(presentation.get_absolute_url()).content.decode()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "no address", "ftp://example.org/a.mp4", "https://"])
def test_what_is_no_recording_is_refused(bob, bob_client, url):
    presentation = make_presentation(presenters=[bob])
    page = bob_client.post(
        reverse("sessions:recording_edit", args=[presentation.pk]), {"url": url, "condition": "expected"}
    )
    assert "This is no address" in page.content.decode()
    assert not presentation.recordings.exists()


def test_double_click_adds_one_presentation_and_one_session(bob_client, alice_client):
    new = {"presented_on": "2026-03-01"}
    for number in (1, 2, 3):
        title = "Another talk" if number == 3 else "A talk"
        answer = bob_client.post(reverse("sessions:presentation_create"), FIELDS | new | {"title": title}, follow=True)
        assert ("arrived twice" in answer.content.decode()) == (number == 2)
    assert [talk.title for talk in Presentation.objects.order_by("number")] == ["A talk", "Another talk"]
    meeting = {"starts_at": "2036-03-04T16:00", "ends_at": "2036-03-04T17:00", "format": "talks", "slots": 1}
    for _ in range(2):
        alice_client.post(reverse("sessions:session_create"), meeting | {"visibility": "public"})
    assert Session.objects.count() == 1
