"""Rows of a schedule that hold several presentations, parted by line breaks in their cells."""

import re

from papers.documents.entry_lines import only_points, outgoing
from papers.documents.line_cutting import cut_cell
from papers.documents.parsing import Inline
from papers.documents.roles import Role, is_joined
from papers.documents.tables import Table
from papers.documents.talk_facts import own_role

_WHAT = (Role.PAPER, Role.TITLE)
_PARTED = {*_WHAT, Role.PRESENTER, Role.SLIDES, Role.RECORDING, Role.NOTES, Role.CODE, Role.LINK}
_COMPANIONS = {Role.SLIDES, Role.RECORDING, Role.CODE, Role.NOTES}
_QUOTED = re.compile(r"[\"“«„‚]|\*|_")


def rows_of(table: Table, row: list[Inline]) -> list[list[Inline]]:
    """The row, or one for each of its presentations: as many papers or titles as presenters, slides or recordings.

    What holds for the whole row, its day apart, stays with the first.
    """
    parts = {
        number: cut_cell(cell)
        for number, (_, role, cell) in enumerate(table.cells(row))
        if cell.breaks and role in _PARTED
    }
    count = _count(table, row, parts)
    if not count:
        return [row]
    nothing = Inline("", "", row[0].line)
    rows = []
    for place in range(count):
        shared = [cell if place == 0 or role == Role.DATE else nothing for _, role, cell in table.cells(row)]
        rows.append([_at(parts.get(number), place, count) or cell for number, cell in enumerate(shared)])
    return rows


def _count(table: Table, row: list[Inline], parts: dict[int, list[Inline]]) -> int:
    """How many presentations a row holds; 0 when its cells do not agree that there are several."""
    # Of a column of papers and code a line is no work by itself.
    named = [number for number in parts if table.roles[number] in _WHAT and not is_joined(table.names[number].lower())]
    what = [number for number in named if _are_works(_said(parts[number]))]
    count = max((len(_said(parts[number])) for number in what), default=0)
    agreeing = [number for number in parts if count in {len(parts[number]), len(_said(parts[number]))}]
    presenters = {
        number: parts.get(number, [row[number]])
        for number, role in enumerate(table.roles[: len(row)])
        if role == Role.PRESENTER and row[number].plain
    }
    if count < 2 or len(agreeing) < 2 or not set(presenters) <= set(agreeing):
        return 0
    is_sure = len(agreeing) > 2 or any(all(map(_names_work, _said(parts[number]))) for number in what)
    return count if is_sure else 0


def _said(pieces: list[Inline]) -> list[Inline]:
    return [piece for piece in pieces if re.search(r"\w|!\[", piece.text)]


def _are_works(pieces: list[Inline]) -> bool:
    """Whether no piece only goes on with the one before: a link to code, a remark in brackets, the rest of a title."""
    return all(
        not (outgoing(piece) and (only_points(piece) or {own_role(link) for link in outgoing(piece)} <= _COMPANIONS))
        and not piece.plain.startswith(("(", "[", "（"))
        for piece in pieces
    )


def _names_work(piece: Inline) -> bool:
    """Whether a piece says itself that it is a work; of words alone two lines may be one title."""
    return bool(outgoing(piece) or _QUOTED.match(piece.text))


def _at(pieces: list[Inline] | None, place: int, count: int) -> Inline | None:
    """The piece of one presentation; None where the whole cell is meant."""
    if pieces is None:
        return None
    fitting = pieces if len(pieces) == count else _said(pieces)
    return fitting[place] if len(fitting) == count else None
