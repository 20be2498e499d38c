"""Images inside a block, in HTML or Markdown, alone or as the face of a link."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_PIECES = re.compile(
    r"(?P<code>(`+)(?!`).+?(?<!`)\2(?!`))"
    r"|(?P<linked_html><a\b[^>]*>\s*<img\b[^>]*>\s*</a\s*>)"
    r"|(?P<html><img\b[^>]*>)"
    r"|\[!\[(?P<linked_alt>[^\]]*)\]\((?P<linked_src>[^)\s]+)[^)]*\)\]\((?P<linked_href>[^)\s]+)[^)]*\)"
    r"|!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)[^)]*\)(?:\{(?P<attrs>[^}]*)\})?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Figure:
    """An image with what the document says about it.

    `width` is in CSS pixels, None when the document gives none; `href` is where the image leads, "" when it is no link;
    `line` counts from 1.
    """

    src: str
    line: int
    width: int | None = None
    alt: str = ""
    css_class: str = ""
    href: str = ""


class _Attributes(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, dict[str, str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.setdefault(tag, {name: value or "" for name, value in attrs})

    handle_startendtag = handle_starttag


def take_figures(text: str, *, line: int) -> tuple[str, list[Figure]]:
    """Return the text without its images, and the images in order; `line` is the first line of the text."""
    figures: list[Figure] = []

    def take(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        figure = _read_figure(match, line + text.count("\n", 0, match.start()))
        if figure is None:
            return match[0]
        figures.append(figure)
        return ""

    return _PIECES.sub(take, text), figures


def _read_figure(match: re.Match[str], line: int) -> Figure | None:
    if match["linked_src"]:
        return Figure(match["linked_src"], line, alt=match["linked_alt"], href=match["linked_href"])
    if match["src"]:
        width = re.search(r"width\s*=\s*\"?(\d+)", match["attrs"] or "")
        return Figure(match["src"], line, int(width[1]) if width else None, alt=match["alt"])
    parser = _Attributes()
    parser.feed(match[0])
    image, link = parser.found.get("img", {}), parser.found.get("a", {})
    src = image.get("src", "").strip()
    if not src:
        return None
    width = re.match(r"\s*(\d+)", image.get("width", ""))
    return Figure(
        src=src,
        line=line,
        width=int(width[1]) if width and not image["width"].strip().endswith("%") else None,
        alt=image.get("alt", "").strip(),
        css_class=link.get("class", "") or image.get("class", ""),
        href=link.get("href", "").strip(),
    )
