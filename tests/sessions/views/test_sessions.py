"""Sessions: the calendar, one session, planning, cancelling, replying."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import Series, Session
from sessions.services.series import make_sessions
from sessions.services.sessions import edit_session
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


MOVE = {"starts_at": "2026-12-17T18:00", "minutes": "90", "place": "Attic", "meeting_url": "", "moved_because": "Snow"}


@pytest.fixture
def tuesday(time_machine) -> Session:
    time_machine.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False)
    series = Series.objects.create(
        name="Tuesdays",
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        starts_on=date(2026, 12, 1),
        starts_at=time(16),
        weeks_ahead=2,
    )
    return make_sessions(series)[1]


def test_a_session_is_moved_with_a_reason_and_stays_that_of_its_day(alice_client, charlie, tuesday):
    address = reverse("sessions:session_move", args=[tuesday.pk])
    assert 'value="2026-12-08T16:00"' in alice_client.get(address).content.decode()
    page = alice_client.post(address, MOVE, follow=True).content.decode()
    assert "Moved to Thu 17 Dec 2026, 18:00–19:30 Berlin." in page
    tuesday.refresh_from_db()
    assert (tuesday.place, tuesday.sequence, tuesday.occurs_on) == ("Attic", 1, date(2026, 12, 8))
    page = charlie.get(tuesday.get_absolute_url()).content.decode()
    assert "This session was moved." in page
    assert "Snow" in page
    assert make_sessions(tuesday.series) == []


def test_why_it_moved_once_is_not_why_it_moves_again(alice_client, tuesday):
    alice_client.post(reverse("sessions:session_move", args=[tuesday.pk]), MOVE)
    tuesday.refresh_from_db()
    edit_session(tuesday, place="Cellar")
    assert tuesday.moved_because == "Snow"
    edit_session(tuesday, starts_at=tuesday.starts_at + timedelta(minutes=5))
    assert tuesday.moved_because == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts_at": "2026-12-15T16:00"}, "The series has another session at that time."),
        ({"starts_at": "2026-11-03T16:00"}, "That is over. Choose a time to come."),
        ({"starts_at": "2027-03-28T02:30"}, "The clocks skip this time on that day."),
        ({"starts_at": "0001-01-01T00:00"}, "Choose a day from 1970 to 2199."),
        ({"starts_at": "9999-12-31T23:59"}, "Choose a day from 1970 to 2199."),
        ({"starts_at": "soon"}, "Enter a valid date/time."),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "99999999999"}, "less than or equal to"),
    ],
)
def test_a_move_that_cannot_be_loses_nothing_typed(alice_client, tuesday, typed, sentence):
    page = alice_client.post(reverse("sessions:session_move", args=[tuesday.pk]), MOVE | typed).content.decode()
    assert sentence in page
    assert 'value="Attic"' in page
    tuesday.refresh_from_db()
    assert tuesday.sequence == 0


def test_what_is_over_or_called_off_is_not_moved(alice_client, bob_client):
    for session in (past(), make_session(status="cancelled")):
        address = reverse("sessions:session_move", args=[session.pk])
        assert "so it stays when it was" in alice_client.post(address, MOVE, follow=True).content.decode()
        assert address not in alice_client.get(session.get_absolute_url()).content.decode()
        assert bob_client.get(address).status_code == 404
        session.refresh_from_db()
        assert session.sequence == 0


def test_a_session_that_leaves_its_series_is_of_no_day_of_another(alice_client, tuesday):
    other = Series.objects.create(name="Thursdays")
    make_session(series=other, starts_at=tuesday.starts_at - timedelta(days=20), occurs_on=tuesday.occurs_on)
    plan = PLAN | {"starts_at": "2026-12-08T16:00", "ends_at": "2026-12-08T17:00", "series": other.pk}
    alice_client.post(reverse("sessions:session_edit", args=[tuesday.pk]), plan)
    tuesday.refresh_from_db()
    assert (tuesday.series, tuesday.occurs_on) == (other, None)


def test_a_series_for_members_is_named_to_visitors_without_a_link(charlie, bob_client):
    session = make_session(series=Series.objects.create(name="Among us", visibility="members"))
    link = f'href="{session.series.get_absolute_url()}"'
    assert link not in charlie.get(session.get_absolute_url()).content.decode()
    assert link in bob_client.get(session.get_absolute_url()).content.decode()


def test_list_says_that_later_sessions_are_planned(charlie, monkeypatch):
    first = make_session()
    make_session(starts_at=first.starts_at + timedelta(days=7), ends_at=first.ends_at + timedelta(days=7))
    assert "more are planned" not in charlie.get("/sessions/").content.decode()
    monkeypatch.setattr("sessions.views.sessions.SOON", 1)
    assert "These are the next 1 sessions; more are planned after them." in charlie.get("/sessions/").content.decode()
