"""Queries in, snippets out."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

MAX_WORDS = 12
MAX_QUERY = 200

#: What the engines put around a hit: control characters, which no indexed text contains.
HIT_STARTS, HIT_ENDS = "\x02", "\x03"

_WORD = re.compile(r"[^\W_]+")


def words_of(query: str) -> list[str]:
    """Return the words of a query: letters and digits only, so none of an engine's own syntax gets through."""
    return _WORD.findall(query[:MAX_QUERY].casefold())[:MAX_WORDS]


def marked(text: str) -> SafeString:
    """Return `text` escaped, with the engine's hits as <mark>."""
    safe = escape(" ".join(text.split()))
    return mark_safe(safe.replace(HIT_STARTS, "<mark>").replace(HIT_ENDS, "</mark>"))  # noqa: S308 -- escaped above
