"""Values of RIS and JSON as text: they know no TeX, but some carry markup."""

import html
import re

from papers.metadata.markup import text_of
from papers.metadata.text import without_controls

#: Markup that reference managers write into titles and notes; other angle brackets are the author's own, such as those
#: of "a <b >", which nothing closes.
_TAGS = re.compile(
    r"<(?:/(?:i|b|em|strong|sub|sup|span|sc|u|p|div|ul|ol|li|a|h[1-6]|blockquote|italic|bold|jats:[a-z]+)\s*|br\s*/?)>",
    re.I,
)
_ENTITIES = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6}|#x[\da-f]{2,6});", re.I)


def clean_line(value: object, limit: int = 2_000) -> str:
    """A title, name or venue on one line; "" for what is no text."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return " ".join(without_tags(without_controls(text[: limit * 4])).split())[:limit].strip()


def clean_text(value: object, limit: int = 30_000) -> str:
    """An abstract or a note, its paragraphs kept apart."""
    text = value if isinstance(value, str) else ""
    return without_tags(without_controls(text[: limit * 2].replace("\r\n", "\n"))).strip()[:limit].strip()


def without_tags(text: str) -> str:
    """Without the markup that reference managers write; blocks are set apart by empty lines."""
    if _TAGS.search(text):
        return re.sub(r"[ \t]*\n[ \t]*", "\n", text_of(text))
    return html.unescape(text) if _ENTITIES.search(text) else text
