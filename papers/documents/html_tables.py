"""HTML tables as Markdown tables, cells already in Markdown."""

import html
import re

_ROW = re.compile(r"<x-tr\b[^>]*>(.*?)(?=<x-tr\b|</x-table|</x-tr|\Z)", re.DOTALL | re.IGNORECASE)
_CELL = re.compile(
    r"<x-t(?P<kind>[dh])\b(?P<attrs>[^>]*)>(?P<text>.*?)(?=<x-t[dhr]\b|</x-t[dhr]|</x-t|\Z)", re.DOTALL | re.IGNORECASE
)
_LEFT = re.compile(r"</?x-[a-z]+[^>]*>", re.IGNORECASE)


def table_as_markdown(inner: str, original: str) -> str:
    """A pipe table; short rows are filled with empty cells. `original` is returned if there are no rows."""
    rows = [[_text(cell["text"]) for cell in _cells(row)] for row in _ROW.findall(inner)]
    rows = [row for row in rows if row]
    if not rows:
        return _LEFT.sub(" ", inner).strip() or html.escape(original)
    width = max(len(row) for row in rows)
    first = _ROW.search(inner)
    has_head = bool(first and "<x-th" in first[1].lower())
    head = rows.pop(0) if has_head else [""] * width
    lines = [head, ["---"] * width, *rows]
    return "\n".join("| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in lines)


def _cells(row: str) -> list[re.Match[str]]:
    return list(_CELL.finditer(row))


def _text(cell: str) -> str:
    text = " ".join(_LEFT.sub(" ", cell).replace("\\\n", "; ").split())
    return re.sub(r"(?<!\\)\|", r"\\|", text)
