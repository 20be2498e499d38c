"""Boxes and tabs of MkDocs, Docusaurus and Quarto as quotations that open with a mark such as `[!note] Title`."""

import re

_INDENTED = re.compile(
    r"^(?P<indent> *)(?:(?:!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)(?:[ \t]+[\w-]+)*|===[!+]?)"
    r"(?:[ \t]+\"(?P<title>[^\"\n]*)\")?[ \t]*$"
)
_COLONS = re.compile(
    r"^(?P<indent> {0,3}):{3,}(?P<gap>[ \t]*)(?:\{(?P<attributes>[^{}\n]*)\}|"
    r"(?P<kind>[A-Za-z][\w-]*)(?:\[(?P<title>[^\]\n]*)\])?"
    r"(?:\{[^{}\n]*\})?(?P<said>[ \t]+[^\s:{][^\n]*?)?)[ \t:]*$"
)
_CLOSING = re.compile(r"^ {0,3}:{3,}[ \t]*$")
_FENCE = re.compile(r"^[ >]*(?P<ticks>```+|~~~+)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>\S.*)$")
#: Of what else stands between colons, and of a class behind a blank as Pandoc writes it, only the content is shown.
_KINDS = {
    "note",
    "tip",
    "info",
    "important",
    "warning",
    "caution",
    "danger",
    "success",
    "question",
    "example",
    "abstract",
    "summary",
    "quote",
    "details",
    "secondary",
}
_WIDTH = 4
_MOST_NESTED = 8


def with_boxes(text: str, depth: int = 0) -> str:
    """`text` with its boxes quoted; the number of lines stays."""
    if depth > _MOST_NESTED or not re.search(r"^[ ]*(?:!!!|\?\?\?|===|:::)", text, re.MULTILINE):
        return text
    lines, written, fence, number = text.split("\n"), list[str](), "", 0
    ends = _ends_of_colons(lines)
    while number < len(lines):
        line = lines[number]
        if mark := _FENCE.match(line):
            fence = "" if fence and mark["ticks"].startswith(fence) else fence or mark["ticks"]
        box = [] if fence else _indented_box(lines, number, depth) or _colon_box(lines, number, ends.get(number), depth)
        written += box or [line]
        number += len(box) or 1
    return "\n".join(written)


def _indented_box(lines: list[str], number: int, depth: int) -> list[str]:
    """The lines of a box whose text is indented, [] where none begins."""
    head = _INDENTED.match(lines[number])
    if head is None or not (head["kind"] or head["title"]):
        return []
    indent = head["indent"]
    end = number + 1
    while end < len(lines) and (not lines[end].strip() or _is_within(lines[end], len(indent) + _WIDTH)):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    if end == number + 1 and not head["title"]:
        return []
    body = [line.expandtabs(_WIDTH)[len(indent) + _WIDTH :] for line in lines[number + 1 : end]]
    return _quoted(indent, head["kind"] or "tab", head["title"], body, depth)


def _is_within(line: str, width: int) -> bool:
    return not line.expandtabs(_WIDTH)[:width].strip()


def _ends_of_colons(lines: list[str]) -> dict[int, int]:
    """Where what begins with colons on a line is closed; what is never closed is not there."""
    ends: dict[int, int] = {}
    begun: list[int] = []
    for number, line in enumerate(lines):
        if ":::" not in line:
            continue
        if _CLOSING.match(line):
            if begun:
                ends[begun.pop()] = number
        elif _COLONS.match(line):
            begun.append(number)
    return ends


def _colon_box(lines: list[str], number: int, end: int | None, depth: int) -> list[str]:
    """The lines of a box between colons, which the line `end` closes; [] where none begins."""
    head = _COLONS.match(lines[number]) if end else None
    if head is None:
        return []
    attributes = head["attributes"] or ""
    classes = re.findall(r"\.callout-(\w+)", attributes) or [head["kind"] or ""]
    is_class = bool(head["gap"]) and not (attributes or head["title"] or head["said"])
    if classes[0].lower() not in _KINDS or is_class:
        return []
    body = lines[number + 1 : end]
    told = re.search(r"\btitle=\"([^\"]*)\"", attributes)
    title = head["title"] or (head["said"] or "").strip() or (told[1] if told else "")
    first = next((place for place, line in enumerate(body) if line.strip()), 0)
    if not title and attributes and body and (heading := _HEADING.match(body[first])):
        title, body[first] = heading["title"], ""
    return [*_quoted(head["indent"], classes[0], title or None, body, depth), ""]


def _quoted(indent: str, kind: str, title: str | None, body: list[str], depth: int) -> list[str]:
    """A box as a quotation; a title that is "" says that there is to be none."""
    head = ">" if title == "" else f"> [!{kind}] {title or ''}".rstrip()
    inside = with_boxes("\n".join(body), depth + 1).split("\n") if body else []
    return [f"{indent}{head}", *(f"{indent}> {line}".rstrip() for line in inside)]
