"""Pages of series: founding, looking ahead, changing, stopping."""

from datetime import UTC, date, datetime, timedelta

import pytest
import recurring_ical_events
from django.urls import reverse
from icalendar import Calendar

from sessions.models import Series, Session
from sessions.services.sessions import cancel_session, move_session
from tests.factories import make_session

pytestmark = pytest.mark.django_db

#: What an organiser types for every Tuesday, not in August.
TYPED = {
    "name": "Tuesday talks",
    "description": "One paper.",
    "repeats": "weekly",
    "weekdays": ["TU"],
    "week_of_month": "1",
    "every": "1",
    "own_rule": "",
    "starts_on": "2026-07-01",
    "ends_on": "",
    "starts_at": "16:00",
    "duration_minutes": "60",
    "time_zone": "Europe/Berlin",
    "place": "Room 2",
    "meeting_url": "",
    "host": "",
    "format": "talks",
    "slots": "1",
    "capacity": "",
    "visibility": "public",
    "weeks_ahead": "8",
    "invite_days": "7",
    "pauses-TOTAL_FORMS": "1",
    "pauses-INITIAL_FORMS": "0",
    "pauses-0-starts_on": "2026-08-01",
    "pauses-0-ends_on": "2026-08-31",
    "pauses-0-is_yearly": "on",
}
NEW = "/sessions/new-series/"


@pytest.fixture(autouse=True)
def in_july(time_machine):
    time_machine.move_to(datetime(2026, 7, 1, 9, tzinfo=UTC), tick=False)


def test_organiser_founds_a_series_and_everybody_reads_what_comes(alice_client, charlie):
    assert alice_client.post(NEW, TYPED).status_code == 302
    series = Series.objects.get()
    page = charlie.get(series.get_absolute_url()).content.decode()
    assert "Every Tuesday, 16:00–17:00 Berlin; not in August" in page
    assert "Tue 28 Jul 2026, 16:00–17:00 Berlin" in page
    assert "Aug 2026" not in page
    assert Session.objects.count() == 4
    assert series.name in charlie.get("/series/").content.decode()


def test_preview_shows_the_dates_and_saves_nothing(alice_client):
    page = alice_client.post(NEW, {**TYPED, "preview": "1"}).content.decode()
    assert "Tue 7 Jul 2026" in page
    assert "Tue 1 Sep 2026" in page
    assert "Nothing is saved yet" in page
    assert 'value="Tuesday talks"' in page
    assert not Series.objects.exists()


def test_preview_of_a_change_says_what_becomes_of_the_sessions(alice_client):
    alice_client.post(NEW, TYPED)
    series = Series.objects.get()
    Session.objects.filter(pk=series.sessions.earliest("starts_at").pk).update(title="Special")
    address = reverse("sessions:series_edit", args=[series.slug])
    changed = {**TYPED, "weekdays": ["TH"], "preview": "1"}
    page = " ".join(alice_client.post(address, changed).content.decode().split())
    assert "Saving makes 5 sessions, takes 3 away." in page
    assert "These stay, since somebody has touched them" in page
    assert Session.objects.count() == 4
    del changed["preview"]
    alice_client.post(address, changed)
    assert Session.objects.count() == 6


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("weekdays", [], "Choose at least one day."),
        ("time_zone", "Berlin", "is no time zone"),
        ("starts_on", "", "This field is required."),
        ("starts_on", "0001-01-01", "It begins on a day from 1970 to 2199."),
        ("starts_on", "9999-12-31", "It begins on a day from 1970 to 2199."),
        ("ends_on", "2026-06-01", "It ends before it starts."),
        ("ends_on", "2026-07-02", "By this rule it never meets."),
        ("every", "0", "greater than or equal to 1"),
        ("weeks_ahead", "5000", "less than or equal to 104"),
        ("slots", "500", "less than or equal to 20"),
        ("pauses-0-starts_on", "", "Say from which day on."),
        ("pauses-0-ends_on", "2026-07-01", "A pause ends on its first day or later."),
    ],
)
def test_mistakes_are_named_and_nothing_typed_is_lost(alice_client, field, value, sentence):
    page = alice_client.post(NEW, {**TYPED, field: value}).content.decode()
    assert sentence in page
    assert "One paper." in page
    assert not Series.objects.exists()


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "tuesdays", "FREQ=DAILY;COUNT=1000000000", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_own_rules_are_read_with_care(alice_client, rule):
    assert alice_client.post(NEW, {**TYPED, "repeats": "own", "own_rule": rule}).status_code == 200
    assert not Series.objects.exists()


