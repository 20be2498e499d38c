"""What the front matter of a text says about it: whose it is, from when, about what, and whether it may be read yet."""

from datetime import date
from typing import Any

from papers.documents.days import find_day
from papers.documents.front_matter import FrontMatter

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
