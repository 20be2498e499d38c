"""What the front matter of a text says about it: whose it is, from when, about what, and whether it may be read yet."""

import re
from datetime import date
from typing import Any

from papers.documents.days import find_day
from papers.documents.figures import Figure
from papers.documents.front_matter import FrontMatter
from papers.documents.paper_links import is_paper

#: Names under which often only a number stands.
_NAMED = {"arxiv": "arxiv:", "arxiv_id": "arxiv:", "arxivid": "arxiv:", "eprint": "arxiv:", "doi": "doi:"}
_PAPER_KEYS = ("paper", "paper_url", "paperurl", "paper_link", *_NAMED, "pdf", "url_pdf", "link", "source")
_CITED = ("cite", "citation", "reference")
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


def paper_title_in(front: FrontMatter) -> str:
    """What the front matter says the paper is called, where that is not the title of the report."""
    for name in (*_PAPER_KEYS, *_CITED):
        value = front.values.get(name)
        if isinstance(value, dict) and isinstance(value.get("title"), str):
            front.used.add(name)
            return " ".join(value["title"].split())
    return front.text("paper_title", "papertitle")


def told_papers(front: FrontMatter) -> list[str]:
    """The addresses of papers that the front matter gives, those that it only names by arXiv's number or DOI too."""
    papers: list[tuple[str, str]] = []
    for name in (*_PAPER_KEYS, *_CITED):
        value = front.values.get(name)
        parts = value.values() if isinstance(value, dict) else [value]
        for part in filter(None, (part.strip() for part in parts if isinstance(part, str))):
            spellings = (part, f"{_NAMED[name]}{part}") if name in _NAMED else (part,)
            papers += [(name, href) for href in spellings if is_paper(href)][:1]
    front.used |= {name for name, _ in papers}
    return [href for _, href in papers]
