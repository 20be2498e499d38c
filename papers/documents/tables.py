"""Tables with any columns in any order: which column says what, and which rows are no entries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from papers.documents.days import find_day, is_day, is_hour
from papers.documents.nodes import Node
from papers.documents.paper_links import is_paper, is_slides, is_video
from papers.documents.parsing import FoundLink, Inline, leads_out
from papers.documents.roles import HOSTS, Role, role_of

_DITTO = re.compile(r"^[\s~\"'〃″|=\-–—.^*]*$")
_NO_MEETING = re.compile(
    r"\b(?:no (?:meeting|session|seminar|class|talk|presentations?|reading group|journal club|rg|jc)|"
    r"holidays?|vacations?|break|recess|thanksgiving|"
    r"christmas|easter|new year(?:'s)?|labor day|memorial day|ferien|feiertag|urlaub|ausfall|"
    r"entfällt|fällt aus|kein treffen|vacances|férié|"
    r"festivo|vacaciones|ferie|vacanza|cancel+ed|cancelado|annulé|abgesagt|skipped)\b|假期|放假|休会|休息|暂停|停会|春节|国庆节|清明节|劳动节|端午节|中秋节|元旦|休み|中止|休講|휴강|휴일|연휴|"
    r"каникулы|выходной",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"^\W*(?:y{2,4}[-/.]m{1,2}[-/.]d{1,2}|d{1,2}[-/.]m{1,2}[-/.]y{2,4}|m{1,2}[-/.]d{1,2}[-/.]y{2,4}|20[x_]{2}.*|"
    r"(?:your|presenter|speaker)['’]?s? name|"
    r"<[^>]*>|\[?(?:paper|talk)? ?title\]?(?: here)?|template|example|xx+[-/.x]*|first ?last|lorem ipsum.*|"
    r"add your .*|paper name)\W*$",
    re.IGNORECASE,
)
_EMPTY_ADDRESS = re.compile(
    r"^(?:|#|link|url|address|https?://|https?://(?:www\.)?example\.(?:com|org)(?:/.*)?|https?://(?:link|url)(?![\w.]).*)/?$",
    re.IGNORECASE,
)


_NAME = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?:(?:\s+|,\s*|\s*&\s*)(?:and\s+)?[A-ZÀ-Þ][\w.'’-]*){0,5}")
#: "7.5" may be a mark as well as a day; "05.03" and "5.3." are days.
_DECIMAL = re.compile(r"\d\.\d{1,2}|\d{1,2}\.\d")
#: What a course asks for has a day too, on which it is due.
_TASK = re.compile(
    r"\W*(?:home[ -]?works?|assignments?|exercises?|problem sets?|hausaufgaben?|aufgaben?|übung(?:en)?|"
    r"devoirs?|tareas?|tarefas?|задани[ея]|作业|課題|과제)\b",
    re.IGNORECASE,
)
#: A day with a time and a place is no longer than this.
MAX_WHEN = 60


@dataclass
class Table:
    """`names` and `roles` belong to the columns; `rows` are without the head."""

    names: list[str]
    roles: list[Role | None]
    rows: list[list[Inline]]
    line: int

    def has(self, *roles: Role) -> bool:
        return any(role in roles for role in self.roles)

    def column(self, role: Role) -> list[str]:
        return [row[n].plain for row in self.rows for n, r in enumerate(self.roles) if r == role and n < len(row)]

    @property
    def is_meetings(self) -> bool:
        """Whether its columns are those of a group that meets: somebody presents, slides, recordings."""
        what = self.has(Role.PAPER, Role.TITLE, Role.LINK, Role.SLIDES, Role.RECORDING, Role.NOTES)
        who = self.has(Role.PRESENTER)
        return what and (who or (self.has(Role.DATE) and self.has(Role.SLIDES, Role.RECORDING)))

    @property
    def is_dated(self) -> bool:
        return self.has(Role.DATE) and self.has(Role.PRESENTER, Role.PAPER, Role.TITLE, Role.LINK)

    @property
    def is_recorded(self) -> bool:
        """Whether most rows name a paper or a topic and link to a recording or slides."""
        shown = [
            any(is_video(link.href) or is_slides(link.href) for cell in row for link in cell.links) for row in self.rows
        ]
        return self.has(Role.PAPER, Role.TITLE) and len(shown) > 1 and sum(shown) * 2 > len(shown)

    def tells_talks(self, *, is_meeting_like: bool) -> bool:
        """Whether its rows are what a group presented; `is_meeting_like` says that the document is of such a group."""
        if not self.has(Role.PRESENTER) and self.names and _TASK.match(self.names[0]):
            return False
        return self.is_meetings or (is_meeting_like and (self.is_dated or self.is_recorded))

    @property
    def is_entries(self) -> bool:
        return self.has(Role.PAPER) or any(link_count(row) for row in self.rows)

    def cells(self, row: list[Inline]) -> Iterator[tuple[str, Role | None, Inline]]:
        yield from zip(self.names, self.roles, row, strict=False)


def read_table(node: Node) -> Table:
    """Find out what the columns are, from their names and, where these tell nothing, from what is in them."""
    head, rows = node.rows[0], node.rows[1:]
    if not any(cell.plain for cell in head) and rows:
        named = [role_of(cell.plain) for cell in rows[0]]
        if sum(role is not None for role in named) >= min(2, len(named)) and not link_count(rows[0]):
            head, rows = rows[0], rows[1:]
    elif link_count(head) and not any(role_of(cell.plain) for cell in head):
        rows = [head, *rows]  # a table that begins without a head
    names = [cell.plain for cell in head]
    roles: list[Role | None] = [role_of(name) for name in names]
    if Role.DATE in roles and Role.PRESENTER not in roles:
        roles = [
            Role.PRESENTER if name.strip().lower() in {"name", "이름"} else role
            for name, role in zip(names, roles, strict=True)
        ]
    if roles.count(Role.PRESENTER) > 1:
        said = [set(re.findall(r"[^\W\d_]+", name.lower())) for name in names]
        roles = [None if words & HOSTS else role for words, role in zip(said, roles, strict=True)]
    _settle_days(roles, rows)
    _fill_in(names, roles, rows)
    if not any(names) and Role.DATE in roles:
        _guess_talks(roles, rows)
    if Role.TITLE in roles and Role.PAPER in roles and _names_parts([row[roles.index(Role.TITLE)] for row in rows]):
        roles[roles.index(Role.TITLE)] = Role.COMMENT
    return Table(names, roles, rows, node.line)


def _fill_in(names: list[str], roles: list[Role | None], rows: list[list[Inline]]) -> None:
    for number in range(len(roles)):
        cells = [row[number] for row in rows if number < len(row) and row[number].plain]
        if not cells:
            continue
        texts = [cell.plain for cell in cells]
        are_marks = bool(names[number]) and any(_DECIMAL.fullmatch(text) for text in texts)
        if Role.DATE not in roles and not are_marks and _are_days(texts, is_named=_tells_time(roles[number])):
            roles[number] = Role.DATE
        elif roles[number] is None and Role.NUMBER not in roles and _count_on(texts):
            roles[number] = Role.NUMBER
        elif roles[number] is None and Role.PAPER not in roles:
            papers = sum(any(is_paper(link.href) for link in cell.links) for cell in cells)
            if papers * 2 > len(cells):
                roles[number] = Role.PAPER


def _count_on(texts: list[str]) -> bool:
    """Whether the cells of a column count the rows."""
    numbers = [int(text.rstrip(".)")) for text in texts if re.fullmatch(r"\d{1,4}[.)]?", text)]
    return 1 < len(numbers) == len(texts) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _settle_days(roles: list[Role | None], rows: list[list[Inline]]) -> None:
    """Of two columns named as days, the one without any counts the sessions ("Séance | Date"); hours are no days."""
    for number in [number for number, role in enumerate(roles) if role == Role.DATE]:
        said = [row[number].plain for row in rows if number < len(row) and row[number].plain]
        if said and all(map(is_hour, said)):
            roles[number] = Role.COMMENT
    named = [number for number, role in enumerate(roles) if role == Role.DATE]
    holding = [n for n in named if any(n < len(row) and find_day(row[n].plain) for row in rows)]
    if len(named) > 1 and holding:
        for number in set(named) - set(holding):
            roles[number] = Role.NUMBER


def _guess_talks(roles: list[Role | None], rows: list[list[Inline]]) -> None:
    """In a table of days without a head: which column holds what is read, and which who presents."""
    for number, role in enumerate(roles):
        cells = [row[number] for row in rows if number < len(row) and row[number].plain]
        if role is not None or len(cells) < 2:
            continue
        if Role.PAPER not in roles and sum(bool(cell.links) for cell in cells) * 2 > len(cells):
            roles[number] = Role.PAPER
        elif Role.PRESENTER not in roles and all(_NAME.fullmatch(cell.plain) for cell in cells):
            roles[number] = Role.PRESENTER
    if Role.PRESENTER in roles and Role.PAPER not in roles and roles.count(None) == 1:
        # Papers and what else was talked about, some with links.
        roles[roles.index(None)] = Role.TITLE


def _tells_time(role: Role | None) -> bool:
    """Whether a column so named may tell when and where."""
    return role in {None, Role.COMMENT}


def _are_days(texts: list[str], *, is_named: bool) -> bool:
    """Whether most cells are days; `is_named` allows for a time and a place behind each."""
    if sum(map(is_day, texts)) * 2 > len(texts):
        return True
    short = [text for text in texts if len(text) <= MAX_WHEN]
    opening = sum(bool((found := find_day(text)) and found.start <= 5) for text in short)
    return is_named and opening > 1 and opening * 2 > len(short)


def says_one_thing(row: list[Inline]) -> Inline | None:
    """The only cell that says something, when it is a text and no name: an abstract below what it belongs to."""
    said = [cell for cell in row if cell.text.strip()]
    return said[0] if len({cell.text for cell in said}) == 1 and len(said[0].plain) > MAX_WHEN else None


def is_second_head(row: list[Inline]) -> bool:
    """A row of names of columns."""
    said = [cell for cell in row if cell.plain]
    return not link_count(row) and all(role_of(cell.plain) and not re.search(r"\d", cell.plain) for cell in said)


def _names_parts(cells: list[Inline]) -> bool:
    """Whether the column repeats itself, as one does that says which part of a course a row belongs to."""
    said = [cell.plain.casefold() for cell in cells if re.search(r"\w", cell.plain) and not cell.links]
    return len(said) > 3 and len(set(said)) * 2 <= len(said)


def link_count(row: list[Inline]) -> int:
    return sum(leads_out(link.href) for cell in row for link in cell.links)


def is_blank(row: list[Inline]) -> bool:
    return not any(re.search(r"\w", cell.text) for cell in row)


def is_struck(row: list[Inline]) -> bool:
    """Whether all that can be read in the row is crossed out, a date apart."""
    said = [cell for cell in row if cell.plain]
    struck = [cell for cell in said if cell.is_struck]
    return bool(struck) and all(cell.is_struck or is_day(cell.plain) or is_ditto(cell.plain) for cell in said)


def is_ditto(text: str) -> bool:
    """Nothing, or a sign that stands for what the row above says."""
    return bool(_DITTO.match(text))


def is_template(row: list[Inline]) -> bool:
    """A row that shows how to write a row."""
    if any(_TEMPLATE.match(cell.plain) for cell in row):
        return True
    links = [link for cell in row for link in cell.links]
    if not links or not all(_EMPTY_ADDRESS.match(link.href) for link in links):
        return False
    # On a day of the calendar an empty address is one that was never filled in.
    is_held = any((found := find_day(cell.plain)) and found.day for cell in row)
    return not is_held or any(link.href not in {"", "#"} for link in links)


def is_no_meeting(row: list[Inline]) -> bool:
    """A holiday, or another row that says that the group does not meet."""
    short = (cell.plain for cell in row if len(cell.plain.split()) <= 8)
    return not link_count(row) and any(_NO_MEETING.search(text) for text in short)


def section_name(table: Table, row: list[Inline]) -> str:
    """The name of a part of the table: the only cell of its row that says something, "" for an ordinary row."""
    said = [cell for cell in row if cell.plain]
    if len({cell.plain for cell in said}) != 1 or link_count(row) or len(row) < 2:
        return ""
    found = find_day(said[0].plain)
    bold = said[0].text.strip().startswith(("**", "__"))
    alone = sum(bool(cell.plain) for cell in row) == 1
    if table.roles and row[0].plain and (bold or not found) and (alone or len(said) > 1):
        return said[0].plain
    return ""


def text_beside(cell: Inline, links: list[FoundLink]) -> str:
    """What a cell says outside these links."""
    kept, at = [], 0
    for link in links:
        kept.append(cell.text[at : link.start])
        at = max(at, link.end)
    rest = " ".join("".join([*kept, cell.text[at:]]).split())
    return rest if re.search(r"\w", rest) else ""
