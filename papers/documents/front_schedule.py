"""A whole schedule in the front matter, as some site generators keep it: a list of mappings is a table."""

import re
from typing import Any

from markdown_it import MarkdownIt

from papers.documents.front_matter import FrontMatter
from papers.documents.nodes import Node
from papers.documents.parsing import Inline, make_parser, read_inline
from papers.documents.roles import Role, role_of

MAX_ROWS = 5_000
#: Under this name a row tells its line, where it knows it.
LINE = "__line__"
_FILES = {Role.SLIDES, Role.RECORDING, Role.NOTES, Role.PAPER, Role.LINK, Role.CODE}
PATH = re.compile(
    r"(?![a-z][a-z0-9+.-]*:)[^\s()\[\]]+\.(?:pdf|pptx?|odp|key|md|html?|ipynb|mp4|webm|zip)", re.IGNORECASE
)
#: Without one of these a list tells papers, and no presentations of them.
_OF_TALKS = {Role.DATE, Role.PRESENTER, Role.SLIDES, Role.RECORDING}
_ENOUGH = {Role.DATE, Role.PRESENTER, Role.PAPER, Role.TITLE, Role.SLIDES, Role.RECORDING}


def schedule_table(front: FrontMatter) -> Node | None:
    """The longest list of mappings whose keys are those of a schedule, as a table; None when there is none."""
    best: Node | None = None
    for name, value in front.values.items():
        rows = rows_of(value)
        keys = list(dict.fromkeys(key for row in rows for key in row if key != LINE))
        roles = {role_of(key.replace("_", " ")) for key in keys}
        if len(roles & _ENOUGH) < 2 or not roles & _OF_TALKS or (best and len(best.rows) > len(rows)):
            continue
        front.used.add(name)
        best = _table(keys, rows, front.line_of(name))
    return best


def rows_of(value: Any) -> list[dict[str, Any]]:
    """Mappings in a list, in lists in a mapping (one per term), or in a list in each mapping of a list."""
    if isinstance(value, dict):
        value = {key: part for key, part in value.items() if key != LINE}
        return [row for part in value.values() for row in rows_of(part)][:MAX_ROWS]
    if not isinstance(value, list):
        return []
    rows: list[dict[str, Any]] = []
    for part in value[:MAX_ROWS]:
        if isinstance(part, dict):
            if len({role_of(str(key).replace("_", " ")) for key in part} & _ENOUGH) >= 2:
                rows.append({str(key): value for key, value in part.items()})
                continue
            inner = [row for row in part.values() if isinstance(row, list) and row and isinstance(row[0], dict)]
            rows += [row for nested in inner for row in rows_of(nested)] or [{str(k): v for k, v in part.items()}]
    return rows


def _table(keys: list[str], rows: list[dict[str, Any]], line: int) -> Node:
    parser = make_parser()
    node = Node("table", line)
    node.rows = [[_inline(parser, key.replace("_", " "), line) for key in keys]]
    roles = [role_of(key.replace("_", " ")) for key in keys]
    node.rows += [
        [
            _inline(parser, _linked(text_of(row.get(key)), key, role), row.get(LINE, line))
            for key, role in zip(keys, roles, strict=True)
        ]
        for row in rows
    ]
    return node


def _linked(text: str, key: str, role: Role | None) -> str:
    """The path of a file, under a key that is for files, as the link that it stands for."""
    return f"[{key}]({text})" if role in _FILES and PATH.fullmatch(text) else text


def text_of(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (text_of(part) for part in value)))
    if isinstance(value, dict):
        address = next((str(value[key]) for key in ("url", "link", "href") if value.get(key)), "")
        title = next((str(value[key]) for key in ("title", "name", "text") if value.get(key)), "")
        if address:
            return f"[{title}]({address})" if title else address
        return ", ".join(filter(None, (text_of(part) for part in value.values())))
    return str(value).strip()


def _inline(parser: MarkdownIt, text: str, line: int) -> Inline:
    tokens = parser.parseInline(text)
    return read_inline(tokens[0], line)
