"""Keys of citations: vaswani2017attention."""

import re
import unicodedata
from collections.abc import Iterable

from papers.citations.names import family_of
from papers.citations.record import Item

#: Words that say nothing of a title.
SMALL = {"a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "is", "are", "at", "by", "from", "do", "how"}
#: Letters that do not come apart into a plain one and a mark.
ASCII_OF = {ord("ø"): "o", ord("ł"): "l", ord("đ"): "d", ord("æ"): "ae", ord("œ"): "oe", ord("ß"): "ss"}


def base_key(item: Item) -> str:
    """First author's family name, year, and first telling word of the title, in small ASCII letters."""
    authors = item.get("author") or [{"literal": "anonymous"}]
    year = str(item["issued"]["date-parts"][0][0]) if item.get("issued") else ""
    words = [_ascii(word) for word in re.findall(r"[^\W_]+", item.get("title", ""))]
    word = next((word for word in words if word and word not in SMALL), "")
    return f"{_ascii(family_of(authors[0])) or 'anonymous'}{year}{word}"[:60] or item["id"]


def with_keys(items: Iterable[Item]) -> list[Item]:
    """The items with `citation-key`. Of several that would have the same, the one that came here first keeps it, and
    the others get b, c and so on in the order of their numbers here: adding a paper renames no other."""
    items = list(items)
    taken: dict[str, int] = {}
    keys: dict[str, str] = {}
    for item in sorted({item["id"]: item for item in items}.values(), key=lambda item: (len(item["id"]), item["id"])):
        base = base_key(item)
        number = taken.get(base, 0)
        taken[base] = number + 1
        keys[item["id"]] = base + (_letters(number) if number else "")
    return [{**item, "citation-key": keys[item["id"]]} for item in items]


def _letters(number: int) -> str:
    """1 is b, 25 is z, 26 is aa."""
    text = ""
    while number >= 0:
        text = chr(ord("a") + number % 26) + text
        number = number // 26 - 1
    return text


def _ascii(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(ASCII_OF))
    return re.sub(r"[^a-z0-9]", "", apart)
