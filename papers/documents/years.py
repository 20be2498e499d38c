"""The year of days that are written without one, as a document tells it from its top down."""

import re
from datetime import date
from pathlib import PurePath

from papers.documents.days import Year, find_day, year_in, year_near

_SEASON = (
    r"(?:spring|summer|fall|autumn|winter|frühling|frühjahr|sommer|herbst|printemps|été|automne|hiver|primavera|verano|"
    r"otoño|invierno|estate|autunno|inverno|outono|verão)"
)
_TERM = rf"(?:{_SEASON}|(?:{_SEASON}\s?)?(?:term|semest\w+|trimest\w+|quarter)|w[is]|s[os]|wise|sose)"
#: A line that says which term it is about, and perhaps when and where: "*Fall 2024*, Tuesdays at noon".
_TERM_LINE = re.compile(
    rf"\W*(?:(?:(?:academic |school )?year|term|semest\w+|jahr|année|año|anno|ano)\s*:\W*)?"
    rf"(?P<term>(?:{_TERM}\W{{1,3}}(?:(?:of|de|del|di|do)\s+)?)?['’]?\d\d(?:\d\d)?(?:\s?[/–-]\s?\d\d(?:\d\d)?)?)(?![\d-])"
    rf"(?=\W*$|\W*[,:;|·–—(]\D)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:\w+\W+){9}\w|\w\.\s+\w")


class Years:
    """What completes days: the year of a term that a heading or a line of its own names, or else the day above."""

    def __init__(self, title: str) -> None:
        self.told = year_in(title)
        self._day: date | None = None

    def start(self, told: Year | None, day: date | None) -> None:
        """Take what stands outside of the text: a year, and the day that the whole document is of."""
        self.told, self._day = self.told or told, day

    @property
    def current(self) -> Year | None:
        return self.told or year_near(self._day)

    def note_heading(self, text: str, day: date | None) -> None:
        """Go on below a heading; `day` is the day that it names, completed if need be."""
        written = find_day(text)
        if written and written.day:
            self.told, self._day = None, written.day
        elif day:
            self._day = day
        elif year := year_in(text):
            self.told, self._day = year, None

    def note_line(self, text: str) -> None:
        """Take the year of a line that names a term; what a sentence says of some year is no proof."""
        match = None if _SENTENCE.search(text) else _TERM_LINE.match(text)
        self.told = (year_in(match["term"]) if match else None) or self.told


def year_of_name(name: str) -> Year | None:
    """The year that the name of a file tells, as in `schedule-2023.md`; a day there is that of the writing."""
    stem = re.sub(r"[\W_]+", " ", PurePath(name).stem)
    return None if re.search(r"\d{1,2} \d{1,2}\b", stem) else year_in(stem)
