"""HTML tables as Markdown tables, cells already in Markdown."""

import html
import re

_ROW = re.compile(r"<x-tr\b[^>]*>(.*?)(?=<x-tr\b|</x-table|</x-tr|\Z)", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(
    r"<x-t(?P<kind>[dh])\b(?P<attrs>[^>]*)>(?P<text>.*?)(?=<x-t[dhr]\b|</x-t[dhr]|</x-t|\Z)", re.DOTALL | re.IGNORECASE
)
_LEFT = re.compile(r"</?x-[a-z]+[^>]*>", re.IGNORECASE)


def table_as_markdown(inner: str, original: str) -> list[tuple[str, int]]:
    """The lines of a pipe table, each with the line of `inner` (from 0) that it came from.

    Short rows are filled with empty cells. `original` is returned if there are no rows.
    """
    found = [(row, inner.count("\n", 0, row.start())) for row in _ROW.finditer(inner)]
    rows = [([_text(cell["text"]) for cell in _cells(row[1])], line) for row, line in found]
    rows = [(cells, line) for cells, line in rows if cells]
    if not rows:
        return [(line, 0) for line in (_LEFT.sub(" ", inner).strip() or html.escape(original)).split("\n")]
    width, first = max(len(cells) for cells, _ in rows), rows[0][1]
    has_head = "<x-th" in found[0][0][1].lower()
    head = rows.pop(0) if has_head else ([""] * width, first)
    lines = [head, (["---"] * width, head[1]), *rows]
    return [(f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |", line) for cells, line in lines]


def _cells(row: str) -> list[re.Match[str]]:
    return list(_CELL.finditer(row))


def _text(cell: str) -> str:
    text = " ".join(_LEFT.sub(" ", cell).replace("\\\n", "; ").split())
    return re.sub(r"(?<!\\)\|", r"\\|", text)
