"""Rows of a schedule become presentations."""

import re
from dataclasses import dataclass, field
from datetime import date

from papers.documents.archive import PresentationEntry, Stated
from papers.documents.cited_titles import title_among_people
from papers.documents.days import Year, day_in_column, reads_day_first, reads_year_first, year_in, year_near
from papers.documents.document import Document, DocumentSection
from papers.documents.entry_lines import is_pointer
from papers.documents.links import TextLink
from papers.documents.paper_links import is_paper, is_pdf
from papers.documents.parsing import FoundLink, Inline, leads_out
from papers.documents.roles import Role
from papers.documents.shared_rows import rows_of
from papers.documents.tables import (
    Table,
    is_blank,
    is_ditto,
    is_no_meeting,
    is_second_head,
    is_struck,
    is_template,
    says_one_thing,
    section_name,
    text_beside,
)
from papers.documents.talk_facts import ABSENT, NOBODY, add_paper_link, own_role, split_names, without_label

#: Columns that say something of every date, whether or not anybody presents.
_ALWAYS = {Role.DATE, Role.NUMBER, Role.YEAR, Role.VENUE}
_PLACE = re.compile(
    r"\b(?:location|place|room|time|venue|zoom|ort|raum|zeit|uhrzeit|lieu|salle|heure|lugar|sala|hora)\b"
)
_COUNTED = re.compile(
    r"(?:#|№|no\.?|nr\.?|week|session|第|W)?\s*(\d{1,5})\s*(?:[.)]|回|周|주차|회차|회|期)?", re.IGNORECASE
)
#: What a template tag left behind.
_MARKS_ONLY = re.compile(r"[\s·•*_;,|]*")
#: What stands between two links of a cell and says nothing more.
_JOINING = re.compile(r"\b(?:and|or|und|oder|et|ou|y|o|e)\b", re.IGNORECASE)


@dataclass
class TableTalks:
    """`write_ups` are pairs of a presentation and the links to what was written about it."""

    talks: list[PresentationEntry] = field(default_factory=list)
    write_ups: list[tuple[PresentationEntry, list[TextLink]]] = field(default_factory=list)


def read_talk_table(table: Table, document: Document, *, section: str = "", year: Year | None = None) -> TableTalks:
    """Read a table of meetings; rows that are none (holidays, templates, blank ones) become warnings."""
    return _Reader(table, document, section, year).read()


def _says_nothing(cell: Inline, role: Role | None) -> bool:
    """Whether a cell is empty, or leaves things open in a word; of slides and recordings "none" is an answer."""
    if cell.links or cell.images:
        return False
    if not cell.text.strip() or is_ditto(cell.plain) or _MARKS_ONLY.fullmatch(cell.text):
        return True
    is_answer = role in {Role.SLIDES, Role.RECORDING} and ABSENT.match(cell.plain)
    return bool(NOBODY.match(cell.plain)) and not is_answer


def _without_struck(cell: Inline) -> str:
    """The words of a cell without those that are crossed out, or all of them when nothing else is there."""
    plain = cell.plain
    for struck in re.findall(r"~~(.+?)~~", cell.text):
        plain = plain.replace(re.sub(r"[*_`]", "", struck), "", 1)
    return plain if re.search(r"\w", plain) and not cell.is_struck else cell.plain


