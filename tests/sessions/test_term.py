"""A term of twelve weeks played through: which mails each member got, and when, and no others."""

from collections import defaultdict
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.utils import timezone

from sessions.models import Attendance, ReminderChoice, Series, Session
from sessions.services.sessions import cancel_session, edit_session
from sessions.services.telling import plan_mailings
from tests.factories import make_member, make_presentation, make_session
from tests.mails import calendar_in, deliver

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
#: Every Tuesday at 16:00; the clocks change before the third.
TUESDAYS = [datetime(2026, 10, 13, 16, tzinfo=BERLIN) + number * 7 * DAY for number in range(12)]
MOVED, CALLED_OFF, BACK_AND_FORTH, WITHOUT_DORA = 3, 5, 7, 9


@pytest.fixture
def term(bob, alice, time_machine) -> dict[int, Session]:
    """Bob and Dora present in turn; Bob never has slides, Dora says that there are none. Alice answers nothing."""
    time_machine.move_to(datetime(2026, 9, 30, 12, tzinfo=BERLIN), tick=False)
    dora = make_member(name="Dora", email="dora@example.org", time_zone="America/New_York")
    ReminderChoice.objects.create(member=dora, week=True, day=False, hour=True)
    series = Series.objects.create(name="Tuesdays", invite_days=10)
    term = {}
    for number, starts_at in enumerate(TUESDAYS, start=1):
        term[number] = session = make_session(
            title=f"Week {number}", series=series, place="Room 4", starts_at=starts_at
        )
        presenter, slides = (bob, "expected") if number % 2 else (dora, "none")
        make_presentation(session=session, status="claimed", presenters=[presenter], slides_condition=slides)
        Attendance.objects.create(session=session, member=bob, rsvp="yes")
        if number != WITHOUT_DORA:
            Attendance.objects.create(session=session, member=dora, rsvp="maybe")
    Attendance.objects.create(session=term[WITHOUT_DORA], member=dora, rsvp="no")
    return term


def moments() -> list[datetime]:
    """When the planner looks: around everything that is due."""
    ahead = [10 * DAY, 7 * DAY, 3 * DAY, 1 * DAY, HOUR]
    looks = {start - before + late for start in TUESDAYS for before in ahead for late in (-HOUR, 0 * HOUR, HOUR)}
    # The session that is moved by a day has its own.
    looks |= {TUESDAYS[MOVED - 1] + DAY - before for before in (1 * DAY, HOUR)}
    # When organisers do something.
    looks |= {start - before for start in TUESDAYS for before in (4 * DAY, 2 * DAY)}
    return sorted(looks)


def what_happens(term: dict[int, Session]) -> dict[datetime, list]:
    """What organisers do, and when."""
    start = {number: TUESDAYS[number - 1] for number in term}
    moved, back = term[MOVED], term[BACK_AND_FORTH]
    return {
        start[MOVED] - 4 * DAY: [
            lambda: edit_session(moved, starts_at=start[MOVED] + DAY, ends_at=start[MOVED] + DAY + HOUR)
        ],
        start[CALLED_OFF] - 2 * DAY: [lambda: cancel_session(term[CALLED_OFF], reason="The room is flooded.")],
        start[BACK_AND_FORTH] - 2 * DAY: [
            lambda: edit_session(back, place="Room 9"),
            lambda: edit_session(back, place="Room 4"),
        ],
    }


def play(term: dict[int, Session], time_machine) -> dict[str, list]:
    """Live through the term; return who got which mails, in order."""
    got = defaultdict(list)
    happens = what_happens(term)

    def work() -> None:
        # Twice: beat may wake two planners.
        plan_mailings()
        plan_mailings()
        for sent in [*deliver(), *deliver()]:
            got[sent.to[0].partition("@")[0]].append((timezone.now(), sent))

    for moment in moments():
        time_machine.move_to(moment, tick=False)
        work()
        if moment in happens:
            for act in happens[moment]:
                act()
            work()
            time_machine.shift(timedelta(minutes=6))
            work()
    return got


