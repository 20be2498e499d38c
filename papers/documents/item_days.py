"""The day of an item in a list of presentations: where it stands, and what the item says besides."""

import re
from datetime import date

from papers.documents.days import FoundDay, Year, behind_day, find_day, is_day
from papers.documents.fact_lines import fact_lines
from papers.documents.nodes import Node
from papers.documents.parsing import Inline

_STEP = re.compile(r"(\d{1,2})\.(\d{1,2})\.?\s")
#: "Engines (5 March 2024)", "Engines – 5 March 2024"
_AT_THE_END = [
    re.compile(r"\s*[(\[（](?P<day>[^()\[\]（）]{4,40})[)\]）][\s.;]*$"),
    re.compile(r"\s[-–—|]\s+(?P<day>[^-–—|]{4,40})[\s.;]*$"),
]


def opening_day(inline: Inline) -> FoundDay | None:
    """The day that an item begins with."""
    opening = re.sub(r"^[\s*_~(\[]+", "", inline.plain)
    found = find_day(opening[:60])
    if not found or found.start > 12:
        return None
    # "Start date: 20 April 2026" is a fact about the group.
    is_fact = ":" in opening[: found.start] and not re.search(r"\w{3}", opening[found.end :])
    return None if is_fact else found


def closing_day(inline: Inline, *, day_first: bool = False, year: Year | None = None) -> FoundDay | None:
    """The day that an item ends with, in brackets or behind a dash, when words stand before it."""
    for match in filter(None, (pattern.search(inline.plain) for pattern in _AT_THE_END)):
        found = find_day(match["day"], day_first=day_first, year=year) if is_day(match["day"]) else None
        if found and re.search(r"\w{3}", inline.plain[: match.start()]):
            return FoundDay(found.day, match.start(), match.end())
    return None


def cut_day(inline: Inline, day_first: bool, year: Year | None) -> tuple[FoundDay | None, str, bool]:
    """The day of an item, its words without it, and whether these stand before the day."""
    found = find_day(inline.plain[:80], day_first=day_first, year=year)
    if opening_day(inline) is None and (last := closing_day(inline, day_first=day_first, year=year)):
        return last, inline.plain[: last.start], True
    return found, behind_day(inline.plain[found.end :]) if found else inline.plain, False


def without_steps(items: list[Node]) -> list[Node]:
    """The items without those in which what looks like a day counts them: "3.1. Clone", "3.2. Install"."""
    steps = [(item, match) for item in items if item.head and (match := _STEP.match(item.head.plain))]
    numbers = [(int(match[1]), int(match[2])) for _, match in steps]
    if not numbers or numbers != [(numbers[0][0], numbers[0][1] + more) for more in range(len(numbers))]:
        return items
    return [item for item in items if all(item is not step for step, _ in steps)]


def day_behind(lines: list[Node], day_first: bool, year: Year | None) -> date | None:
    """The day that a line below ends with, its links apart: "At a school of weaving, 5 March 2024 [slides]"."""
    for fact in fact_lines(lines):
        text = re.sub(r"\[?\[[^\]]*\]\([^()]*\)\]?", "", fact.text).rstrip(" .,;()[]*_")
        found = find_day(text, day_first=day_first, year=year)
        if found and found.day and found.end == len(text):
            return found.day
    return None
