"""The lines of some blocks, each with the label that says what stands on it ("Paper: …", "[Slides](…)", "by Ada")."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TypeVar

from papers.documents.nodes import Node
from papers.documents.paper_links import is_paper
from papers.documents.parsing import FoundImage, FoundLink, Inline
from papers.documents.roles import MAX_LABEL, Role, role_of

_LABEL = re.compile(
    rf"^[\s>*_+\-•·~`]*(?P<icon>[^\w\s\[(<]{{0,3}}\s*)(?P<mark>\*\*|__|\*|_)?\s*(?P<label>[^\W\d_][^:：\[\]()|*_\n]{{0,{MAX_LABEL}}}(?:\([^()\n]{{0,20}}\))?)\s*"
    rf"(?P<end>[:：]\s*(?:\*\*|__|\*|_)?|(?:\*\*|__)\s*[:：]?|\*\s*[:：]|_\s*[:：])\s*(?P<value>.*)$",
    re.DOTALL,
)
_PRESENTED = re.compile(
    r"^[\s*_>+-]*(?:presented|led|hosted|talk|given|discussion led|vorgetragen|présenté|presentado|apresentado)"
    r"(?:\s+(?:by|von|par|por)\b\s*:?|\s*:)\s+(?P<value>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_LINE_END = re.compile("\n")
Piece = TypeVar("Piece", FoundLink, FoundImage)


@dataclass(frozen=True)
class FactLine:
    """`value` is what follows the label; `links` and `images` are those of this line, in order.

    `is_only_links` when nothing but links and punctuation stands on the line; `under` is the label above that holds
    for it.
    """

    text: str
    value: str
    line: int
    role: Role | None = None
    label: str = ""
    links: tuple[FoundLink, ...] = ()
    images: tuple[FoundImage, ...] = ()
    is_only_links: bool = False
    under: str = ""


def fact_lines(blocks: Sequence[Node]) -> Iterator[FactLine]:
    """All lines of paragraphs and lists, in reading order; a block of another kind is one line without a label.

    A label that stands alone (“Papers:”) holds for the items or lines under it.
    """
    nothing: tuple[FactLine | None, int] = (None, 0)
    inherited = nothing
    for node, depth in _flat(blocks):
        if node.inline is None or node.kind != "paragraph":
            inherited = nothing
            yield FactLine(node.source, node.source, node.line, links=tuple(_links_of(node)))
            continue
        for fact in _lines(node.inline):
            above, from_depth = inherited
            if fact.role and (fact.label or not above):
                inherited = (fact, depth) if not _says(fact) else nothing
            elif above and fact.role:
                fact = replace(fact, under=above.label or above.under)
            elif above and (role := _inherits(fact, above, is_below=depth > from_depth)):
                fact = replace(fact, value=fact.text, role=role, under=above.label or above.under)
                inherited = (replace(above, role=role), from_depth) if depth > from_depth else nothing
            elif depth <= from_depth:
                inherited = nothing
            yield fact


def _inherits(fact: FactLine, above: FactLine, *, is_below: bool) -> Role | None:
    """The role that a line has from the label above it; below “Presented:” stands who presented, or what."""
    if above.role != Role.PRESENTER:
        return above.role if is_below or fact.links or fact.images else None
    if any(is_paper(link.href) for link in fact.links):
        return Role.PAPER
    return Role.PRESENTER if len(fact.text) <= MAX_LABEL else None


def _flat(blocks: Sequence[Node]) -> Iterator[tuple[Node, int]]:
    stack = [(block, 0) for block in reversed(blocks)]
    while stack:
        node, depth = stack.pop()
        if node.kind in {"list", "item"}:
            stack.extend((child, depth + (node.kind == "list")) for child in reversed(node.children))
        else:
            yield node, depth


def _links_of(node: Node) -> Iterator[FoundLink]:
    for inline in node.inlines():
        yield from inline.links


def _lines(inline: Inline) -> Iterator[FactLine]:
    """Cut at line ends that no link crosses."""
    text, start, line = inline.text, 0, inline.line
    whole: list[FoundLink | FoundImage] = [*inline.links, *inline.images]
    crossed = {match.start() for piece in whole for match in _LINE_END.finditer(text, piece.start + 1, piece.end)}
    cuts = [match.start() for match in _LINE_END.finditer(text) if match.start() not in crossed]
    links = deque(sorted(inline.links, key=attrgetter("start")))
    images = deque(sorted(inline.images, key=attrgetter("start")))
    for end in [*cuts, len(text)]:
        piece = text[start:end]
        if piece.strip():
            yield read_fact(piece, start, line, _taken(links, end), _taken(images, end))
        start, line = end + 1, line + piece.count("\n") + 1


def _taken(waiting: deque[Piece], end: int) -> tuple[Piece, ...]:
    """What begins before `end`, taken away."""
    taken = []
    while waiting and waiting[0].start < end:
        taken.append(waiting.popleft())
    return tuple(taken)


def read_fact(
    text: str, offset: int, line: int, links: tuple[FoundLink, ...], images: tuple[FoundImage, ...] = ()
) -> FactLine:
    """Read one line, which begins at `offset` of the text in which the links have their places."""
    clean = re.sub(r"\\$", "", text.rstrip())
    only = bool(links) and not re.search(r"\w{3,}|\d", _without(clean, offset, links))
    if match := _LABEL.match(clean):
        role = role_of(match["label"])
        before_link = not links or match.start("value") + offset <= links[0].start
        if role and before_link:
            value = re.sub(r"^[*_\s]+(?=\w|\[)|^\*\*\s*", "", match["value"])
            return FactLine(clean, value.strip(), line, role, match["label"].strip(), links, images, only)
    if match := _PRESENTED.match(clean):
        return FactLine(clean, match["value"].strip(), line, Role.PRESENTER, "presented by", links, images)
    if len(links) == 1 and not only and links[0].label and len(clean) - (links[0].end - links[0].start) < 25:
        role = role_of(links[0].label)
        if role in {Role.PAPER, Role.SLIDES, Role.RECORDING, Role.NOTES}:
            return FactLine(clean, clean.strip(), line, role, "", links, images)
    return FactLine(clean, clean.strip(), line, None, "", links, images, only)


def _without(text: str, offset: int, links: tuple[FoundLink, ...]) -> str:
    kept, at = [], 0
    for link in links:
        kept.append(text[at : max(link.start - offset, at)])
        at = max(link.end - offset, at)
    return " ".join([*kept, text[at:]])


def _says(fact: FactLine) -> bool:
    return bool(fact.links or fact.images or re.search(r"\w", fact.value))
