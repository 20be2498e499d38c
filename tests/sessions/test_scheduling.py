"""When a series meets: rules, pauses, clocks."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions.models import SeriesPause
from sessions.scheduling import NotARule, Rule, as_rule, clean_rule, days_of, in_words, moments_on

TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"
ON_A_BUSY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Pauses(list):
    def all(self):
        return self


def series(rule: str = TUESDAYS, **fields):
    fields = {
        "starts_on": date(2026, 1, 1),
        "ends_on": None,
        "start_time": time(16),
        "starts_at": time(16),
        "duration_minutes": 60,
        "time_zone": "Europe/Berlin",
        "pauses": Pauses(),
        **fields,
    }
    return SimpleNamespace(recurrence=rule, **fields)


def pause(first: str, last: str, *, yearly: bool = False) -> SeriesPause:
    return SeriesPause(starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last), is_yearly=yearly)


def days(rule: str, first: str, last: str, **fields) -> list[str]:
    found = days_of(series(rule, **fields), date.fromisoformat(first), date.fromisoformat(last))
    return [day.isoformat() for day in found]


def test_every_tuesday_but_not_in_august():
    august = Pauses([pause("2020-08-01", "2020-08-31", yearly=True)])
    found = days(TUESDAYS, "2026-07-20", "2026-09-10", pauses=august)
    assert found == ["2026-07-21", "2026-07-28", "2026-09-01", "2026-09-08"]


def test_a_yearly_pause_may_reach_over_the_new_year():
    holidays = Pauses([pause("2020-12-20", "2021-01-06", yearly=True)])
    assert days(TUESDAYS, "2026-12-10", "2027-01-20", pauses=holidays) == ["2026-12-15", "2027-01-12", "2027-01-19"]


@pytest.mark.parametrize(
    ("rule", "first", "last", "expected"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-01-01", "2026-02-10", ["2026-01-13", "2026-01-27", "2026-02-10"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-01-01", "2026-03-31", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", "2026-02-28", ["2026-01-30", "2026-02-27"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-01-01", "2028-12-31", ["2028-02-29"]),
        ("FREQ=DAILY", "2026-12-30", "2027-01-02", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-01", "2026-04-30", ["2026-01-31", "2026-03-31"]),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2026-01-01", "2026-12-31", ["2026-01-06", "2026-01-13"]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20260113", "2026-01-01", "2026-12-31", ["2026-01-06", "2026-01-13"]),
    ],
)
def test_rules_say_days(rule, first, last, expected):
    assert days(rule, first, last) == expected


def test_fortnights_count_from_the_first_day_wherever_one_looks():
    late = days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-06-01", "2026-06-30")
    assert late == [
        day for day in days("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-01-01", "2026-06-30") if day > "2026-06"
    ]


@pytest.mark.parametrize(
    ("zone", "day", "wall", "utc"),
    [
        # The weekend on which the clocks change, and the weeks around it.
        ("Europe/Berlin", "2026-10-20", "16:00", "2026-10-20T14:00"),
        ("Europe/Berlin", "2026-10-27", "16:00", "2026-10-27T15:00"),
        ("Europe/Berlin", "2027-03-30", "16:00", "2027-03-30T14:00"),
        ("America/New_York", "2026-10-31", "16:00", "2026-10-31T20:00"),
        ("America/New_York", "2026-11-03", "16:00", "2026-11-03T21:00"),
        ("America/New_York", "2027-03-14", "02:30", "2027-03-14T07:30"),
        ("Australia/Lord_Howe", "2026-10-03", "16:00", "2026-10-03T05:30"),
        ("Australia/Lord_Howe", "2026-10-05", "16:00", "2026-10-05T05:00"),
        # Their clocks move by half an hour.
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),
        ("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03T14:45"),
        ("Asia/Kathmandu", "2026-06-02", "16:00", "2026-06-02T10:15"),
        # A time that the clocks skip, and one that comes twice: as RFC 5545 reads them.
        ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T01:30"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
    ],
)
def test_wall_clock_becomes_a_moment(zone, day, wall, utc):
    one = series(time_zone=zone, start_time=time.fromisoformat(wall))
    starts_at, ends_at = moments_on(one, date.fromisoformat(day))
    assert starts_at == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert ends_at - starts_at == timedelta(hours=1)


@ON_A_BUSY_MACHINE
@given(
    day=st.dates(date(2020, 1, 1), date(2037, 12, 31)),
    minutes=st.integers(4 * 60, 24 * 60 - 1),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_the_clock_on_the_wall_never_moves(day, minutes, zone):
    wall = time(minutes // 60, minutes % 60)
    starts_at, _ = moments_on(series(time_zone=zone, start_time=wall), day)
    local = starts_at.astimezone(ZoneInfo(zone))
    assert (local.date(), local.time()) == (day, wall)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every Tuesday",
        "FREQ=SECONDLY",
        "FREQ=HOURLY;BYDAY=TU",
        "FREQ=WEEKLY;BYHOUR=1,2,3",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=100000",
        "FREQ=DAILY;COUNT=100000000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=5",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;FREQ=DAILY",
        "RRULE:FREQ=WEEKLY\nRRULE:FREQ=DAILY",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=DAILY;INTERVAL=14;BYDAY=MO",
        "FREQ=WEEKLY;BYMONTH=13",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1000",
        "FREQ=WEEKLY;UNTIL=2026",
        "FREQ=WEEKLY;UNTIL=20260231",
        "FREQ=WEEKLY;COUNT=5;UNTIL=20271231",
        pytest.param("FREQ=WEEKLY;BYDAY=" + "TU," * 10_000, id="long"),
    ],
)
def test_what_is_no_rule_for_a_group_is_refused_with_a_sentence(rule):
    with pytest.raises(NotARule, match=r"\w+ .*\.$"):
        clean_rule(rule)


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"])
def test_an_impossible_rule_has_no_days(rule):
    assert days(clean_rule(rule), "2026-01-01", "2199-12-31") == []


@pytest.mark.parametrize("starts_on", ["0001-01-01", "1969-12-31", "2200-01-01", "9999-12-31"])
def test_a_series_of_another_age_has_no_days(starts_on):
    assert days(TUESDAYS, "2026-01-01", "9999-12-31", starts_on=date.fromisoformat(starts_on)) == []


def test_a_daily_series_has_all_its_days_as_far_ahead_as_can_be_set():
    assert len(days("FREQ=DAILY", "2026-01-01", "2027-12-29")) == 104 * 7


def test_days_are_sought_three_years_ahead_and_no_further():
    found = days("FREQ=DAILY", "2026-01-01", "9999-12-31")
    assert (found[0], found[-1]) == ("2026-01-01", "2029-01-03")


@pytest.mark.parametrize("text", ["weekly", "FREQ=WEEKLY;INTERVAL=abc;BYDAY=TU", "FREQ=WEEKLY;BYDAY=", "=;="])
def test_a_rule_that_was_never_checked_is_told_as_it_is_written(text):
    assert as_rule(text) == Rule(repeats="own", own=text)


def test_spellings_of_a_rule_become_one():
    assert clean_rule(" rrule:freq=weekly; byday=tu ") == TUESDAYS


@ON_A_BUSY_MACHINE
@given(
    repeats=st.sampled_from(["weekly", "monthly"]),
    every=st.integers(1, 12),
    weekdays=st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True),
    week=st.sampled_from([1, 2, 3, 4, -1]),
)
def test_what_people_choose_comes_back_from_the_rule(repeats, every, weekdays, week):
    rule = Rule(repeats, every, tuple(weekdays), week)
    again = as_rule(clean_rule(rule.text))
    assert (again.repeats, again.every, set(again.weekdays)) == (repeats, every, set(weekdays))
    assert repeats == "weekly" or again.week_of_month == week


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (TUESDAYS, "Every Tuesday, 16:00–17:00 Berlin"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "Every second Tuesday and Thursday, 16:00–17:00 Berlin"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "The last Friday of every month, 16:00–17:00 Berlin"),
        ("FREQ=DAILY", "By the rule FREQ=DAILY, 16:00–17:00 Berlin"),
    ],
)
def test_a_series_is_told_in_words(rule, words):
    assert str(in_words(series(rule), today=date(2026, 1, 1))) == words


def test_pauses_are_told_while_they_matter():
    breaks = Pauses([pause("2025-08-01", "2025-08-31", yearly=True), pause("2025-12-24", "2026-01-06")])
    assert in_words(series(pauses=breaks), today=date(2026, 1, 2)).pauses == [
        "not in August",
        "not from 24 December 2025 to 6 January 2026",
    ]
    assert in_words(series(pauses=breaks), today=date(2026, 2, 1)).pauses == ["not in August"]
