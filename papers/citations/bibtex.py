"""BibTeX that BibLaTeX and natbib take alike: classic entry types and fields, eprint fields beside them."""

import re
from collections.abc import Iterable

from pylatexenc.latexencode import UnicodeToLatexEncoder

from papers.citations.keys import with_keys
from papers.citations.record import Item, paragraphs

ENTRY_TYPES = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "thesis": "phdthesis",
}
#: What a misc is, for who reads it back; BibLaTeX knows the field, and styles print none of it.
SUBTYPES = {"motion_picture": "video", "software": "software", "post-weblog": "post", "document": "other"}
#: Where the venue goes.
VENUE = {"article": "journal", "inproceedings": "booktitle", "book": "publisher", "phdthesis": "school"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Letters that no encoding knows stay as they are: today's engines read UTF-8.
_encoder = UnicodeToLatexEncoder(
    unknown_char_policy="keep",
    unknown_char_warning=False,
    # In braces BibTeX takes an accent and its letter for one letter, when it sorts and when it makes initials.
    replacement_latex_protection="braces-all",
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")


def as_bibtex(items: Iterable[Item]) -> str:
    """The items as a .bib file."""
    return "\n".join(_entry(item) for item in with_keys(items))


def _entry(item: Item) -> str:
    kind = ENTRY_TYPES.get(item["type"], "misc")
    venue = item.get("container-title") or item.get("publisher") or ""
    if kind in VENUE and not venue:
        # Their venue is demanded; an entry without one is a misc.
        kind = "misc"
    fields = {
        "author": " and ".join(map(_name, item.get("author", []))),
        "title": _title(item.get("title", "")),
        VENUE.get(kind, "howpublished"): _text(venue),
        "entrysubtype": SUBTYPES.get(item["type"], ""),
        **_date(item),
        "doi": _verbatim(item.get("DOI", "")),
        "isbn": _verbatim(item.get("ISBN", "")),
        "url": _verbatim(item.get("URL", "")),
        **_eprint(item),
        "abstract": _text(item.get("abstract", "")),
        "annote": "\n\n".join(map(_text, paragraphs(item.get("note", "")))),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return f"@{kind}{{{item['citation-key']},\n" + "\n".join(lines) + "\n}\n"


def _text(text: str) -> str:
    encoded: str = _encoder.unicode_to_latex(_CONTROLS.sub(" ", text))
    # BibTeX counts braces, escaped or not.
    encoded = encoded.replace(r"\{", r"{\textbraceleft}").replace(r"\}", r"{\textbraceright}")
    # Two hyphens would become a dash, these marks with a backquote Spanish ones.
    for pair in ("--", "!`", "?`"):
        encoded = encoded.replace(pair, "{}".join(pair))
    return " ".join(encoded.split())


def _title(title: str) -> str:
    """Words with capitals beyond the first letter, or with digits, are kept as they are written by braces."""
    words = [_text(word) for word in _CONTROLS.sub(" ", title).split()]
    plain = _CONTROLS.sub(" ", title).split()
    return " ".join(
        f"{{{encoded}}}" if any(letter.isupper() for letter in word[1:]) else encoded
        for word, encoded in zip(plain, words, strict=True)
    )


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return f"{{{_text(name['literal'])}}}"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    # A comma inside of a part would make another part of it.
    parts = [family, name.get("suffix", ""), name.get("given", "")]
    return ", ".join(_text(part).replace(",", "{,}").replace(" and ", " {and} ") for part in parts if part)


def _date(item: Item) -> dict[str, str]:
    if not item.get("issued"):
        return {}
    parts = item["issued"]["date-parts"][0]
    return {
        "year": str(parts[0]),
        "month": MONTHS[parts[1] - 1] if len(parts) > 1 else "",
        "day": str(parts[2]) if len(parts) > 2 else "",
    }


def _eprint(item: Item) -> dict[str, str]:
    if item.get("archive") != "arXiv":
        return {}
    return {"eprint": _verbatim(item["archive_location"]), "archiveprefix": "arXiv"}


def _verbatim(text: str) -> str:
    """Addresses and identifiers are read letter by letter; only what would end the field is encoded."""
    safe = "".join(c for c in text if c.isprintable() and c not in "{}\\ ")
    return safe.replace("%", r"\%") if not safe.startswith("http") else safe
