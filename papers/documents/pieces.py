"""A long text parsed a piece at a time, since the tokens of its blocks take thirty times the memory of the text.

A piece ends where no block can go on: before a line without indentation that stands behind a blank line or is a heading
or an item. What such a line cannot end is a block of code, so a piece that ends in one reads on.
"""

import re
from collections.abc import Callable, Iterator

from markdown_it.token import Token

#: A piece has at least so many lines, if there are so many.
LINES = 400
_HEADING_OR_ITEM = re.compile(r"#{1,6}(?:[ \t]|$)|(?:[-*+]|(?P<number>\d{1,9}[.)]))[ \t]+\S")


def pieces(lines: list[str], parse: Callable[[str], list[Token]]) -> Iterator[tuple[int, list[Token]]]:
    """The tokens of each piece of a text, with the number of its first line, from 0; lines in them are its own."""
    start = 0
    while start < len(lines):
        end = _next_cut(lines, start + LINES)
        tokens = parse("\n".join(lines[start:end]))
        while end < len(lines) and not _is_closed(tokens, before=lines[end - 1], line=lines[end]):
            end = _next_cut(lines, end + max(LINES, end - start))
            tokens = parse("\n".join(lines[start:end]))
        yield start, tokens
        start = end


def _next_cut(lines: list[str], start: int) -> int:
    cuts = (number for number in range(start, len(lines)) if _may_begin(lines[number - 1], lines[number]))
    return next(cuts, len(lines))


def _may_begin(before: str, line: str) -> bool:
    if not line.strip() or line[0] in " \t":
        return False
    return not before.strip() or bool(_HEADING_OR_ITEM.match(line))


def _is_closed(tokens: list[Token], *, before: str, line: str) -> bool:
    """Whether the last block of a piece surely ends before `line`. A number begins an item only in a list of them, and

    elsewhere it may be part of a paragraph.
    """
    last = tokens[-1].type if tokens else ""
    match = _HEADING_OR_ITEM.match(line)
    is_item = last == "ordered_list_close" or not (match and match["number"])
    return last != "fence" and (is_item or not before.strip())