def test_form_shows_the_rule_again_in_peoples_words(alice_client):
    alice_client.post(NEW, {**TYPED, "repeats": "monthly", "week_of_month": "-1", "weekdays": ["FR"], "every": "2"})
    series = Series.objects.get()
    assert series.recurrence == "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR"
    page = alice_client.get(reverse("sessions:series_edit", args=[series.slug])).content.decode()
    assert 'name="repeats" value="monthly" required id="id_repeats_1" checked' in page
    assert '<option value="-1" selected>last</option>' in page


def test_series_stops_and_goes_on(alice_client):
    alice_client.post(NEW, TYPED)
    series = Series.objects.get()
    address = reverse("sessions:series_stop", args=[series.slug])
    page = alice_client.post(address, follow=True).content.decode()
    assert "This series has stopped" in page
    page = alice_client.post(address, {"go_on": "1"}, follow=True).content.decode()
    assert "This series has stopped" not in page


def test_strangers_do_not_learn_of_what_is_for_members(charlie, bob_client):
    series = Series.objects.create(name="Among us", visibility="members")
    assert charlie.get(series.get_absolute_url()).status_code == 404
    assert "Among us" not in charlie.get("/series/").content.decode()
    assert bob_client.get(series.get_absolute_url()).status_code == 200


def test_members_cannot_found_or_change(bob_client, charlie):
    series = Series.objects.create(name="Ours")
    for address in (NEW, f"/series/{series.slug}/edit/"):
        assert bob_client.get(address).status_code == 404
        assert bob_client.post(address, TYPED).status_code == 404
        assert charlie.get(address).status_code == 302
    assert bob_client.post(f"/series/{series.slug}/stop/").status_code == 404


def test_empty_list_says_what_to_do(alice_client, charlie):
    assert "Say once when the group meets" in alice_client.get("/series/").content.decode()
    assert "No series yet" in charlie.get("/series/").content.decode()


def test_number_of_queries_does_not_grow(charlie, count_queries):
    series = Series.objects.create(name="Long")
    make_session(series=series, slots=1)
    few = count_queries(lambda: charlie.get(series.get_absolute_url())), count_queries(lambda: charlie.get("/series/"))
    for _ in range(4):
        make_session(series=series, slots=2, starts_at=datetime(2026, 7, 2 + _, tzinfo=UTC))
        Series.objects.create(name="More")
    many = count_queries(lambda: charlie.get(series.get_absolute_url())), count_queries(lambda: charlie.get("/series/"))
    assert many == few


@pytest.mark.parametrize("typed", [{"recurrence": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, {"starts_on": "9999-12-31"}])
def test_admin_refuses_what_never_meets(alice_client, typed):
    fields = {
        "name": "Odd", "recurrence": "FREQ=DAILY", "starts_on": "2026-07-01", "starts_at": "16:00",
        "duration_minutes": "60", "time_zone": "Europe/Berlin", "format": "talks", "slots": "1", "visibility": "public",
        "weeks_ahead": "1", "invite_days": "7", "is_active": "on",
        "pauses-TOTAL_FORMS": "0", "pauses-INITIAL_FORMS": "0",
    }  # fmt: skip
    address = reverse("admin:group_sessions_series_add")
    assert alice_client.post(address, fields | typed).status_code == 200
    assert not Series.objects.exists()
    assert alice_client.post(address, fields).status_code == 302
    assert Session.objects.count() == 8


def test_calendar_of_a_series_stays_whole_when_one_is_moved_and_one_called_off(alice_client, charlie):
    alice_client.post(NEW, TYPED)
    series = Series.objects.get()
    address = f"/series/{series.slug}.ics"
    before = {str(event["UID"]) for event in Calendar.from_ical(charlie.get(address).content).walk("VEVENT")}
    first, second, third, _ = series.sessions.order_by("starts_at")
    move_session(
        first, starts_at=first.starts_at + timedelta(days=1), ends_at=first.ends_at + timedelta(days=1), reason=""
    )
    cancel_session(second, reason="Heat")
    calendar = Calendar.from_ical(charlie.get(address).content)
    events = {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}
    assert {str(event["UID"]) for event in events.values()} == before
    told = [
        (events[f"session-{one.pk}"]["SEQUENCE"], events[f"session-{one.pk}"]["STATUS"])
        for one in (first, second, third)
    ]
    assert told == [(1, "CONFIRMED"), (1, "CANCELLED"), (0, "CONFIRMED")]
    shown = recurring_ical_events.of(calendar)
    assert [len(shown.at(date(2026, 7, day))) for day in (7, 8, 21)] == [0, 1, 1]
    assert shown.at(date(2026, 7, 8))[0].decoded("DTSTART").hour == 16
