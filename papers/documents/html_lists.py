"""HTML lists as Markdown lists, item by item, with everything in an item indented below its mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPENING = r"<(?P<list>[uo]l)\b[^<>]*>"
_LIST_TAG = re.compile(r"<(?P<end>/?)(?P<name>ul|ol|li)\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class HtmlItem:
    """`html` is what stands between the marks of an item; `skipped` what was read before it, such as the marks."""

    skipped: str
    html: str


def end_of_list(text: str, start: int) -> int:
    """Where the list that opens at `start` is closed; -1 when it never is."""
    depth = 0
    for match in _LIST_TAG.finditer(text, start):
        if match["name"].lower() != "li":
            depth += -1 if match["end"] else 1
            if depth == 0:
                return match.end()
    return -1


def items_of(text: str) -> tuple[list[HtmlItem], str]:
    """The items of a list, which begins and ends with its own tags, and what stands behind the last one."""
    items: list[HtmlItem] = []
    depth, skipped, at, begin = 0, "", 0, -1
    for match in _LIST_TAG.finditer(text):
        is_item = match["name"].lower() == "li"
        if is_item and depth == 1 and begin >= 0:
            items.append(HtmlItem(skipped, text[begin : match.start()]))
            at, begin = match.start(), -1
        if is_item and depth == 1 and not match["end"]:
            skipped, begin = text[at : match.end()], match.end()
        if not is_item:
            depth += -1 if match["end"] else 1
            if depth == 0 and begin >= 0:
                items.append(HtmlItem(skipped, text[begin : match.start()]))
                at = match.start()
    return items, text[at:]


def as_item(markdown: str, mark: str) -> str:
    """One item in Markdown: blocks stay blocks, below the mark."""
    lines = list(_tidy(markdown))
    indent = " " * len(mark)
    return mark + "\n".join(line if number == 0 or not line else indent + line for number, line in enumerate(lines))


def _tidy(markdown: str) -> Iterator[str]:
    """Lines without the indentation of the HTML, and never two blank ones; lists and code keep theirs."""
    blank, is_list = False, False
    for line in markdown.strip().split("\n"):
        if not line.strip():
            blank = True
            continue
        is_list = bool(re.match(r"\s*(?:[*+-]|\d+\.)\s", line)) or (is_list and line.startswith(" "))
        if blank:
            yield ""
        blank = False
        yield line if is_list else line.strip()
