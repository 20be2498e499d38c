"""A Markdown text as a flat list of blocks with line numbers: what every shape starts from."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

_BYTE_ORDER_MARK = "\ufeff"
_FENCES = {"fence", "code_block"}


@dataclass(frozen=True)
class Block:
    """One top-level block.

    `kind` is the name of the markdown-it token without `_open` ("heading", "paragraph", "blockquote", "bullet_list",
    "html_block", "fence", ...); `text` is its source, for a heading without the marks; `level` is set for headings.
    """

    kind: str
    line: int
    text: str
    level: int = 0

    @property
    def is_code(self) -> bool:
        return self.kind in _FENCES


@dataclass(frozen=True)
class Outline:
    front_matter: str
    blocks: tuple[Block, ...]


def clean_text(text: str) -> str:
    """Without byte order mark and NULs, and with Unix line ends, so that line numbers count the same everywhere."""
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\x00", "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_outline(text: str) -> Outline:
    """Cut a document into its top-level blocks, in order; every line that is not blank lies in exactly one of them."""
    text = clean_text(text)
    parser = MarkdownIt("commonmark").enable("table").use(front_matter_plugin)
    lines = text.split("\n")
    front_matter = ""
    blocks: list[Block] = []
    covered = 0
    tokens = parser.parse(text)
    for position, token in enumerate(tokens):
        if token.level != 0 or token.map is None or token.nesting == -1:
            continue
        first, last = token.map
        blocks.extend(_uncovered(lines, covered, first))
        covered = last
        if token.type == "front_matter":
            front_matter = token.content
        elif token.type == "heading_open":
            heading = tokens[position + 1].content.strip()
            blocks.append(Block("heading", first + 1, heading, int(token.tag[1])))
        else:
            source = "\n".join(lines[first:last]).strip("\n").rstrip()
            blocks.append(Block(token.type.removesuffix("_open"), first + 1, source))
    blocks.extend(_uncovered(lines, covered, len(lines)))
    return Outline(front_matter, tuple(blocks))


def _uncovered(lines: list[str], first: int, last: int) -> list[Block]:
    """Lines that make no token of their own, such as definitions of reference links."""
    source = "\n".join(lines[first:last])
    if not source.strip():
        return []
    skipped = len(source) - len(source.lstrip("\n"))
    return [Block("definition", first + skipped + 1, source.strip("\n"))]


def free_anchor(heading: str, taken: Collection[str]) -> str:
    """The fragment of a heading in a page that has `taken` already: GitHub counts, "misc", "misc-1", "misc-2"."""
    base = name = anchor(heading) or "section"
    count = 0
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def anchor(heading: str) -> str:
    """The fragment that GitHub gives a heading: "Paper of the Week" -> "paper-of-the-week"."""
    text = unicodedata.normalize("NFC", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")
