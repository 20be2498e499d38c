"""A paragraph as its single lines."""

import re

from papers.documents.parsing import FoundImage, FoundLink, Inline

_MARKS = re.compile(r"\*\*|__|~~|`|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")


def cut_lines(inline: Inline) -> list[Inline]:
    """Cut at the line ends that no link or image crosses."""
    crossed: list[FoundLink | FoundImage] = [*inline.links, *inline.images]
    cuts = [match.start() for match in re.finditer("\n", inline.text)]
    cuts = [cut for cut in cuts if not any(piece.start < cut < piece.end for piece in crossed)]
    pieces, start = [], 0
    for end in [*cuts, len(inline.text)]:
        text = inline.text[start:end]
        if text.strip():
            links = tuple(_moved(link, start) for link in inline.links if start <= link.start < end)
            images = tuple(_moved_image(image, start) for image in inline.images if start <= image.start < end)
            plain = " ".join(_MARKS.sub("", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)).split())
            line = inline.line + inline.text.count("\n", 0, start)
            pieces.append(Inline(text.removesuffix("\\"), plain, line, links, images, inline.is_struck))
        start = end + 1
    return pieces


def _moved(link: FoundLink, by: int) -> FoundLink:
    return FoundLink(link.href, link.label, link.start - by, link.end - by, link.line, link.has_image, link.is_struck)


def _moved_image(image: FoundImage, by: int) -> FoundImage:
    return FoundImage(image.src, image.alt, image.start - by, image.end - by, image.line)
