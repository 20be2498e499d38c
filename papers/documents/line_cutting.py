"""A paragraph as its single lines, and the cell of a table as what line breaks part in it."""

import itertools
import re
from dataclasses import replace

from papers.documents.parsing import FoundImage, FoundLink, Inline

_MARKS = re.compile(r"\*\*|__|~~|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
#: What a break in a cell became, and the bullet or the number behind it.
_JOINT = re.compile(r"^;?\s*(?:(?:[•·*–-]|\(?\d{1,2}[.)])\s+)?")


def cut_lines(inline: Inline) -> list[Inline]:
    """Cut at the line ends that no link or image crosses."""
    crossed: list[FoundLink | FoundImage] = [*inline.links, *inline.images]
    cuts = [match.start() for match in re.finditer("\n", inline.text)]
    cuts = [cut for cut in cuts if not any(piece.start < cut < piece.end for piece in crossed)]
    pieces, start = [], 0
    for end in [*cuts, len(inline.text)]:
        if inline.text[start:end].strip():
            pieces.append(_piece(inline, start, end))
        start = end + 1
    return pieces


def cut_cell(cell: Inline) -> list[Inline]:
    """What breaks part in a cell, the empty places between two of them too."""
    edges = [0, *cell.breaks, len(cell.text)]
    pieces = []
    for start, end in itertools.pairwise(edges):
        joint = _JOINT.match(cell.text[start:end])
        pieces.append(_piece(cell, start + (joint.end() if joint else 0), end))
    return pieces


def _piece(inline: Inline, start: int, end: int) -> Inline:
    text = inline.text[start:end]
    links = tuple(_moved(link, start) for link in inline.links if start <= link.start < end)
    images = tuple(
        replace(image, start=image.start - start, end=image.end - start)
        for image in inline.images
        if start <= image.start < end
    )
    plain = " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())
    line = inline.line + inline.text.count("\n", 0, start)
    return Inline(text.removesuffix("\\"), plain, line, links, images, inline.is_struck)


def _moved(link: FoundLink, by: int) -> FoundLink:
    return replace(link, start=link.start - by, end=link.end - by)
