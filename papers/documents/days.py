"""Days in running text, in the forms that people write."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

_MONTHS = (
    "january jan janvier janv januar jänner enero ene gennaio gen janeiro januari января январь",
    "february feb février fevrier févr februar febrero febbraio fevereiro fev februari февраля февраль",
    "march mar mars märz mär marzo março maart mrt марта март",
    "april apr avril avr abril abr aprile апреля апрель",
    "may mai mayo maggio mag maio mei мая май",
    "june jun juin juni junio giugno giu junho июня июнь",
    "july jul juillet juil juli julio luglio lug julho июля июль",
    "august aug août aout agosto ago augustus августа август",
    "september sept sep septembre septiembre settembre set setembro сентября сентябрь",
    "october oct octobre oktober okt octubre ottobre ott outubro out октября октябрь",
    "november nov novembre noviembre novembro ноября ноябрь",
    "december dec décembre dezember dez diciembre dic dicembre dezembro декабря декабрь",
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_NAMES = "|".join(sorted((re.escape(name) for name in _MONTH), key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
#: The month in which a year such as “2022–2023” begins, at schools and universities.
_TERM_BEGINS = 8
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª|°)?"
_FORMS = re.compile(
    rf"(?<![\d/.-])(?P<iso_y>{_YEAR})(?P<sep>[-/_]|\.\s?|\s?[年년]\s?)(?P<iso_m>\d{{1,2}})(?:(?P=sep)|\s?[月월]\s?)(?P<iso_d>\d{{1,2}})[日일]?(?!\d)"
    rf"|(?<![\d/.-])(?P<a>\d{{1,2}})(?P<nsep>[-/._])(?P<b>\d{{1,2}})(?P=nsep)(?P<y>{_YEAR}|\d\d)(?![\d/])"
    rf"|\b(?P<d1>\d{{1,2}}){_ORDINAL}\.?[\s-]*(?:of\s+|de\s+|d')?(?P<m1>{_NAMES})\b\.?(?:,?[\s-]*(?:de\s+)?(?P<y1>{_YEAR}|'\d\d|(?<=-)\d\d))?"
    rf"|\b(?P<m2>{_NAMES})\b\.?[\s-]*(?P<d2>\d{{1,2}}){_ORDINAL}\b(?!:\d|\d)(?:,?\s*-?(?P<y2>{_YEAR}|'\d\d)\b)?"
    rf"|(?<![\d/.-])(?P<c>0?[1-9]|[12]\d|3[01])(?P<csep>[/.]|\s?[月월]\s?)(?P<e>0?[1-9]|[12]\d|3[01])[.日일]?(?![\d/%]|\.\d|\s%)",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:w(?:i|inter)?\s?se?(?:mester)?|s(?:o|ommer)?\s?se?(?:mester)?|winter|spring|summer|fall|autumn|term|semester)"
    r"\s?['’]?(\d\d)(?:\s?[/–-]\s?(\d\d))?(?!\d)(?![/.:-]\d)",
    re.IGNORECASE,
)
#: What is a day only where days are expected, such as in a column of them.
_MONTH_AND_DAY = re.compile(r"^\W*(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\w-]|\W*\d)")
_NAME_AND_DAY = re.compile(rf"^\W*(?P<name>{_NAMES}),\s*(?P<day>\d{{1,2}})\W*$", re.IGNORECASE)
_COMPACT = re.compile(r"^\W*(?P<year>20)?(?P<short>\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])\W*$")
#: "Ada (3/4)": how often somebody presented, and no day.
_COUNT_BEHIND = re.compile(r"^\W*[^\W\d_]{3,}[^\d()]*\(\d{1,2}/\d{1,2}\)\W*$")
WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|(?:lun|mar|mercre|jeu|vendre|same)di|"
    r"dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|"
    r"понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|mon|tue|wed|thu|fri|sat|sun|"
    r"mo|di|mi|do|fr|sa|so|[月火水木金土日]曜?日?|(?:星期|周)[一二三四五六日天]|[월화수목금토일]요?일?"
)
_HOUR = (
    r"(?:(?:at|um|à|às|a las|c\.t\.|s\.t\.)\s*)?\d{1,2}(?:[:h.]\d{2}|\s?(?:uhr|heures|h)\b|\s?[ap]\.?m\b\.?)"
    r"(?:\s?(?:uhr|h|[ap]\.?m\.?|c\.t\.|s\.t\.))?"
)
_ONLY_HOURS = re.compile(rf"\s*{_HOUR}(?:\s*(?:[-–—~〜]|to|bis|à)\s*{_HOUR})?\s*", re.IGNORECASE)
_BEHIND_DAY = re.compile(
    rf"^[\s,]*(?:[(（]\s*(?:{WEEKDAY})\s*[)）]|(?:{WEEKDAY})\b(?=\s*(?:$|[,;:|–—\d-])))?[\s,|:]*(?:{_HOUR}(?:\s*[-–—~〜]\s*{_HOUR})?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Year:
    """The year that completes a day: one, or for “2022–23” the two that its months lie in.

    With `near`, a month of `first`, it is the year that brings a day close to that month: January after December 2022
    is that of 2023.
    """

    first: int
    last: int
    near: int = 0

    def of(self, month: int) -> int:
        if self.near:
            return self.first + (month - self.near < -6) - (month - self.near > 6)
        return self.first if month >= _TERM_BEGINS else self.last


@dataclass(frozen=True)
class FoundDay:
    """A day in a text, between `start` and `end`; `day` is None when its year is unknown or it is in no calendar."""

    day: date | None
    start: int
    end: int


def find_day(text: str, *, day_first: bool = False, year: Year | None = None) -> FoundDay | None:
    """The first day that `text` names, or None. `year` completes a day without one."""
    text = unicodedata.normalize("NFC", text)
    match = _FORMS.search(text)
    if not match:
        return None
    return FoundDay(_day(match, day_first, year), match.start(), match.end())


def day_in_column(
    text: str, *, day_first: bool = False, year_first: bool = False, year: Year | None = None
) -> FoundDay | None:
    """As `find_day`, for a text that stands where days are expected: "03-12", "May, 4" and "240504" are days too.

    `year_first` says that "22.02.10" is a day of 2022, see `reads_year_first`.
    """
    if match := _MONTH_AND_DAY.search(text):
        return FoundDay(_made("", match["month"], match["day"], year), match.start(), match.end())
    if match := _NAME_AND_DAY.search(text):
        return FoundDay(_made("", str(_MONTH[match["name"].lower()]), match["day"], year), 0, len(text))
    if match := _COMPACT.search(text):
        return FoundDay(_made(match["short"], match["month"], match["day"], None), 0, len(text))
    if _COUNT_BEHIND.match(text):
        return None
    found = find_day(text, day_first=day_first, year=year)
    parts = re.search(r"(?<!\d)(\d\d)[./-](\d{1,2})[./-](\d{1,2})(?!\d)", text) if year_first else None
    return FoundDay(_made(parts[1], parts[2], parts[3], None), parts.start(), parts.end()) if parts else found


def reads_year_first(texts: Iterable[str]) -> bool:
    """Whether "22.02.10" begins with the year: when that keeps the days in order and no other reading does."""
    parts = [re.findall(r"\d+", text)[:3] for text in texts if re.search(r"\d", text)]
    days = [(int(a), int(b), int(c)) for a, b, c in (part for part in parts if len(part) == 3)]
    if len(days) < 2 or any(not (1 <= month <= 12 and 1 <= day <= 31) for _, month, day in days):
        return False
    others = [[(year, month, day) for day, month, year in days], [(year, month, day) for month, day, year in days]]
    return _in_order(days) and not any(_in_order(other) for other in others)


def is_hour(text: str) -> bool:
    """Whether the text is a time of day, or the time between two: "9:00", "16:30 – 17:15 Uhr"."""
    return bool(_ONLY_HOURS.fullmatch(text))


def is_day(text: str) -> bool:
    """Whether the text is little more than a day: "Tue 5 March 2024, 16:00"."""
    found = find_day(text)
    if not found:
        return False
    rest = text[: found.start] + behind_day(text[found.end :])
    rest = re.sub(
        rf"{_HOUR}|\b[ap]\.?m\.?\b|\b(?:UTC|GMT|CET|EST|PST|ET|PT)\b|\bweek\b|\b(?:{WEEKDAY})\b|\d",
        "",
        rest,
        flags=re.I,
    )
    return len(re.sub(r"[\W_]+", "", rest)) <= 4


def behind_day(text: str) -> str:
    """What stands behind a day, without the day of the week and the hours."""
    return _BEHIND_DAY.sub("", text, count=1)


def reads_day_first(texts: Iterable[str]) -> bool:
    """Whether "05/03/2019" means March: a day beyond 12 decides, else which reading keeps the days in order."""
    pairs: list[tuple[int, int, str]] = []
    for text in texts:
        for match in _FORMS.finditer(text):
            first, second = match["a"] or match["c"], match["b"] or match["e"]
            if first and second:
                if "." in (match["nsep"], match["csep"]) or int(first) > 12:
                    return True
                if int(second) > 12:
                    return False
                pairs.append((int(first), int(second), match["y"] or ""))
    by_day_first = [(year, month, day) for day, month, year in pairs]
    by_month_first = [(year, month, day) for month, day, year in pairs]
    return _in_order(by_day_first) and not _in_order(by_month_first)


def year_near(day: date | None) -> Year | None:
    """The year of a day that is written without one and stands next to `day`."""
    return Year(day.year, day.year, day.month) if day else None


def year_in(text: str) -> Year | None:
    """The only year that a heading names, or the two of “2022–2023” and “2022/23”."""
    spans = {
        (int(match[1]), int(match[1][: 4 - len(match[2])] + match[2]))
        for match in re.finditer(rf"(?<![\d/.-])({_YEAR})\s?[/–—-]{{1,2}}\s?({_YEAR}|\d\d)(?![\d/.–—-])", text)
    }
    if len(spans) == 1 and (span := spans.pop())[1] - span[0] == 1:
        return Year(*span)
    years = {int(year) for year in re.findall(rf"(?<![\d/.-])({_YEAR})(?![\d/.]|-\d)", text)}
    if len(years) == 1:
        return Year(min(years), min(years))
    return None if years else _year_of_term(text)


def _year_of_term(text: str) -> Year | None:
    """The year of a term whose century nobody writes: "WiSe 25/26", "Fall '23", "SS 24"."""
    terms = {(int(match[1]), int(match[2] or match[1])) for match in _TERM.finditer(text)}
    first, last = terms.pop() if len(terms) == 1 else (0, 9)
    return Year(2000 + first, 2000 + last) if last - first in (0, 1) else None


def _in_order(days: list[Any]) -> bool:
    return len(days) > 1 and (days == sorted(days) or days == sorted(days, reverse=True))


def _day(match: re.Match[str], day_first: bool, year: Year | None) -> date | None:
    part = match.groupdict()
    if part["iso_y"]:
        numbers = (part["iso_y"], part["iso_m"], part["iso_d"])
    elif part["a"]:
        first, second = part["a"], part["b"]
        swap = day_first or int(first) > 12 or part["nsep"] == "."
        numbers = (part["y"], second, first) if swap and int(second) <= 12 else (part["y"], first, second)
    elif part["c"]:
        swap = day_first or int(part["c"]) > 12 or part["csep"] == "."
        swap = swap and part["csep"].strip() not in {"月", "월"}
        numbers = ("", part["e"], part["c"]) if swap else ("", part["c"], part["e"])
    elif part["m1"]:
        numbers = (part["y1"] or "", str(_MONTH[part["m1"].lower()]), part["d1"])
    else:
        numbers = (part["y2"] or "", str(_MONTH[part["m2"].lower()]), part["d2"])
    return _made(*numbers, year)


def _made(written: str, month: str, day: str, year: Year | None) -> date | None:
    if not written and year is None:
        return None
    full = int(written.strip("'")) if written or year is None else year.of(int(month))
    try:
        return date(full + 2000 if full < 100 else full, int(month), int(day))
    except ValueError:
        return None
