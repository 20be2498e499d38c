"""What the front matter of a text says about it: whose it is, from when, about what, and whether it may be read yet."""

import re
from datetime import date
from typing import Any

from papers.documents.days import find_day
from papers.documents.figures import Figure
from papers.documents.front_matter import FrontMatter

_COVERS: tuple[str, ...] = (
    "cover",
    "image",
    "thumbnail",
    "featured_image",
    "feature_image",
    "header-img",
    "banner",
    "img",
    "header",
)
_COVERS += ("teaser", "thumb", "preview", "coverimage", "cover_image", "hero", "heroimage", "og_image", "feature")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp)$", re.IGNORECASE)
_IN_COVERS = ("image", "src", "path", "url", "relative", "feature", "teaser", "thumb", "thumbnail", "overlay_image")
_DAYS = ("date", "published", "created")
_LATER_DAYS = ("updated", "modified", "lastmod", "last_modified", "last_modified_at", "last_updated")
TEASERS = ("excerpt", "summary", "description", "subtitle", "tldr", "abstract")
_NOT_YET = re.compile(r"(?:todo|tb[acd]|n/?a|x{2,}|[.…-]+)\W*", re.IGNORECASE)
_PARTS = ("series_part", "series_order", "series_index", "series_number", "series_weight", "part", "episode")


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
    return _day(front, _DAYS)


def changed_in(front: FrontMatter) -> date | None:
    """The day of the last change, which is that of a text that tells no other."""
    return _day(front, _LATER_DAYS)


def _day(front: FrontMatter, names: tuple[str, ...]) -> date | None:
    day = front.day(*names)
    if day is None and (written := front.text(*names)):
        found = find_day(written)
        day = found.day if found else None
    return day


def teaser_in(front: FrontMatter) -> str:
    """What the text is about in a few words, where these are written already."""
    open_ones = {name for name in TEASERS if _NOT_YET.fullmatch(str(front.values.get(name) or "-"))}
    front.used |= open_ones
    return front.text(*(name for name in TEASERS if name not in open_ones))


def series_in(front: FrontMatter) -> tuple[str, int | None]:
    """The series of which the text is a part, and which part it is."""
    names = front.words("series") if isinstance(front.values.get("series"), list) else [front.text("series")]
    number = front.text(*_PARTS) if names[0] else ""
    return names[0] if len(names) == 1 else "", int(number) if number.isdecimal() and 0 < int(number) < 10_000 else None


def cover_in(front: FrontMatter) -> Figure | None:
    """The picture that a site shows above a text or in its lists, where it is a file beside it."""
    for name in _COVERS:
        value = front.values.get(name)
        told = value if isinstance(value, dict) else {"image": value}
        src = next((told[key] for key in _IN_COVERS if told.get(key)), "")
        if isinstance(src, str) and _PICTURE.search(src) and "//" not in src:
            front.used.add(name)
            return Figure(src, front.line_of(name), alt=str(told.get("alt") or ""))
    return None
