"""Headings take their place below the page's own title and get an anchor."""

import re
import unicodedata

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

ANCHOR = "section-"


def place_headings(state: StateCore) -> None:
    """Shift the text's headings so that the highest is `env["top_heading"]` (2: below the page's title), never skip a
    level on the way down, and give each a unique id.

    The id has a prefix: a heading called "main" must not take the place of the page's own `#main`.
    """
    opens = [index for index, token in enumerate(state.tokens) if token.type == "heading_open"]
    top: int = state.env.get("top_heading", 2)
    highest = min((int(state.tokens[index].tag[1]) for index in opens), default=1)
    last = top - 1
    taken: set[str] = set()
    prefix = state.env.get("id_prefix", "") + ANCHOR
    for index in opens:
        heading, inline = state.tokens[index], state.tokens[index + 1]
        level = min(int(heading.tag[1]) - highest + top, last + 1, 6)
        last = level
        heading.tag = state.tokens[index + 2].tag = f"h{level}"
        heading.attrSet("id", _unique(prefix + slugify_heading(_plain(inline)), taken))


def link_to_headings(state: StateCore) -> None:
    """A link to `#results` means the heading "Results" of the same text, wherever the text is shown."""
    prefix = state.env.get("id_prefix", "") + ANCHOR
    for block in state.tokens:
        for token in block.children or ():
            target = token.attrGet("href") if token.type == "link_open" else None
            if isinstance(target, str) and target.startswith("#") and len(target) > 1:
                token.attrSet("href", f"#{prefix}{slugify_heading(target[1:])}")


def slugify_heading(title: str) -> str:
    """A short name for an address: letters and digits of any script, words joined by one hyphen."""
    text = unicodedata.normalize("NFKC", title).strip().lower()
    return re.sub(r"[\s_-]+", "-", re.sub(r"[^\w\s-]", "", text)).strip("-")[:80] or "part"


def _plain(inline: Token) -> str:
    return "".join(
        child.content for child in inline.children or () if child.type in {"text", "code_inline", "math_inline"}
    )


def _unique(slug: str, taken: set[str]) -> str:
    # Counting up from 2 for each of ten thousand equal headings would be quadratic; the set's size is as good a number.
    if slug in taken:
        slug = f"{slug}-{len(taken) + 1}"
    taken.add(slug)
    return slug
