"""RIS, the lines of tags that reference managers have read since the 1980s."""

from collections.abc import Iterable

from papers.citations.keys import with_keys
from papers.citations.record import Item, paragraphs

TYPES = {
    "article-journal": "JOUR",
    "paper-conference": "CPAPER",
    "article": "UNPB",
    "book": "BOOK",
    "thesis": "THES",
    "motion_picture": "VIDEO",
    "software": "COMP",
    "post-weblog": "BLOG",
}


def as_ris(items: Iterable[Item]) -> str:
    """The items as a RIS file."""
    return "".join("".join(f"{tag}  - {value}\r\n" for tag, value in _tags(item)) for item in with_keys(items))


def _tags(item: Item) -> list[tuple[str, str]]:
    parts = item["issued"]["date-parts"][0] if item.get("issued") else []
    date = "/".join([f"{part:04}" if place == 0 else f"{part:02}" for place, part in enumerate(parts)])
    named = [
        ("TI", item.get("title")),
        *(("AU", _name(name)) for name in item.get("author", [])),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", date),
        ("T2", item.get("container-title")),
        ("PB", item.get("publisher") or item.get("archive")),
        ("M1", item.get("number")),
        ("DO", item.get("DOI")),
        ("SN", item.get("ISBN")),
        ("UR", item.get("URL")),
        ("LA", item.get("language")),
        ("AB", item.get("abstract")),
        *(("N1", words) for words in paragraphs(item.get("note", ""))),
        ("ID", item.get("citation-key")),
    ]
    lines = [(tag, " ".join(str(value).split())) for tag, value in named if value]
    return [("TY", TYPES.get(item["type"], "GEN")), *lines, ("ER", "")]


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    return ", ".join(filter(None, (family, name.get("given"), name.get("suffix"))))
