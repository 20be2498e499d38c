"""Series make sessions ahead, each once, and what somebody touched stays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sessions.models import Presentation, Series, SeriesPause, Session
from sessions.services.attendance import reply_to_session
from sessions.services.presentations import SlotTaken, claim_presentation
from sessions.services.series import add_series, edit_series, go_on_with_series, make_sessions, stop_series
from sessions.services.sessions import cancel_session, edit_session
from sessions.tasks import make_sessions as make_sessions_task
from tests.factories import make_member, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
AUGUST = {"starts_on": date(2020, 8, 1), "ends_on": date(2020, 8, 31), "is_yearly": True}


@pytest.fixture(autouse=True)
def in_july(time_machine):
    time_machine.move_to(JULY, tick=False)
    return time_machine


def tuesdays(**fields) -> Series:
    fields = {
        "name": "Tuesdays",
        "recurrence": "FREQ=WEEKLY;BYDAY=TU",
        "starts_on": date(2026, 6, 1),
        "starts_at": time(16),
        "time_zone": "Europe/Berlin",
        "weeks_ahead": 4,
        **fields,
    }
    return add_series(**fields)[0]


def days(series: Series) -> list[str]:
    rows = Session.objects.filter(series=series).order_by("starts_at")
    return [f"{session.local_start:%m-%d %H:%M}" for session in rows]


def test_sessions_are_made_as_far_ahead_as_set_with_their_slots():
    series = tuesdays(slots=2, place="Room 1", capacity=20, meeting_url="https://meet.example.org/a")
    assert days(series) == ["07-07 16:00", "07-14 16:00", "07-21 16:00", "07-28 16:00"]
    first = Session.objects.filter(series=series).earliest("starts_at")
    assert (first.place, first.capacity, first.meeting_url) == ("Room 1", 20, "https://meet.example.org/a")
    assert [slot.status for slot in first.presentations.all()] == ["open", "open"]
    assert first.ends_at - first.starts_at == timedelta(minutes=60)


def test_time_passes_and_the_worker_makes_the_next(in_july):
    series = tuesdays(pauses=[SeriesPause(**AUGUST)])
    in_july.move_to(JULY + timedelta(weeks=7))
    assert make_sessions_task() == 3
    assert make_sessions_task() == 0
    assert days(series)[-4:] == ["07-28 16:00", "09-01 16:00", "09-08 16:00", "09-15 16:00"]


def test_wall_clock_stays_when_the_clocks_change(in_july):
    in_july.move_to(datetime(2026, 10, 19, tzinfo=UTC))
    series = tuesdays(weeks_ahead=2)
    assert [f"{one.starts_at:%d %H}" for one in series.sessions.order_by("starts_at")] == ["20 14", "27 15"]


def test_what_was_deleted_does_not_come_back_not_even_when_the_rule_changes():
    series = tuesdays()
    Session.objects.filter(series=series, occurs_on=date(2026, 7, 14)).delete()
    make_sessions(series)
    edit_series(series, recurrence="FREQ=WEEKLY;BYDAY=TU,TH")
    assert days(series)[:4] == ["07-02 16:00", "07-07 16:00", "07-09 16:00", "07-16 16:00"]


def test_a_moved_session_is_still_the_one_of_its_day():
    series = tuesdays()
    session = series.sessions.get(occurs_on=date(2026, 7, 14))
    moved = datetime(2026, 7, 15, 18, tzinfo=BERLIN)
    edit_session(session, starts_at=moved, ends_at=moved + timedelta(hours=1))
    Series.objects.update(made_until=None)
    assert make_sessions(series) == []
    assert "07-15 18:00" in days(series)


def test_a_session_planned_by_hand_is_that_of_its_day():
    series = Series.objects.create(
        name="By hand", recurrence="FREQ=WEEKLY;BYDAY=TU", starts_on=date(2026, 6, 1), starts_at=time(16), weeks_ahead=2
    )
    make_session(series=series, starts_at=datetime(2026, 7, 7, 10, tzinfo=BERLIN))
    assert [session.occurs_on for session in make_sessions(series)] == [date(2026, 7, 14)]


def test_untouched_sessions_follow_and_touched_ones_stay(bob):
    series = tuesdays(slots=1)
    themed, claimed, replied, _ = series.sessions.order_by("starts_at")
    edit_session(themed, title="Something else")
    claim_presentation(claimed.presentations.get(), member=bob)
    reply_to_session(replied, member=bob, rsvp="yes")
    followed = edit_series(series, starts_at=time(18), place="Attic")
    assert days(series) == ["07-07 16:00", "07-14 16:00", "07-21 16:00", "07-28 18:00"]
    assert followed.kept == [themed, claimed, replied]
    last = series.sessions.get(occurs_on=date(2026, 7, 28))
    assert (last.place, last.sequence) == ("Attic", 1)


def test_days_that_the_new_rule_lacks_go_and_its_new_ones_come(bob):
    series = tuesdays(slots=1)
    claim_presentation(series.sessions.earliest("starts_at").presentations.get(), member=bob)
    followed = edit_series(series, recurrence="FREQ=WEEKLY;BYDAY=TH")
    assert [one.occurs_on.isoformat() for one in followed.kept] == ["2026-07-07"]
    assert days(series) == [
        "07-02 16:00",
        "07-07 16:00",
        "07-09 16:00",
        "07-16 16:00",
        "07-23 16:00",
    ]
    assert Presentation.objects.filter(session=None).count() == 0


def test_who_was_invited_reads_that_it_is_called_off():
    series = tuesdays()
    series.sessions.filter(occurs_on=date(2026, 7, 7)).update(invited_at=JULY)
    edit_series(series, pauses=[SeriesPause(starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 20))])
    first = series.sessions.earliest("starts_at")
    assert first.is_cancelled
    assert first.cancelled_because == "The series no longer meets on this day."
    assert days(series) == ["07-07 16:00", "07-21 16:00", "07-28 16:00"]


def test_a_pause_that_is_taken_away_brings_its_days():
    series = tuesdays(pauses=[SeriesPause(starts_on=date(2026, 7, 10), ends_on=date(2026, 7, 24))])
    assert days(series) == ["07-07 16:00", "07-28 16:00"]
    edit_series(series, pauses=[])
    assert days(series) == ["07-07 16:00", "07-14 16:00", "07-21 16:00", "07-28 16:00"]


def test_what_is_called_off_stays_called_off():
    series = tuesdays()
    cancel_session(series.sessions.earliest("starts_at"), reason="Heat")
    edit_series(series, starts_at=time(9))
    assert days(series)[0] == "07-07 16:00"


def test_a_stopped_series_makes_nothing_until_it_goes_on(in_july):
    series = tuesdays(weeks_ahead=1)
    stop_series(series)
    in_july.move_to(JULY + timedelta(weeks=3))
    assert make_sessions_task() == 0
    go_on_with_series(series)
    assert days(series) == ["07-07 16:00", "07-28 16:00"]


def test_it_ends_when_it_ends():
    assert days(tuesdays(ends_on=date(2026, 7, 14))) == ["07-07 16:00", "07-14 16:00"]


def test_the_host_follows_like_the_place(alice, bob):
    series = tuesdays(host=alice)
    edit_series(series, host=bob)
    assert set(series.sessions.values_list("host", flat=True)) == {bob.pk}


def test_a_daily_series_two_years_ahead_leaves_no_day_out():
    series = tuesdays(recurrence="FREQ=DAILY", weeks_ahead=104, slots=0)
    assert series.sessions.count() == 104 * 7 + 1
    followed = edit_series(series, name="Every day")
    assert (followed.made, followed.removed, followed.changed) == ([], [], [])


def test_one_rule_that_was_never_checked_does_not_keep_the_others_from_meeting(in_july):
    broken = tuesdays(weeks_ahead=1)
    tuesdays(weeks_ahead=1)
    Series.objects.filter(pk=broken.pk).update(recurrence="FREQ=NEVER")
    in_july.move_to(JULY + timedelta(weeks=1))
    assert make_sessions_task() == 1
    edit_series(Series.objects.get(pk=broken.pk), recurrence="FREQ=WEEKLY;BYDAY=TU")
    assert days(broken)[-1] == "07-14 16:00"


@pytest.mark.django_db(transaction=True)
def test_nobody_loses_a_slot_that_they_took_while_the_series_moved():
    series = tuesdays(slots=1)
    slots = list(Presentation.objects.order_by("pk"))
    members = [make_member() for _ in slots]

    def act(number: int) -> bool:
        if number == len(slots):
            edit_series(Series.objects.get(pk=series.pk), recurrence="FREQ=WEEKLY;BYDAY=TH")
            return False
        try:
            claim_presentation(slots[number], member=members[number])
        except (SlotTaken, Presentation.DoesNotExist):
            return False
        return True

    won = race(act, range(len(slots) + 1))
    for slot, has_it in zip(slots, won, strict=False):
        kept = Presentation.objects.filter(pk=slot.pk, status="claimed", session__isnull=False)
        assert kept.exists() == has_it


@pytest.mark.django_db(transaction=True)
def test_many_makers_at_once_make_each_session_once():
    series = tuesdays(weeks_ahead=0, slots=1)
    Series.objects.update(weeks_ahead=12)
    made = race(lambda _: len(make_sessions(series)), range(8))
    assert sum(made) == Session.objects.count() == 12
    assert Presentation.objects.count() == 12
