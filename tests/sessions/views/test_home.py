"""The front door: what is next, where a slot is open, what one missed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_member, make_presentation, make_reading_list, make_report, make_session

pytestmark = pytest.mark.django_db


def test_empty_site_says_what_to_do_first(charlie, alice_client):
    assert "No session is planned yet" in charlie.get("/").content.decode()
    assert reverse("sessions:session_create") in alice_client.get("/").content.decode()


def test_next_session_its_presenter_and_open_slots_at_a_glance(charlie):
    session = make_session(starts_at=timezone.now() + timedelta(days=4), place="Room 2.14", slots=1)
    talk = make_presentation(
        title="Scenes as fields", presenters=["Ines"], status="claimed", session=session, position=2
    )
    page = charlie.get("/").content.decode()
    for text in (talk.title, "Ines presents", "Room 2.14", "1 slot", "Take it"):
        assert text in page


def test_shelf_reports_and_lists_are_the_newest(charlie):
    make_presentation(title="Given talk", presented_on="2026-11-01", number=4)
    make_presentation(title="Open talk", status="open")
    make_report(title="Published report")
    make_report(title="Draft report", status="draft")
    make_reading_list(title="Public list")
    make_reading_list(title="Private list", is_public=False)
    page = charlie.get("/").content.decode()
    assert "4. Given talk" in page
    assert "Published report" in page
    assert "Public list" in page
    for hidden in ("Open talk", "Draft report", "Private list"):
        assert hidden not in page


def test_cancelled_and_past_sessions_are_not_next(charlie):
    make_session(title="Cancelled one", status="cancelled")
    make_session(title="Past one", starts_at=timezone.now() - timedelta(days=2))
    page = charlie.get("/").content.decode()
    assert "Cancelled one" not in page
    assert "Past one" not in page


def test_members_session_is_hidden_from_visitors(charlie, bob_client):
    make_session(title="Behind closed doors", visibility="members")
    assert "Behind closed doors" not in charlie.get("/").content.decode()
    assert "Behind closed doors" in bob_client.get("/").content.decode()


def test_member_replies_from_the_home_page(bob, bob_client):
    session = make_session()
    answer = bob_client.post(reverse("sessions:session_reply", args=[session.pk]), {"rsvp": "yes", "from": "home"})
    assert answer.url == "/"
    assert session.attendances.get(member=bob).rsvp == "yes"
    assert "You are coming" in bob_client.get("/").content.decode()


@pytest.mark.parametrize("number", [1, 10, 100])
def test_number_of_queries_does_not_grow(charlie, count_queries, number):
    for index in range(number):
        make_presentation(number=index + 1, presenters=["Lena", make_member()])
        make_session(starts_at=timezone.now() + timedelta(days=index + 1), slots=1)
        make_report(written_by=make_member())
        make_reading_list()
    assert count_queries(lambda: charlie.get("/")) <= 18
