"""What the front matter of a text says about it: whose it is, from when, about what, and whether it may be read yet."""

import re
from datetime import date
from typing import Any

from papers.documents.days import find_day
from papers.documents.figures import Figure
from papers.documents.front_matter import FrontMatter

_COVERS = ("cover", "image", "thumbnail", "featured_image", "feature_image", "header-img", "banner", "img")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp)$", re.IGNORECASE)
_DAYS = ("date", "published", "created", "updated", "lastmod")


def authors_in(front: FrontMatter) -> list[str]:
    """The names of those who wrote the text, however they are written down."""
    value = front.values.get("author") or front.values.get("authors")
    values = value if isinstance(value, list) else [value]
    names = [name for name in map(_name, values) if name]
    if names:
        front.used |= {"author", "authors"}
    return names


def _name(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("display_name")
    return str(value).strip()[:120] if value and isinstance(value, str | int) else ""


def topics_in(front: FrontMatter) -> list[str]:
    return [*front.words("tags", "keywords", "topics"), *front.words("categories", "category")]


def is_draft(front: FrontMatter) -> bool:
    """Whether a site that is made of the text would leave it out."""
    return bool(front.flag("draft", "private")) or front.flag("published", "publish") is False


def day_in(front: FrontMatter) -> date | None:
    day = front.day(*_DAYS)
    if day is None and (written := front.text(*_DAYS[:3])):
        found = find_day(written)
        day = found.day if found else None
    return day


def cover_in(front: FrontMatter) -> Figure | None:
    """The picture that a site shows above a text or in its lists, where it is a file beside it."""
    for name in _COVERS:
        value = front.values.get(name)
        told = value if isinstance(value, dict) else {"image": value}
        src = next((told[key] for key in ("image", "src", "path", "url", "relative") if told.get(key)), "")
        if isinstance(src, str) and _PICTURE.search(src) and "//" not in src:
            front.used.add(name)
            return Figure(src, front.line_of(name), alt=str(told.get("alt") or ""))
    return None
