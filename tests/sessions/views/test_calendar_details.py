"""What calendar programs rely on beyond the first look: zones, words, secrets, conditional requests."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from dateutil.tz import tzical
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from icalendar import Calendar

from readinggroup.services.members import erase_member, export_member
from sessions.calendars.events import message_of
from sessions.calendars.words import one_line
from sessions.calendars.zones import time_zone_component
from sessions.models import CalendarKey, Series, Session
from sessions.services.attendance import reply_to_session
from sessions.services.calendars import calendar_key
from sessions.services.roles import claim_role
from sessions.services.sessions import cancel_session, edit_session
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_role_play, make_session

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
JANUARY = datetime(2027, 1, 5, 12, tzinfo=UTC)
LINK = "https://meet.example.org/s3cret"


@pytest.fixture(autouse=True)
def in_january(time_machine):
    time_machine.move_to(JANUARY, tick=False)
    return time_machine


def feed(client, path: str = "/calendar.ics") -> Calendar:
    answer = client.get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.content)


def only_event(client, path: str = "/calendar.ics"):
    (event,) = feed(client, path).walk("VEVENT")
    return event


def own_path(member) -> str:
    return reverse("sessions:member_calendar", args=[calendar_key(member).key])


def in_berlin(*moment: int, fold: int = 0, hours: int = 1, **fields) -> Session:
    starts_at = datetime(*moment, tzinfo=BERLIN, fold=fold)
    ends_at = (starts_at.astimezone(UTC) + timedelta(hours=hours)).astimezone(BERLIN)
    return make_session(starts_at=starts_at, ends_at=ends_at, time_zone="Europe/Berlin", **fields)


# --- Zones ------------------------------------------------------------------------------------------------------

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Europe/Dublin",
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "Pacific/Chatham",
]


def reread(component, name: str):
    """The zone as dateutil's own reader of iCalendar understands it, which knows nothing but the text."""
    return tzical(StringIO(component.to_ical().decode().replace("\r\n", "\n"))).get(name)


@pytest.mark.parametrize("name", ZONES)
def test_zone_in_the_file_is_the_zone_of_the_world_at_every_half_hour(name):
    told, true = reread(time_zone_component(name, [2026, 2027]), name), ZoneInfo(name)
    moment, wrong = datetime(2026, 1, 2, tzinfo=true), []
    while moment.year < 2028:
        # Hours that come twice or never are named in UTC or by nobody.
        if moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset():
            wrong += [moment] if moment.replace(tzinfo=told).utcoffset() != moment.utcoffset() else []
        moment += timedelta(minutes=30)
    assert wrong == []


def test_change_of_the_clocks_is_told_as_the_standard_asks_for():
    told = time_zone_component("Europe/Berlin", [2027]).to_ical().decode().split("\r\n")
    # On the clock as it was before: two o'clock in spring, three o'clock in autumn.
    assert [line for line in told if line.startswith("DTSTART")] == [
        "DTSTART:20270101T000000",
        "DTSTART:20270328T020000",
        "DTSTART:20271031T030000",
    ]


def test_zone_stays_small_however_far_the_years_are_apart(client):
    in_berlin(2027, 5, 4, 16)
    in_berlin(2926, 5, 4, 16)
    (zone,) = feed(client).walk("VTIMEZONE")
    # In each year how it began, and two changes.
    assert len(zone.subcomponents) == 6


def test_session_in_the_last_year_of_the_calendar_breaks_no_feed(client):
    in_berlin(9999, 5, 4, 16)
    assert only_event(client).decoded("DTSTART").year == 9999


@pytest.mark.parametrize("fold", [0, 1])
def test_hour_that_comes_twice_is_told_apart(client, fold):
    session = in_berlin(2027, 10, 31, 2, 30, fold=fold)
    event = only_event(client)
    assert event.decoded("DTSTART").astimezone(UTC) == session.starts_at.astimezone(UTC)
    assert event.decoded("DTEND").astimezone(UTC) == session.ends_at.astimezone(UTC)


