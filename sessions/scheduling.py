"""When a series meets: from a recurrence rule (RFC 5545) and its pauses to days, and from days to moments.

A rule yields days; the time of day is the series' own wall clock, so changes of the clocks never move it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

WEEKDAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday",
            "SU": "Sunday"}  # fmt: skip
WEEKS_OF_MONTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
#: A rule without a day in this time is refused: nobody plans so far ahead, and it may have none at all.
HORIZON = timedelta(days=366 * 3)
#: As many as there are: no day is left out because there were too many before it.
MOST_DAYS = HORIZON.days + 1
#: Days outside are typing mistakes, and near the end of the calendar there is no day after.
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)
_WHEN = {"FREQ", "INTERVAL", "BYDAY", "WKST", "COUNT", "UNTIL"}
#: Other conditions on every day or week can be impossible, and would be sought until the year 9999.
_PARTS = {
    "DAILY": _WHEN,
    "WEEKLY": _WHEN | {"BYMONTH"},
    "MONTHLY": _WHEN | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": _WHEN | {"BYMONTH", "BYMONTHDAY", "BYSETPOS"},
}
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
#: The numbers that a part may hold, and whether they also count from the end.
_NUMBERS = {
    "INTERVAL": (1000, False),
    "COUNT": (1000, False),
    "BYMONTH": (12, False),
    "BYMONTHDAY": (31, True),
    "BYSETPOS": (366, True),
}
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
#: Which of its weekdays a month or a year has; of a week there is one each.
_WEEKS = {"MONTHLY": 5, "YEARLY": 53}


class NotARule(ValueError):
    """The text is no recurrence rule by which a group could meet; the message says why."""


@dataclass(frozen=True)
class Rule:
    """A recurrence rule as people choose one. `text` is the rule of RFC 5545 that it stands for."""

    repeats: str = "weekly"
    every: int = 1
    weekdays: tuple[str, ...] = ()
    week_of_month: int = 1
    own: str = ""

    @property
    def text(self) -> str:
        interval = f";INTERVAL={self.every}" if self.every > 1 else ""
        days = ",".join(day for day in WEEKDAYS if day in self.weekdays)
        if self.repeats == "weekly":
            return f"FREQ=WEEKLY{interval};BYDAY={days}"
        if self.repeats == "monthly":
            return f"FREQ=MONTHLY{interval};BYDAY={','.join(f'{self.week_of_month}{day}' for day in days.split(','))}"
        return self.own


def as_rule(text: str) -> Rule:
    """The rule `text` in the terms in which people choose one; what cannot be said so is a rule of their own."""
    parts = dict(_PART.findall(text))
    is_plain = set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "WKST"} and parts.get("INTERVAL", "1").isdigit()
    # What was never checked may hold more than was read of it.
    if is_plain and "BYDAY" in parts and text == ";".join(f"{name}={value}" for name, value in parts.items()):
        days = _DAY.findall(parts["BYDAY"])
        weeks = {int(number or 0) for number, _ in days}
        rule = Rule(
            repeats={"WEEKLY": "weekly", "MONTHLY": "monthly"}.get(parts.get("FREQ", ""), "own"),
            every=int(parts.get("INTERVAL", 1)),
            weekdays=tuple(day for _, day in days),
            week_of_month=next(iter(weeks)) if len(weeks) == 1 else 0,
        )
        is_said = weeks == {0} if rule.repeats == "weekly" else len(weeks) == 1 and weeks <= set(WEEKS_OF_MONTH)
        if rule.repeats != "own" and is_said:
            return rule
    return Rule(repeats="own", own=text)


def clean_rule(text: str) -> str:
    """The rule in its canonical spelling. Raises NotARule for what is none, or too often for a group.

    UNTIL keeps its day only, since times of day are the series' own.
    """
    text = text.strip().upper().removeprefix("RRULE:")
    pieces = [piece.strip() for piece in text.split(";")] if text else []
    if not pieces or not all(_PART.fullmatch(piece) for piece in pieces):
        raise NotARule("Write a rule such as FREQ=WEEKLY;BYDAY=TU.")
    parts: dict[str, str] = dict(_PART.findall(text))
    if parts.get("FREQ") not in _PARTS:
        raise NotARule("A group meets every day, week, month or year: FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.")
    strange = sorted(set(parts) - _PARTS[parts["FREQ"]])
    if strange or len(parts) < len(pieces):
        raise NotARule(f"{', '.join(strange) or 'A part that stands twice'} is not understood here.")
    if "UNTIL" in parts:
        parts["UNTIL"] = _day_of(parts["UNTIL"])
    _check_numbers(parts)
    _check_weekdays(parts)
    if "UNTIL" in parts and "COUNT" in parts:
        raise NotARule("COUNT and UNTIL do not go together. Leave one of them out.")
    cleaned = ";".join(f"{name}={value}" for name, value in parts.items())
    _read(cleaned, date(2000, 1, 1))
    return cleaned


def _day_of(until: str) -> str:
    try:
        return f"{datetime.strptime(until[:8], '%Y%m%d'):%Y%m%d}"  # noqa: DTZ007
    except ValueError:
        raise NotARule("UNTIL is a day such as 20271231.") from None


def _check_numbers(parts: dict[str, str]) -> None:
    for name, (most, counts_back) in _NUMBERS.items():
        numbers = parts.get(name, "1").split(",") if counts_back or name == "BYMONTH" else [parts.get(name, "1")]
        for number in numbers:
            digits = re.sub(r"^[+-]" if counts_back else r"^\+", "", number)
            if not (digits.isdigit() and 1 <= int(digits) <= most):
                back = f", or from -1 to -{most}" if counts_back else ""
                raise NotARule(f"{name} is a number from 1 to {most}{back}.")


def _check_weekdays(parts: dict[str, str]) -> None:
    if "BYDAY" not in parts:
        return
    most = _WEEKS.get(parts["FREQ"], 0)
    for day in parts["BYDAY"].split(","):
        found = _DAY.fullmatch(day)
        if not found or (found[1] and not 1 <= abs(int(found[1])) <= most):
            raise NotARule(f"“{day}” is no day here. Write MO, TU, WE, TH, FR, SA or SU; -1FR is the last of a month.")
    if parts["FREQ"] == "DAILY" and int(parts.get("INTERVAL", "1")) % 7 == 0:
        raise NotARule("Every seventh day is always the same weekday. Write FREQ=WEEKLY instead.")


def _read(text: str, starts_on: date) -> rrule:
    try:
        rule = rrulestr(text, dtstart=datetime.combine(starts_on, time()))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError) as error:
        raise NotARule(f"This is not understood as a rule: {error}.") from None
    if not isinstance(rule, rrule):
        raise NotARule("One rule at a time, please.")
    return rule


def days_of(series: Any, first: date, last: date, *, pauses: Iterable[Any] | None = None) -> list[date]:
    """The days from `first` to `last` on which `series` meets, within HORIZON; pauses default to its own.

    Raises NotARule.
    """
    if not series.recurrence or series.starts_on is None or not FIRST_DAY <= series.starts_on <= LAST_DAY:
        return []
    first = max(first, series.starts_on)
    last = min(filter(None, (last, series.ends_on, first + HORIZON)))
    breaks = list(series.pauses.all() if pauses is None else pauses)
    days = _days_between(_read(series.recurrence, series.starts_on), first, last)
    return [day for day in days if not any(one.covers(day) for one in breaks)]


def _days_between(rule: rrule, first: date, last: date) -> list[date]:
    found = islice(rule.xafter(datetime.combine(first, time()), inc=True), MOST_DAYS)
    try:
        return [moment.date() for moment in takewhile(lambda moment: moment.date() <= last, found)]
    except (IndexError, OverflowError, ValueError) as error:
        # Some impossible rules are only noticed on the way.
        raise NotARule(f"This rule has no days: {error}.") from None


def check_it_meets(series: Any) -> None:
    """Raise NotARule when `series` has no day at all, its pauses apart."""
    if not FIRST_DAY <= series.starts_on <= LAST_DAY:
        raise NotARule(f"It begins on a day from {FIRST_DAY.year} to {LAST_DAY.year}.")
    if not days_of(series, series.starts_on, LAST_DAY, pauses=[]):
        raise NotARule("By this rule it never meets. Look at the days and at “Until”.")


def moments_on(series: Any, day: date) -> tuple[datetime, datetime]:
    """Start and end of the session on `day`, in UTC, `duration_minutes` apart.

    A time that the clocks skip is read with the offset before the gap, one that comes twice is its first (RFC 5545,
    3.3.5), so both are the session that a calendar program would show.
    """
    wall = datetime.combine(day, series.start_time, tzinfo=ZoneInfo(series.time_zone))
    starts_at = wall.astimezone(UTC)
    return starts_at, starts_at + timedelta(minutes=series.duration_minutes)


@dataclass(frozen=True)
class Words:
    """How a series is told: "Every Tuesday", "16:00–17:00 Berlin", ["not from 1 to 31 August"]."""

    rule: str
    time: str
    pauses: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return "; ".join([", ".join(part for part in (self.rule, self.time) if part), *self.pauses])


def in_words(series: Any, *, today: date) -> Words:
    """What people say of a series; pauses that are over are not told."""
    end = (datetime.combine(date(2000, 1, 1), series.start_time) + timedelta(minutes=series.duration_minutes)).time()
    city = series.time_zone.rsplit("/", 1)[-1].replace("_", " ")
    clock = f"{series.start_time:%H:%M}–{end:%H:%M} {city}" if series.starts_at else ""
    pauses = [_pause(one) for one in series.pauses.all() if one.is_yearly or one.ends_on >= today]
    return Words(rule_in_words(series.recurrence), clock, pauses)


def rule_in_words(text: str) -> str:
    """ "Every second Tuesday and Thursday"; a rule that is not said so easily is told as it is written."""
    if not text:
        return "Now and then"
    rule = as_rule(text)
    days = _listed([WEEKDAYS[day] for day in rule.weekdays])
    if rule.repeats == "weekly":
        often = {1: "Every", 2: "Every second", 3: "Every third"}.get(rule.every, "")
        return f"{often} {days}" if often else f"{days}, every {rule.every} weeks"
    if rule.repeats == "monthly":
        often = "every month" if rule.every == 1 else f"every {rule.every} months"
        return f"The {WEEKS_OF_MONTH[rule.week_of_month]} {days} of {often}"
    return f"By the rule {text}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _pause(pause: Any) -> str:
    begin, end = pause.starts_on, pause.ends_on
    if pause.is_yearly:
        is_month = begin.day == 1 and begin.month == end.month and (end + timedelta(days=1)).day == 1
        return f"not in {begin:%B}" if is_month else f"not from {begin.day} {begin:%B} to {end.day} {end:%B}"
    if begin == end:
        return f"not on {begin.day} {begin:%B %Y}"
    return f"not from {begin.day} {begin:%B %Y} to {end.day} {end:%B %Y}"
