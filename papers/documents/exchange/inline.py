"""Words and links on one line, written so that they read back as they were."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markdown_it import MarkdownIt

from papers.documents.links import TextLink

_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_OPENING = re.compile(r"^(?:[#>+=-]|\d+(?=[.)]))")
_IN_ADDRESS = re.compile(r"[\\<>]|&(?=#?\w+;)")
_NEEDS_POINTS = re.compile(r"[\s()\x00-\x1f]|^$")
_AUTOLINK = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>\\&\x00-\x1f]*\Z")


@dataclass(frozen=True)
class Line:
    """A line read back: its words with the links' texts in their places, and its links in order."""

    words: str
    links: tuple[TextLink, ...] = ()


def _parser() -> MarkdownIt:
    """CommonMark's links and escapes and nothing else, so that a stray sign in a title stays a sign."""
    parser = MarkdownIt("zero").enable(["link", "autolink", "escape"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


_PARSER = _parser()


def one_line(text: str) -> str:
    """`text` without line ends and other signs that would end a line."""
    return re.sub(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*|\t", " ", text).strip()


def write_line(text: str) -> str:
    """Plain words as Markdown at the beginning of a line, where a # or a number would mean something."""
    return guard_opening(_escaped(one_line(text)))


def _escaped(words: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", words)


def guard_opening(markdown: str) -> str:
    """Keep the first sign of a line from making a heading, a quote or a list."""
    match = _OPENING.match(markdown)
    if not match:
        return markdown
    end = match.end()
    return f"{markdown[:end]}\\{markdown[end:]}" if match[0].isdigit() else f"\\{markdown}"


def write_link(link: TextLink) -> str:
    """`[text](address)`, or the bare address where there is no text."""
    if not link.text and _AUTOLINK.match(link.href):
        return f"<{link.href}>"
    return f"[{_escaped(one_line(link.text))}]({_address(link.href)})"


def _address(href: str) -> str:
    escaped = _IN_ADDRESS.sub(r"\\\g<0>", one_line(href))
    return f"<{escaped}>" if _NEEDS_POINTS.search(escaped) else escaped


def write_linked(words: str, links: Iterable[TextLink]) -> tuple[str, list[TextLink]]:
    """`words` with the links whose texts occur in them put in their places, and the links that found none.

    Bare addresses come last. Links keep their order: after the first that finds no place, none is placed.
    """
    words = one_line(words)
    parts, position, left = [], 0, list(links)
    while left and left[0].text and (place := words.find(left[0].text, position)) >= 0:
        link = left.pop(0)
        parts += [_escaped(words[position:place]), write_link(link)]
        position = place + len(link.text)
    parts.append(_escaped(words[position:]))
    # A bare address has no words of its own, so that it can stand behind those of the line.
    while left and not left[0].text and _AUTOLINK.match(left[0].href):
        parts.append(f" {write_link(left.pop(0))}")
    return "".join(parts).strip(), left


def read_line(markdown: str) -> Line:
    """The words and links of a line of Markdown."""
    words, links = [], []
    href, label, is_bare = None, "", False
    for token in _PARSER.parseInline(markdown)[0].children or []:
        if token.type == "link_open":
            href, label, is_bare = str(token.attrGet("href") or ""), "", token.markup == "autolink"
        elif token.type == "link_close":
            links.append(TextLink(href or "", "" if is_bare else label))
            words.append("" if is_bare else label)
            href = None
        elif href is not None:
            label += token.content
        else:
            words.append(token.content)
    return Line("".join(words).strip(), tuple(links))