class _Reader:
    def __init__(self, table: Table, document: Document, section: str, year: Year | None) -> None:
        self.table, self.document, self.section, self.year = table, document, section, year
        days = table.column(Role.DATE)
        self.day_first, self.year_first = reads_day_first(days), reads_year_first(days)
        self.result = TableTalks()
        self.day: date | None = None

    def read(self) -> TableTalks:
        for number, row in enumerate(self.table.rows):
            if not is_blank(row) and not (number == 0 and is_second_head(row)):
                for talk_row in rows_of(self.table, row):
                    self._read_row(talk_row)
        return self.result

    def _pass(self, row: list[Inline], reason: str) -> None:
        """A row that is no presentation; rows below it that name no day may still be of its day."""
        self.day = self._day_in(self._cell(row, Role.DATE)) or self.day
        self.document.warn(row[0].line, " | ".join(cell.text for cell in row), reason)

    def _read_row(self, row: list[Inline]) -> None:
        line, text = row[0].line, " | ".join(cell.text for cell in row)
        talks = self.result.talks
        if name := section_name(self.table, row):
            self.year = year_in(name) or self.year
            self.document.sections.append(DocumentSection(name, line, 6, is_heading=False))
        elif is_template(row):
            self._pass(row, "a row that shows how to fill in the table; no session")
        elif is_no_meeting(row) and not is_struck(row):
            self._pass(row, "the group does not meet on this day; no session, kept in the document")
        elif self._names_nothing(row):
            self._pass(row, "neither a day nor what is read; no presentation, kept in the document")
        elif talks and (text_cell := says_one_thing(row)) and row[0] is not text_cell:
            talks[-1].summary = f"{talks[-1].summary}\n\n{text_cell.text}".strip()
        elif talks and self._is_continuation(row):
            self._fill(talks[-1], row, is_more=True)
        else:
            talk = PresentationEntry("", line, self.section)
            day = self._cell(row, Role.DATE)
            is_same_day = self._shares_day(row)
            talk.is_meeting = self.day is not None if is_same_day else bool(day) and not NOBODY.match(day)
            talk.is_cancelled = is_struck(row)
            told = self._fill(talk, row)
            talk.is_open = talk.names_nothing and not told and not talk.is_cancelled
            if talk.is_cancelled:
                self.document.warn(line, text, "crossed out in the document; added as cancelled")
            elif talk.is_open and talk.summary and talk.held_on:
                self.document.warn(line, text, "nobody presents yet; the date was added alone")
            talks.append(talk)

    def _cell(self, row: list[Inline], role: Role) -> str:
        return " ".join(cell.plain for _, r, cell in self.table.cells(row) if r == role).strip()

    def _names_nothing(self, row: list[Inline]) -> bool:
        """A row that leaves all to be decided, or with an empty day and names only, as in a list of who comes next."""
        said = [
            role
            for _, role, cell in self.table.cells(row)
            if cell.links or (re.search(r"\w", cell.plain) and not NOBODY.match(cell.plain) and role != Role.NUMBER)
        ]
        if not said or (said == [Role.DATE] and self._is_no_day(self._cell(row, Role.DATE))):
            return True
        is_without_day = self.table.has(Role.DATE) and self._cell(row, Role.DATE) in {"", "."}
        return is_without_day and (said == [Role.PRESENTER] or (set(said) == {None} and self._counts_on(row)))

    def _is_no_day(self, text: str) -> bool:
        """Whether a text is no day, in a column of days."""
        days = [self._day_in(cell) is not None for cell in self.table.column(Role.DATE)]
        return self._day_in(text) is None and sum(days) * 2 > len(days)

    def _counts_on(self, row: list[Inline]) -> bool:
        """Whether a row has a number of its own, so that it does not go on with the one above."""
        number = self._cell(row, Role.NUMBER)
        above = self.result.talks[-1].number if self.result.talks else None
        return bool((counted := _COUNTED.fullmatch(number)) and int(counted[1]) != above)

    def _is_continuation(self, row: list[Inline]) -> bool:
        if not self.table.has(Role.DATE) or not is_ditto(self._cell(row, Role.DATE)):
            return False
        who = self._cell(row, Role.PRESENTER)
        return is_ditto(who) and (self.table.has(Role.PRESENTER) or any(cell.links for cell in row))

    def _day_in(self, text: str) -> date | None:
        """A day without a year has that of the row before, unless a heading tells it."""
        year = self.year if self.year and not self.year.near else year_near(self.day) or self.year
        found = day_in_column(text, day_first=self.day_first, year_first=self.year_first, year=year)
        return found.day if found else None

    def _shares_day(self, row: list[Inline]) -> bool:
        return is_ditto(self._cell(row, Role.DATE)) and bool(self.result.talks)

    def _fill(self, talk: PresentationEntry, row: list[Inline], *, is_more: bool = False) -> bool:
        """Read a row into `talk`; return whether what stays text says more than where and when."""
        kept: list[str] = []
        told = False
        write_ups: list[TextLink] = []
        for name, role, cell in self.table.cells(row):
            if _says_nothing(cell, role):
                continue
            before = len(kept)
            is_further = is_more and talk.title and role in {Role.PAPER, Role.TITLE} and not cell.links
            label = "* " if is_further else f"{name}: " if name else ""
            self._take_cell(talk, label, role, cell, kept, write_ups)
            if len(kept) > before and not told:
                told = not (role in _ALWAYS or _PLACE.search(name.lower()) or NOBODY.match(cell.plain))
        if is_ditto(self._cell(row, Role.DATE)) and not is_more and self.result.talks:
            talk.held_on = self.day
        self.day = talk.held_on or self.day
        talk.summary = "\n\n".join(part for part in (talk.summary, *kept) if part)
        talk.is_open = talk.is_open and not kept and talk.names_nothing
        if not talk.title and talk.papers:
            talk.title = talk.papers[0].text
        if write_ups:
            self.result.write_ups.append((talk, write_ups))
        return told or bool(write_ups)

    def _take_cell(
        self,
        talk: PresentationEntry,
        label: str,
        role: Role | None,
        cell: Inline,
        kept: list[str],
        write_ups: list[TextLink],
    ) -> None:
        links = [link for link in cell.links if leads_out(link.href)]
        if role == Role.DATE:
            talk.held_on = self._day_in(cell.plain) or talk.held_on
            if not talk.held_on or links:
                kept.append(label + cell.text)
        elif role == Role.PRESENTER:
            names, rest = split_names(without_label(_without_struck(cell)))
            talk.presenters += names
            if rest or links or not names or "~~" in cell.text:
                kept.append(label + cell.text)
        elif role in {Role.SLIDES, Role.RECORDING} and not links:
            self._state(talk, role, cell, label, kept)
        elif role == Role.NUMBER and not links and (counted := _COUNTED.fullmatch(cell.plain)):
            talk.number = int(counted[1]) or None
        elif role in {Role.TITLE, Role.PAPER} and not (links or talk.title or NOBODY.match(cell.plain)):
            title = title_among_people(cell)
            talk.title = title.rstrip(" :")
            if title != cell.plain:
                kept.append(label + cell.text)
        elif links:
            self._take_links(talk, role, cell, links, label, kept, write_ups)
        else:
            kept.append(label + cell.text)

    def _state(self, talk: PresentationEntry, role: Role, cell: Inline, label: str, kept: list[str]) -> None:
        if not ABSENT.match(cell.plain):
            kept.append(label + cell.text)
        elif role == Role.SLIDES:
            talk.slides = Stated.NONE
        else:
            talk.recording = Stated.NONE

    def _take_links(
        self,
        talk: PresentationEntry,
        role: Role | None,
        cell: Inline,
        links: list[FoundLink],
        label: str,
        kept: list[str],
        write_ups: list[TextLink],
    ) -> None:
        unread = False
        for link in links:
            unread = not self._take_link(talk, role, link, write_ups) or unread
        rest = text_beside(cell, links)
        if role in {Role.PAPER, Role.TITLE} and rest and not talk.title and all(is_pointer(x.label) for x in links):
            talk.title, rest = re.sub(r"[\[\]*_`]", "", rest).strip(" :;,()-–—"), ""
        elif role == Role.TITLE and not talk.title:
            talk.title, rest = self._topic(cell, links, rest), ""
        if role == Role.PAPER and not talk.title and len(links) == 1 and not links[0].label and rest:
            talk.title, rest = rest.strip(" :-–—"), ""
        if unread or re.search(r"\w{2,}", _JOINING.sub("", rest)):
            kept.append(label + (cell.text if unread else rest.strip(" ;,:+&")))

    @staticmethod
    def _topic(cell: Inline, links: list[FoundLink], rest: str) -> str:
        """The words of a cell; where it holds links only, those that name something."""
        named = [link.label for link in links if link.label and not is_pointer(link.label)]
        return cell.plain if rest and re.search(r"\w", rest) else " + ".join(named) or cell.plain

    def _take_link(
        self, talk: PresentationEntry, role: Role | None, link: FoundLink, write_ups: list[TextLink]
    ) -> bool:
        own = own_role(link)
        if role in {Role.SLIDES, Role.RECORDING, Role.NOTES} and own in {Role.SLIDES, Role.RECORDING, Role.CODE}:
            role = own
        if role in {Role.PAPER, Role.LINK, Role.TITLE, None, Role.COMMENT} and own in {
            Role.SLIDES,
            Role.RECORDING,
            Role.NOTES,
            Role.CODE,
        }:
            role = own
        if role == Role.SLIDES and not talk.slides_href:
            talk.slides, talk.slides_href = Stated.AVAILABLE, link.href
        elif role == Role.RECORDING and not talk.recording_href:
            talk.recording, talk.recording_href = Stated.AVAILABLE, link.href
        elif role == Role.NOTES:
            write_ups.append(TextLink(link.href, link.label))
        elif role in {Role.PAPER, Role.LINK} or (role in {Role.TITLE, None} and is_paper(link.href)):
            add_paper_link(talk, link)
        elif role == Role.TITLE and is_pdf(link.href) and not is_pointer(link.label):
            # What is talked about, as a file somewhere, is as a rule the paper.
            add_paper_link(talk, link)
        else:
            return False
        return True
