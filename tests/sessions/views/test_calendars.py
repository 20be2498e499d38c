"""Calendars as a calendar program reads them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.utils import timezone
from icalendar import Calendar

from sessions.models import CalendarKey, Series, Session
from sessions.services.sessions import cancel_session, edit_session
from tests.factories import make_presentation, make_session

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
LINK = "https://meet.example.org/s3cret"


def read(client, path: str = "/calendar.ics") -> Calendar:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def events(client, path: str = "/calendar.ics") -> list:
    return read(client, path).walk("VEVENT")


def next_tuesday(hour: int = 16, **more) -> Session:
    day = timezone.now().astimezone(BERLIN).replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=7)
    return make_session(starts_at=day, time_zone="Europe/Berlin", **more)


def test_program_sees_the_session_at_its_hour(client):
    session = next_tuesday(title="Attention", place="Room 4", meeting_url=LINK)
    make_presentation(title="All of it", status="claimed", session=session, presenters=["Ada"])
    (event,) = events(client)
    assert event["SUMMARY"] == "Attention"
    assert event["LOCATION"] == "Room 4"
    assert event.decoded("DTSTART") == session.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert "All of it (Ada)" in event["DESCRIPTION"]
    assert event["UID"].startswith(f"session-{session.pk}@")
    shown = recurring_ical_events.of(read(client)).at(session.local_start.date())
    assert [one["SUMMARY"] for one in shown] == ["Attention"]


@pytest.mark.parametrize("day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)])
def test_wall_clock_stays_when_clocks_change(client, day, time_machine):
    time_machine.move_to(datetime(2027, 1, 5, tzinfo=UTC))
    make_session(starts_at=datetime(day.year, day.month, day.day, 16, tzinfo=BERLIN), time_zone="Europe/Berlin")
    calendar = read(client)
    (event,) = recurring_ical_events.of(calendar).at(day)
    assert event.decoded("DTSTART").hour == 16
    zones = calendar.walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Berlin"]
    assert len(calendar.to_ical()) < 4_000
    # What the file itself says of the zone, without looking a zone of this name up.
    at = datetime(day.year, day.month, day.day, 16, tzinfo=BERLIN)
    assert zones[0].to_tz(lookup_tzid=False).utcoffset(at.replace(tzinfo=None)) == at.utcoffset()


def test_moved_session_is_the_same_event_and_a_newer_one(client):
    session = next_tuesday(title="Attention")
    (before,) = events(client)
    edit_session(session, starts_at=session.starts_at + timedelta(days=1), ends_at=session.ends_at + timedelta(days=1))
    (after,) = events(client)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after.decoded("DTSTART") == before.decoded("DTSTART") + timedelta(days=1)


def test_change_that_calendars_do_not_show_is_no_newer_event(client):
    session = next_tuesday(title="Attention")
    edit_session(session, notes="More.", title="Attention")
    assert events(client)[0]["SEQUENCE"] == 0


def test_cancelled_session_stays_so_that_it_leaves(client):
    session = next_tuesday(title="Attention")
    cancel_session(session, reason="The room is flooded.")
    (event,) = events(client)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "The room is flooded." in event["DESCRIPTION"]


def test_organiser_moves_it_on_the_site_and_in_the_admin(alice_client, admin_member_client):
    session = next_tuesday(title="Attention")
    form = {"starts_at": "2031-05-06T16:00", "ends_at": "2031-05-06T17:00", "format": "talks", "visibility": "public"}
    alice_client.post(f"/sessions/{session.pk}/edit/", {**form, "title": "Attention"})
    session.refresh_from_db()
    assert (session.sequence, session.starts_at.year) == (1, 2031)


def test_group_calendar_holds_what_everybody_may_see(client):
    next_tuesday(title="Among ourselves", visibility="members")
    next_tuesday(hour=18, title="Open", meeting_url=LINK)
    text = client.get("/calendar.ics").content.decode()
    assert "Open" in text
    assert "Among ourselves" not in text
    assert "s3cret" not in text


def test_own_calendar_tells_what_one_does_there(client, bob_client, bob):
    session = next_tuesday(title="Among ourselves", visibility="members", meeting_url=LINK)
    make_presentation(title="All of it", status="claimed", session=session, presenters=[bob])
    page = bob_client.get("/account/calendar/").content.decode()
    path = f"/calendar/{CalendarKey.objects.get(member=bob).key}.ics"
    assert path in page
    (event,) = events(client, path)
    assert event["SUMMARY"] == "Among ourselves (you present)"
    assert LINK in event["DESCRIPTION"]
    assert client.get(path).headers["Cache-Control"].startswith("private")


def test_new_address_closes_the_old_one_and_strangers_guess_none(client, bob_client, bob):
    bob_client.get("/account/calendar/")
    old = CalendarKey.objects.get(member=bob).key
    bob_client.post("/account/calendar/reset/")
    assert client.get(f"/calendar/{old}.ics").status_code == 404
    assert client.get(f"/calendar/{CalendarKey.objects.get(member=bob).key}.ics").status_code == 200
    assert client.get("/calendar/guess.ics").status_code == 404


def test_calendar_of_a_member_who_left_is_closed(client, bob_client, bob):
    bob_client.get("/account/calendar/")
    key = CalendarKey.objects.get(member=bob).key
    bob.is_active = False
    bob.save()
    assert client.get(f"/calendar/{key}.ics").status_code == 404


def test_series_and_session_have_their_own(client):
    series = Series.objects.create(name="Tuesdays")
    inside = next_tuesday(title="Inside", series=series)
    next_tuesday(hour=18, title="Outside")
    assert [event["SUMMARY"] for event in events(client, "/series/tuesdays.ics")] == ["Inside"]
    assert [event["SUMMARY"] for event in events(client, f"/sessions/{inside.pk}.ics")] == ["Inside"]


@pytest.mark.parametrize("title", ["A, B; C\\n", "x\r\nSTATUS:CANCELLED", "🦉" * 300, "=HYPERLINK()", "<b>bold</b>"])
def test_hostile_titles_stay_titles(client, title):
    session = next_tuesday(title=title[:300])
    (event,) = events(client)
    assert event["STATUS"] == "CONFIRMED"
    assert str(event["SUMMARY"]) == " ".join(session.title.splitlines())
    assert max(len(line) for line in client.get("/calendar.ics").content.split(b"\r\n")) <= 75


def test_unchanged_calendar_is_not_sent_again(client):
    next_tuesday(title="Attention")
    etag = client.get("/calendar.ics").headers["ETag"]
    assert client.get("/calendar.ics", headers={"If-None-Match": etag}).status_code == 304
    cancel_session(Session.objects.get(), reason="")
    assert client.get("/calendar.ics", headers={"If-None-Match": etag}).status_code == 200


def test_long_past_sessions_are_left_out(client):
    make_session(title="Old", starts_at=timezone.now() - timedelta(days=500))
    assert events(client) == []


def test_queries_do_not_grow_with_the_sessions(client, count_queries):
    make_presentation(session=next_tuesday(), presenters=["Ada"])
    few = count_queries(lambda: client.get("/calendar.ics"))
    for number in range(10):
        session = next_tuesday(hour=number)
        make_presentation(session=session, presenters=["Ada"])
    assert count_queries(lambda: client.get("/calendar.ics")) == few
