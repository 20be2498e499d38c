"""Links inside a block: Markdown links and bare addresses, with their text."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True)
class TextLink:
    """`text` is what a reader sees, "" for a bare address."""

    href: str
    text: str = ""


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"linkify": True}).enable("linkify")
    # Only whole addresses: "arxiv-sanity.org..." in a sentence is no link.
    if parser.linkify is not None:
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    return parser


def find_links(text: str, *, definitions: str = "") -> list[TextLink]:
    """Links in reading order. `definitions` holds reference definitions found elsewhere in the document.

    Text inside code is no link.
    """
    links: list[TextLink] = []
    for token in _parser().parse(f"{text}\n\n{definitions}" if definitions else text):
        if token.type == "inline":
            links.extend(_links_in(token.children or []))
    return links


def _links_in(children: list[Token]) -> Iterator[TextLink]:
    href, words, is_bare = "", "", False
    for child in children:
        if child.type == "link_open":
            href, words, is_bare = str(child.attrGet("href") or ""), "", child.markup in {"linkify", "autolink"}
        elif child.type == "link_close" and href:
            yield TextLink(href.strip(), "" if is_bare else " ".join(words.split()))
            href = ""
        elif href:
            words += " " if child.type in {"softbreak", "hardbreak"} else child.content


def first_link(text: str) -> TextLink | None:
    return next(iter(find_links(text)), None)
