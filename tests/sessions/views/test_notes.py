"""Writing notes together on the page of a session."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.services.notes import save_notes
from tests.factories import make_session

pytestmark = pytest.mark.django_db


def edit(session) -> str:
    return reverse("sessions:notes_edit", args=[session.pk])


def test_member_writes_and_everybody_reads(bob_client, charlie):
    session = make_session()
    answer = bob_client.post(edit(session), {"notes": "We **met**.\r\n", "version": 0}, follow=True)
    assert "<strong>met</strong>" in answer.content.decode()
    page = charlie.get(session.get_absolute_url()).content.decode()
    assert "<strong>met</strong>" in page
    assert "Edit the notes" not in page


def test_both_texts_stand_on_the_page_when_the_same_line_was_changed(bob_client, alice):
    session = make_session()
    save_notes(session, text="theirs", version=0, saved_by=alice)
    answer = bob_client.post(edit(session), {"notes": "mine", "version": 0})
    # Both only added something: nobody contradicts anybody.
    assert answer.status_code == 302
    session.refresh_from_db()
    assert session.notes == "theirs\nmine"
    save_notes(session, text="theirs again\nmine", version=2, saved_by=alice)
    refused = bob_client.post(edit(session), {"notes": "mine again\nmine", "version": 2})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "theirs again" in page
    assert "mine again" in page
    assert "Alice saved version 3" in page
    bob_client.post(edit(session), {"notes": "both again", "version": 3})
    session.refresh_from_db()
    assert session.notes == "both again"


def test_refused_text_stays_in_the_form(bob_client):
    session = make_session()
    for data in ({"notes": "[" * 6000, "version": 0}, {"notes": "kept words", "version": "x"}, {"notes": "kept words"}):
        answer = bob_client.post(edit(session), data)
        assert answer.status_code == 422
        assert data["notes"][:100] in answer.content.decode()


def test_quick_note(bob_client):
    session = make_session()
    address = reverse("sessions:note_add", args=[session.pk])
    assert "Say it aloud" in bob_client.post(address, {"text": "Say it aloud"}, follow=True).content.decode()
    empty = bob_client.post(address, {"text": " \x00 "})
    assert empty.status_code == 422
    session.refresh_from_db()
    assert session.notes == "**Bob:** Say it aloud"


def test_versions_are_listed_shown_and_restored(bob, bob_client, charlie):
    session = make_session()
    for number, text in enumerate(["first words", "second words"]):
        save_notes(session, text=text, version=number, saved_by=bob)
    history = bob_client.get(reverse("sessions:notes_history", args=[session.pk])).content.decode()
    assert history.count("Bob") >= 2
    shown = bob_client.get(reverse("sessions:notes_version", args=[session.pk, 1])).content.decode()
    assert "first words" in shown
    bob_client.post(reverse("sessions:notes_restore", args=[session.pk, 1]))
    session.refresh_from_db()
    assert (session.notes, session.notes_version) == ("first words", 3)
    assert bob_client.get(reverse("sessions:notes_version", args=[session.pk, 9])).status_code == 404
    assert charlie.get(reverse("sessions:notes_history", args=[session.pk])).status_code == 302


@pytest.mark.parametrize(
    ("ahead", "follows"), [(0, True), (10, True), (-90, True), (60, False), (-180, False)], ids=str
)
def test_the_page_follows_the_notes_during_the_meeting(charlie, ahead, follows):
    session = make_session(starts_at=timezone.now() + timezone.timedelta(minutes=ahead), notes="x", notes_html="x")
    address = reverse("sessions:notes_part", args=[session.pk])
    assert (f'data-refresh-url="{address}"' in charlie.get(session.get_absolute_url()).content.decode()) is follows
    part = charlie.get(address)
    assert part.content.decode().strip().startswith("<div id=")
    assert "no-store" in part.headers["Cache-Control"]


def test_notes_of_a_session_for_members_stay_there(charlie, bob):
    session = make_session(visibility="members")
    save_notes(session, text="hush", version=0, saved_by=bob)
    assert charlie.get(reverse("sessions:notes_part", args=[session.pk])).status_code == 404


def test_organisers_form_leaves_the_notes_alone(alice_client):
    session = make_session(notes="kept")
    page = alice_client.get(reverse("sessions:session_edit", args=[session.pk])).content.decode()
    assert 'name="notes"' not in page