def test_weekly_sessions_keep_their_hour_over_both_changes(client):
    for weeks in range(44):
        day = datetime(2027, 1, 12, 16, tzinfo=BERLIN) + timedelta(weeks=weeks)
        make_session(starts_at=day, time_zone="Europe/Berlin")
    shown = recurring_ical_events.of(feed(client)).between(JANUARY, JANUARY + timedelta(days=365))
    assert len(shown) == 44
    assert {(event.decoded("DTSTART").hour, event.decoded("DTEND").hour) for event in shown} == {(16, 17)}
    assert len({event.decoded("DTSTART").utcoffset() for event in shown}) == 2


def test_each_zone_that_is_named_is_in_the_file_once(client):
    in_berlin(2027, 5, 4, 16)
    in_berlin(2027, 5, 11, 16)
    make_session(starts_at=datetime(2027, 5, 4, 20, tzinfo=UTC), time_zone="America/New_York")
    make_session(starts_at=datetime(2027, 5, 5, 20, tzinfo=UTC), time_zone="UTC")
    calendar = feed(client)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/New_York", "Europe/Berlin"]
    assert calendar.get_missing_tzids() == set()


# --- Changes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"place": "Room 5"},
        {"ends_at": datetime(2027, 5, 4, 18, tzinfo=BERLIN)},
        {"time_zone": "Europe/Paris"},
        {"meeting_url": "https://example.org/new"},
        {"status": "cancelled"},
        {"cancelled_because": "Flooded."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_stands_in_calendars_makes_a_newer_event(change):
    session = edit_session(in_berlin(2027, 5, 4, 16), **change)
    assert session.sequence == Session.objects.get().sequence == 1


def test_form_of_an_old_page_cannot_take_back_a_number():
    session = in_berlin(2027, 5, 4, 16, title="Attention")
    stale = Session.objects.get()
    cancel_session(session, reason="Flooded.")
    edit_session(stale, title="Attention", notes="More.")
    assert Session.objects.get().sequence == 1


def test_admin_that_moves_a_session_tells_calendars(admin_member_client, client):
    session = in_berlin(2027, 5, 4, 16, title="Attention", place="Room 4")
    url = reverse("admin:group_sessions_session_change", args=[session.pk])
    form = admin_member_client.get(url).context["adminform"].form
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    for part in ("starts_at", "ends_at"):
        local = getattr(session, part).astimezone(BERLIN) + timedelta(days=1)
        data |= {f"{part}_0": f"{local:%Y-%m-%d}", f"{part}_1": f"{local:%H:%M:%S}"}
    for prefix in ("presentations", "role_assignments", "attendances"):
        data |= {f"{prefix}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    assert admin_member_client.post(url, data).status_code == 302
    event = only_event(client)
    assert (event["SEQUENCE"], event.decoded("DTSTART").day) == (1, 5)


def test_moved_session_is_shown_on_its_new_day_only(client):
    session = in_berlin(2027, 5, 4, 16)
    edit_session(session, starts_at=session.starts_at + timedelta(days=2), ends_at=session.ends_at + timedelta(days=2))
    days = recurring_ical_events.of(feed(client))
    assert [len(days.at((2027, 5, day))) for day in (4, 6)] == [0, 1]


def test_cancelled_session_keeps_nobody_busy(client):
    cancel_session(in_berlin(2027, 5, 4, 16, title="Attention"), reason="Flooded.")
    event = only_event(client)
    assert (event["STATUS"], event["TRANSP"], event["SUMMARY"]) == ("CANCELLED", "TRANSPARENT", "Cancelled: Attention")


def test_event_says_when_its_programme_changed(client, in_january):
    session = in_berlin(2027, 5, 4, 16)
    in_january.move_to(JANUARY + timedelta(hours=3), tick=False)
    make_presentation(session=session, status="claimed", presenters=["Ada"])
    assert only_event(client).decoded("LAST-MODIFIED") == JANUARY + timedelta(hours=3)


# --- Words ------------------------------------------------------------------------------------------------------


def test_session_without_a_theme_is_called_after_what_is_presented(client):
    series = Series.objects.create(name="Tuesdays")
    session = in_berlin(2027, 5, 4, 16, series=series, slots=1)
    assert only_event(client)["SUMMARY"] == "Tuesdays"
    make_presentation(title="All of it", session=session, status="claimed", presenters=["Ada"])
    event = only_event(client)
    assert event["SUMMARY"] == "Tuesdays: All of it"
    assert "1 open slot" in event["DESCRIPTION"].splitlines()


def test_own_calendar_says_which_role_one_plays_and_that_one_comes(client, bob):
    session = make_role_play(
        roles=["Hacker", "Critic"], title="With roles", paper=make_paper(title="Attention"), time_zone="Europe/Berlin"
    )
    claim_role(session.role_assignments.first(), member=bob)
    reply_to_session(session, member=bob, rsvp="yes")
    event = only_event(client, own_path(bob))
    assert event["SUMMARY"] == "With roles (you play the Hacker)"
    lines = event["DESCRIPTION"].splitlines()
    assert lines[:3] == ["You play the Hacker.", "You are coming.", "Read in roles: Attention"]
    assert "you play" not in feed(client, own_path(make_member())).to_ical().decode()


def test_who_is_not_coming_is_not_busy(client, bob):
    session = in_berlin(2027, 5, 4, 16)
    reply_to_session(session, member=bob, rsvp="no")
    event = only_event(client, own_path(bob))
    assert event["TRANSP"] == "TRANSPARENT"
    assert "You are not coming." in event["DESCRIPTION"]
    assert only_event(client)["TRANSP"] == "OPAQUE"


def test_meeting_link_is_where_an_online_session_takes_place(client, bob):
    in_berlin(2027, 5, 4, 16, meeting_url=LINK)
    event = only_event(client, own_path(bob))
    assert (event["LOCATION"], str(event["CONFERENCE"])) == (LINK, LINK)
    assert "LOCATION" not in only_event(client)


NASTY = "Tea, cake; a\\n \x0b\x1c\x07\u2028BEGIN:VEVENT\x85 🦉 é"


def test_nothing_that_people_type_breaks_out_of_its_line(client, bob):
    session = in_berlin(2027, 5, 4, 16, title=NASTY, place=f"{NASTY}\r\nSTATUS:CANCELLED", meeting_url=f"{LINK}\r\nX:1")
    for position in range(1, 11):
        make_presentation(
            session=session, position=position, status="claimed", title=(NASTY * 20)[:400], presenters=[f"{NASTY}\n"]
        )
    for path in ("/calendar.ics", own_path(bob)):
        raw = client.get(path).content
        assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xe2\x80\xa8|\xc2\x85", raw)
        assert max(len(line) for line in raw.split(b"\r\n")) <= 75
        assert b"\n" not in raw.replace(b"\r\n", b"")
        (event,) = Calendar.from_ical(raw).walk("VEVENT")
        assert event["STATUS"] == "CONFIRMED"
        assert event["SUMMARY"] == one_line(NASTY)
        assert len(event["DESCRIPTION"]) > 2000
        assert event.errors == []


# --- Secrets ----------------------------------------------------------------------------------------------------


def public_text(client) -> str:
    paths = ["/calendar.ics", *(f"/series/{series.slug}.ics" for series in Series.objects.all())]
    paths += [f"/sessions/{session.pk}.ics" for session in Session.objects.visible_to(AnonymousUser())]
    return "".join(client.get(path).content.decode().replace("\r\n ", "") for path in paths)


def test_public_calendars_hold_no_secret(client, bob_client):
    series = Series.objects.create(name="Tuesdays")
    session = in_berlin(2027, 5, 4, 16, series=series, meeting_url=LINK, title="Open")
    make_presentation(title="Among ourselves", session=session, visibility="members", presenters=["Ada"], position=1)
    in_berlin(2027, 5, 5, 16, series=series, title="Behind doors", visibility="members", meeting_url=LINK)
    text = public_text(client)
    assert "Open" in text
    assert not re.search("s3cret|Among|Ada|Behind", text)
    # Signed in or not, these are the same for everybody, as caches in between may keep them.
    assert "s3cret" not in bob_client.get("/calendar.ics").content.decode()
    assert client.get(f"/sessions/{Session.objects.get(title='Behind doors').pk}.ics").status_code == 404


def test_member_who_takes_a_session_along_takes_the_link_along(client, bob_client):
    path = f"/sessions/{in_berlin(2027, 5, 4, 16, meeting_url=LINK).pk}.ics"
    client.get(path)
    answer = bob_client.get(path)
    assert LINK in answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Cache-Control"].startswith("private")
    assert "Cookie" in answer.headers["Vary"]


def test_series_for_members_only_does_not_exist_for_others(client):
    series = Series.objects.create(name="Hush")
    assert client.get("/series/hush.ics").status_code == 200
    in_berlin(2027, 5, 4, 16, series=series, visibility="members")
    assert client.get("/series/hush.ics").status_code == 404


def test_secret_is_in_no_export_and_on_no_admin_page(alice_client, alice, bob):
    key = calendar_key(bob).key
    assert export_member(bob)["calendar"] == [{"has_own_address": True}]
    assert key not in str(export_member(bob))
    row = CalendarKey.objects.get()
    for url in (
        reverse("admin:group_sessions_calendarkey_changelist"),
        reverse("admin:group_sessions_calendarkey_change", args=[row.pk]),
    ):
        answer = alice_client.get(url)
        assert answer.status_code == 200
        assert key not in answer.content.decode()


def test_calendar_goes_with_the_account(client, bob):
    path = own_path(bob)
    erase_member(bob, keep_name=True)
    assert client.get(path).status_code == 404


# --- Asked again ------------------------------------------------------------------------------------------------


def test_calendar_is_sent_again_only_after_a_change(client, in_january):
    session = in_berlin(2027, 5, 4, 16, title="Attention")
    first = client.get("/calendar.ics")
    since = {"If-Modified-Since": first.headers["Last-Modified"]}
    in_january.move_to(JANUARY + timedelta(hours=1), tick=False)
    assert client.get("/calendar.ics", headers=since).status_code == 304
    assert client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    # What goes leaves no date behind, and is noticed all the same.
    session.delete()
    assert client.get("/calendar.ics", headers=since).status_code == 200


def test_changes_within_one_second_are_noticed(client):
    session = in_berlin(2027, 5, 4, 16)
    for title in ("One", "Two", "Three"):
        since = {"If-Modified-Since": client.get("/calendar.ics").headers["Last-Modified"]}
        edit_session(session, title=title)
        assert client.get("/calendar.ics", headers=since).status_code == 200


def test_programs_are_asked_to_come_back_every_hour(client):
    lines = client.get("/calendar.ics").content.decode().split("\r\n")
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"} <= set(lines)


def test_own_calendar_is_kept_by_nobody_in_between(client, bob):
    answer = client.get(own_path(bob))
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert client.head(own_path(bob)).status_code == 200


def test_own_calendar_needs_equally_many_queries_for_any_number_of_sessions(client, bob, count_queries):
    path = own_path(bob)

    def fill(first: int, last: int) -> None:
        for day in range(first, last):
            session = make_role_play(
                roles=1,
                paper=make_paper(arxiv=f"2001.{day:05d}", title=""),
                starts_at=JANUARY + timedelta(days=day),
                series=Series.objects.create(name=f"Series {day}"),
            )
            claim_role(session.role_assignments.first(), member=bob)
            reply_to_session(session, member=bob, rsvp="yes")
            make_presentation(
                session=session, presenters=[bob], papers=[make_paper(title="")], title="", status="claimed"
            )

    fill(1, 2)
    few = count_queries(lambda: client.get(path))
    fill(2, 20)
    assert count_queries(lambda: client.get(path)) == few


# --- Where it is offered ----------------------------------------------------------------------------------------


def test_pages_offer_calendars(client, bob, settings):
    session = in_berlin(2027, 5, 4, 16, series=Series.objects.create(name="Tuesdays"))
    host = settings.SITE_URL.partition("://")[2]
    listed = client.get("/sessions/").content.decode()
    assert f"{settings.SITE_URL}/calendar.ics" in listed
    assert f'href="webcal://{host}/calendar.ics"' in listed
    page = client.get(session.get_absolute_url()).content.decode()
    assert f'href="/sessions/{session.pk}.ics"' in page
    assert f'href="webcal://{host}/series/tuesdays.ics"' in page
    own = signed_in_client(bob).get("/account/calendar/").content.decode()
    assert f"webcal://{host}{own_path(bob)}" in own


def test_invitation_and_feed_call_a_session_the_same(client):
    in_berlin(2027, 5, 4, 16)
    session = Session.objects.for_calendar().get()
    sent = message_of(session, method="REQUEST", name="Bob", address="bob@example.org")
    (event,) = Calendar.from_ical(sent).walk("VEVENT")
    assert event["UID"] == only_event(client)["UID"]