def expected(member: str) -> list[tuple[str, int]]:
    """The beginning of each subject and the week, by the rules and not by the code."""
    mails = []
    for week in range(1, 13):
        comes = not (member == "dora" and week == WITHOUT_DORA)
        mails += [("Week", week)] * comes
        mails += [("Your slides", week)] * (member == "bob" and week % 2 == 1)
        mails += [("In a week", week)] * (member == "dora" and comes)
        mails += [("Changed", week)] * (week == MOVED)
        if week == CALLED_OFF:
            mails.append(("Called off", week))
        else:
            mails += [("Tomorrow", week)] * (member == "bob") + [("In an hour", week)] * (member == "dora" and comes)
    return sorted(mails)


def told(mails: list) -> list[tuple[str, int]]:
    subjects = [sent.subject for _, sent in mails]
    leads = ("Your slides", "In a week", "Changed", "Called off", "Tomorrow", "In an hour", "Week")
    return sorted(
        (
            next(lead for lead in leads if subject.startswith(lead)),
            int(subject.partition("Week ")[2].partition(",")[0]),
        )
        for subject in subjects
    )


def test_everybody_gets_exactly_the_mails_they_should(term, time_machine):
    got = play(term, time_machine)
    assert told(got.pop("bob")) == expected("bob")
    assert told(got.pop("dora")) == expected("dora")
    by_alice = told(got.pop("alice"))
    # She was invited to all, and hears when one that she may have in her calendar moves or is called off.
    assert by_alice == sorted(
        [*(("Week", week) for week in range(1, 13)), ("Changed", MOVED), ("Called off", CALLED_OFF)]
    )
    assert not got


def test_reminders_come_when_they_should_on_the_clock_of_the_group(term, time_machine):
    got = play(term, time_machine)
    tomorrow = [moment for moment, sent in got["bob"] if sent.subject.startswith("Tomorrow")]
    starts = [start + DAY * (number == MOVED) for number, start in enumerate(TUESDAYS, start=1) if number != CALLED_OFF]
    assert tomorrow == [start - DAY for start in starts]
    assert {moment.astimezone(BERLIN).hour for moment in tomorrow} == {16}
    in_an_hour = [sent for _, sent in got["dora"] if sent.subject.startswith("In an hour")]
    # Between the two ends of summer time New York is five hours behind, else six.
    assert "Your time: Tuesday 27 October" not in "".join(sent.body for sent in in_an_hour)
    assert "Your time: Tuesday 13 October 2026, 10:00–11:00 New York" in in_an_hour[0].body
    assert "Your time: Wednesday 28 October 2026, 11:00–12:00 New York" in in_an_hour[2].body


def test_calendar_that_is_fed_by_mail_shows_the_term_as_it_was(term, time_machine):
    got = play(term, time_machine)
    newest: dict[str, tuple] = {}
    for _, sent in got["bob"]:
        if any(part.get_content_type() == "text/calendar" for part in sent.message().walk()):
            calendar = calendar_in(sent)
            (event,) = calendar.walk("VEVENT")
            version = (event["SEQUENCE"], event.decoded("DTSTAMP"))
            uid = str(event["UID"])
            if uid not in newest or newest[uid][0] < version:
                newest[uid] = (version, calendar)
    shown = {}
    for _, calendar in newest.values():
        if calendar["METHOD"] == "REQUEST":
            (event,) = recurring_ical_events.of(calendar).between((2026, 10, 1), (2027, 1, 1))
            shown[str(event["SUMMARY"]).partition(" (")[0]] = event.decoded("DTSTART")
    starts = {f"Week {number}": start for number, start in enumerate(TUESDAYS, start=1) if number != CALLED_OFF}
    assert shown == {**starts, f"Week {MOVED}": TUESDAYS[MOVED - 1] + DAY}
