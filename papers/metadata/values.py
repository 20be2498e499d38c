"""Reading values of which nothing is certain: lists that are strings, names in any order, dates in any form."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from papers.metadata.answers import AuthorName
from papers.metadata.text import one_line

MAX_AUTHORS = 3_000
MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
_SUFFIX = re.compile(r"(?:jr|sr|ph\.?\s?d|m\.?d|[ivx]{2,4})\.?", re.I)
_ORGANISATION = re.compile(
    r"\b(?:inc|ltd|llc|gmbh|co|corp|university|institute|department|group|consortium|collaboration|ministry|agency|"
    r"committee|association|society|team|network|center|centre|council)\b",
    re.I,
)
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)", re.A)
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([A-Za-z]{3,9})\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})", re.A
)
_YEAR_FIRST = re.compile(r"(\d{4})\s+([A-Za-z]{3,9})\.?(?:\s*[-–/]\s*[A-Za-z]{3,9})?(?:\s+(\d{1,2}))?", re.A)


def items(value: Any) -> list[Any]:
    """`value` as a list: itself, or in one, or none."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in items(value) if isinstance(item, dict))


def first_line(value: Any, limit: int = 300) -> str:
    """The first of one or several texts that says something, on one line."""
    return next((line for line in (one_line(item, limit) for item in items(value)) if line), "")


def full_name(given: Any, family: Any, suffix: Any = None) -> str:
    """A person's name in the order in which it is said: in Chinese, Japanese and Korean the family's comes first."""
    first, last = _without_affiliation(one_line(given)), _without_affiliation(one_line(family))
    if first and last and _CJK.fullmatch(last) and _CJK.fullmatch(first):
        return f"{last}{first}"[:300]
    return " ".join(filter(None, (first, last, one_line(suffix))))[:300]


def natural_name(name: Any) -> str:
    """ "Beethoven, Ludwig van" as it is said; names of organisations and names in their order stay."""
    text = one_line(name, 300).strip(" ,;")
    person = _without_affiliation(text)
    text = person if "," in person else text
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[2]):
        return full_name(parts[1], parts[0], parts[2])
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        return full_name(parts[2], parts[0], parts[1])
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return f"{parts[0]} {parts[1]}"
    if len(parts) != 2 or _ORGANISATION.search(text):
        return text
    return full_name(parts[1], parts[0])


def _without_affiliation(name: str) -> str:
    """Without what some depositors write in brackets into a name."""
    return " ".join(re.sub(r"\s*\([^()]*\)", " ", name).split()) or name


def authors(names: Iterable[AuthorName]) -> tuple[AuthorName, ...]:
    """People with a name that says something, each once, not endlessly many."""
    found: dict[tuple[str, str], AuthorName] = {}
    for person in names:
        if any(character.isalpha() for character in person.name):
            found.setdefault((person.name, person.orcid), person)
        if len(found) >= MAX_AUTHORS:
            break
    return tuple(found.values())


def orcid(value: Any) -> str:
    """The ORCID iD in `value` when its check digit is right (ISO 7064 11,2), else ""."""
    found = re.search(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", value.strip(), re.A) if isinstance(value, str) else None
    if not found:
        return ""
    total = 0
    for digit in found[0].replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return found[0] if found[0][-1] == ("X" if check == 10 else str(check)) else ""


def language(value: Any) -> str:
    tag = value.strip().replace("_", "-").lower() if isinstance(value, str) else ""
    return tag if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,4})?", tag, re.A) else ""


def dated(value: Any) -> tuple[date | None, str]:
    """A date in ISO's form or in words, as exact as it is given: day, month or year."""
    text = str(value).strip()[:80] if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if found := _ISO.match(text):
        numbers = [int(part) for part in found.groups() if part]
        if len(numbers) > 1 or not _YEAR_FIRST.match(text):
            return exact([n for n in numbers if n] or [0])
    if found := _YEAR_FIRST.match(text):
        month = MONTHS.get(found[2][:3].lower())
        return exact([int(found[1]), *([month] if month else []), *([int(found[3])] if month and found[3] else [])])
    if found := _WORDS.search(text):
        month, day = MONTHS.get(found[2][:3].lower()), found[1] or found[3]
        return exact([int(found[4]), *([month] if month else []), *([int(day)] if month and day else [])])
    found = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)", text, re.A)
    return exact([int(found[1])]) if found else (None, "day")


def exact(numbers: list[int]) -> tuple[date | None, str]:
    """Year, month and day, as many as are given and make sense."""
    if not numbers or not 1000 <= numbers[0] <= 2200:
        return None, "day"
    for length, precision in ((3, "day"), (2, "month")):
        if len(numbers) >= length:
            try:
                return date(*(numbers[:length] + [1] * (3 - length))), precision
            except (ValueError, OverflowError):
                continue
    return date(numbers[0], 1, 1), "year"
