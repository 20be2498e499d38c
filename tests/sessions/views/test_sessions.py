"""Sessions: the calendar, one session, planning, cancelling, replying."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Series, Session
from tests.factories import make_member, make_presentation, make_session

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/secret-room"


def past(**fields) -> Session:
    return make_session(starts_at=timezone.now() - timedelta(days=9), **fields)


def test_list_tells_what_comes_and_what_was(charlie):
    make_session(title="Coming evening", slots=1)
    past(title="Past evening")
    page = charlie.get("/sessions/").content.decode()
    assert page.index("Coming evening") < page.index("Past sessions") < page.index("Past evening")
    assert "1 slot open" in page


def test_empty_list_says_so(charlie):
    assert "Nothing is planned" in charlie.get("/sessions/").content.decode()


def test_times_are_the_groups_with_the_zone_for_the_readers(charlie):
    session = make_session(starts_at="2026-12-01T15:00:00Z", ends_at="2026-12-01T16:00:00Z", time_zone="Europe/Berlin")
    page = charlie.get(session.get_absolute_url()).content.decode()
    assert "Tue 1 Dec 2026, 16:00–17:00 Berlin" in page
    assert 'data-zone="Europe/Berlin"' in page


def test_meeting_link_is_for_members(charlie, bob_client):
    session = make_session(meeting_url=LINK)
    assert LINK not in charlie.get(session.get_absolute_url()).content.decode()
    assert LINK in bob_client.get(session.get_absolute_url()).content.decode()


def test_members_session_is_404_for_visitors_in_every_way(charlie, bob_client):
    session = make_session(title="Closed", visibility="members", slots=1)
    talk = session.presentations.get()
    assert charlie.get(session.get_absolute_url()).status_code == 404
    assert charlie.get(talk.get_absolute_url()).status_code == 404
    assert "Closed" not in charlie.get("/sessions/").content.decode()
    assert bob_client.get(session.get_absolute_url()).status_code == 200


def test_session_leads_to_the_one_before_and_after(charlie):
    before, now, after = (make_session(starts_at=timezone.now() + timedelta(days=day)) for day in (1, 2, 3))
    page = charlie.get(now.get_absolute_url()).content.decode()
    assert before.get_absolute_url() in page
    assert after.get_absolute_url() in page


PLAN = {
    "title": "Theory evening",
    "starts_at": "2026-12-15T16:00",
    "ends_at": "2026-12-15T17:00",
    "place": "Room 1",
    "meeting_url": "",
    "format": "talks",
    "visibility": "public",
    "notes": "Bring *questions*.",
    "slots": "2",
}


def test_organiser_plans_a_session_with_slots(alice_client):
    alice_client.post(reverse("sessions:session_create"), PLAN)
    session = Session.objects.get()
    assert session.presentations.filter(status="open").count() == 2
    assert session.local_start.hour == 16
    assert "<em>questions</em>" in alice_client.get(session.get_absolute_url()).content.decode()


def test_session_that_ends_before_it_starts_is_refused_and_nothing_is_lost(alice_client):
    page = alice_client.post(reverse("sessions:session_create"), PLAN | {"ends_at": "2026-12-15T15:00"})
    assert "must end after it starts" in page.content.decode()
    assert "Theory evening" in page.content.decode()
    assert not Session.objects.exists()


def test_members_cannot_plan_edit_or_cancel(bob_client):
    session = make_session()
    assert bob_client.get(reverse("sessions:session_create")).status_code == 404
    assert bob_client.get(reverse("sessions:session_edit", args=[session.pk])).status_code == 404
    assert bob_client.post(reverse("sessions:session_cancel", args=[session.pk])).status_code == 404


def test_organiser_moves_a_session(alice_client):
    session = make_session(title="Before")
    moved = PLAN | {"title": "After", "starts_at": "2026-12-16T18:00", "ends_at": "2026-12-16T19:00"}
    alice_client.post(reverse("sessions:session_edit", args=[session.pk]), moved)
    session.refresh_from_db()
    assert (session.title, session.local_start.day) == ("After", 16)


def test_cancelled_session_says_why_and_takes_no_replies(alice_client, bob, bob_client):
    session = make_session()
    alice_client.post(reverse("sessions:session_cancel", args=[session.pk]), {"reason": "The heating broke."})
    assert "The heating broke." in bob_client.get(session.get_absolute_url()).content.decode()
    bob_client.post(reverse("sessions:session_reply", args=[session.pk]), {"rsvp": "yes"})
    assert not session.attendances.exists()


@pytest.mark.parametrize("rsvp", ["", "perhaps", "yes' OR 1=1"])
def test_reply_that_is_none_is_refused(bob_client, rsvp):
    session = make_session()
    bob_client.post(reverse("sessions:session_reply", args=[session.pk]), {"rsvp": rsvp})
    assert not session.attendances.exists()


def test_last_reply_counts_once(bob_client):
    session = make_session()
    for rsvp in ("yes", "yes", "no"):
        bob_client.post(reverse("sessions:session_reply", args=[session.pk]), {"rsvp": rsvp})
    assert [one.rsvp for one in session.attendances.all()] == ["no"]


@pytest.mark.parametrize("number", [1, 10, 100])
def test_number_of_queries_does_not_grow(charlie, count_queries, number):
    for index in range(number):
        for at in (timezone.now() + timedelta(days=index + 1), timezone.now() - timedelta(days=index + 1)):
            session = make_session(starts_at=at, slots=1)
            make_presentation(title="", session=session, position=2, presenters=[make_member()])
    assert count_queries(lambda: charlie.get("/sessions/")) <= 13


def test_times_are_typed_on_the_clock_of_the_session(alice_client):
    plan = PLAN | {"starts_at": "2026-12-15T16:00", "ends_at": "2026-12-15T17:00", "time_zone": "America/New_York"}
    alice_client.post(reverse("sessions:session_create"), plan)
    session = Session.objects.get()
    assert session.starts_at.isoformat() == "2026-12-15T21:00:00+00:00"
    page = alice_client.get(reverse("sessions:session_edit", args=[session.pk])).content.decode()
    assert 'value="2026-12-15T16:00"' in page


def test_a_time_that_the_clocks_skip_is_refused(alice_client):
    plan = PLAN | {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}
    page = alice_client.post(reverse("sessions:session_create"), plan).content.decode()
    assert "The clocks skip this time on that day." in page
    assert not Session.objects.exists()


def test_two_sessions_of_a_series_at_one_time_are_told_apart(alice_client):
    series = Series.objects.create(name="Tuesdays")
    plan = PLAN | {"series": series.pk}
    alice_client.post(reverse("sessions:session_create"), plan)
    page = alice_client.post(reverse("sessions:session_create"), plan).content.decode()
    assert "The series has another session at that time." in page
    assert Session.objects.count() == 1


def test_another_session_at_the_time_is_pointed_out(alice_client):
    alice_client.post(reverse("sessions:session_create"), PLAN | {"title": "First"})
    page = alice_client.post(reverse("sessions:session_create"), PLAN, follow=True).content.decode()
    assert "At the same time there is also: First." in page
    assert Session.objects.count() == 2


def test_what_was_called_off_may_take_place_after_all(alice_client, bob_client):
    session = make_session(title="Evening", status="cancelled", cancelled_because="Snow")
    address = reverse("sessions:session_reinstate", args=[session.pk])
    assert bob_client.post(address).status_code == 404
    assert "It takes place after all" in alice_client.get(session.get_absolute_url()).content.decode()
    alice_client.post(address)
    alice_client.post(address)
    session.refresh_from_db()
    assert (session.status, session.cancelled_because, session.sequence) == ("planned", "", 1)
