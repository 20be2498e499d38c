"""The day in the heading of a presentation: "Tuesday, March 5: Engines", "Engines (presented on 2024-03-05)"."""

import re
from dataclasses import dataclass
from datetime import date

from papers.documents.days import WEEKDAY, FoundDay, Year, find_day, is_day

_DAY_WORDS = re.compile(
    r"[(\[]?\s*\b(?:presented|held|given|discussed|recorded|date|week of|week|on)\b[\s:]*(?:on\s*)?(?=[(\[]?\s*$)"
    r"|[(\[,|:–—-]\s*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"^\W*(?:{WEEKDAY})(?:\W+(?:the|den|le|el|il)\b)?\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class HeadingDay:
    """`words` are those of the day, and `title` is the heading without them; `day` is None without a year."""

    day: date | None
    words: str
    title: str


def opening_day_of(text: str, year: Year | None = None) -> FoundDay | None:
    """The day that a heading begins with, after its day of the week; "3.1 Weaving" is a part of a text."""
    found = find_day(text, year=year)
    if not found or not (found.start <= 1 or _WEEKDAY.match(text[: found.start])):
        return None
    is_named = bool(re.search(r"[^\W\d_]", text[found.start : found.end]))
    whole = find_day(text)
    return found if is_named or is_day(text) or (whole and whole.day) else None


def cut_heading_day(text: str, *, day_first: bool, year: Year | None) -> HeadingDay | None:
    """The day of a heading that begins or ends with it, or says that it is the day of the presentation."""
    found = find_day(text, day_first=day_first, year=year)
    if not found:
        return None
    opens = opening_day_of(text)
    if not found.day and not opens:
        return None
    before = text[: found.start]
    if not (found.start == 0 or opens or found.end >= len(text) - 3 or _DAY_WORDS.search(before)):
        return None
    words = text[: found.end] if opens else text[found.start : found.end]
    before = "" if opens else _DAY_WORDS.sub("", before).rstrip(" ([,-–—:|")
    return HeadingDay(found.day, words.strip(), f"{before} {text[found.end :].lstrip(' )],:|.-–—')}".strip())
