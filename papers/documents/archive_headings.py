"""What a heading of an archive announces."""

import re
from dataclasses import dataclass

from papers.documents.archive import EntryKind
from papers.documents.links import first_link

_NUMBERED = r"\s*(?:no\.?\s*|#\s*)?(?P<number>\d+)?\s*(?::|\s[-–—]\s|\.\s)\s*(?P<title>.+)"
_ENTRY_HEADINGS = (
    (
        EntryKind.PRESENTATION,
        re.compile(rf"(?:paper\s+)?(?:presentation|talk|session){_NUMBERED}", re.IGNORECASE | re.DOTALL),
    ),
    (EntryKind.BOOK_REPORT, re.compile(rf"book\s+report{_NUMBERED}", re.IGNORECASE | re.DOTALL)),
    (EntryKind.PAPER_REPORT, re.compile(rf"(?:paper\s+)?report{_NUMBERED}", re.IGNORECASE | re.DOTALL)),
)
_PART = re.compile(
    r"^(?P<book>.+?)\s+[-–—]\s+part\s+(?P<part>\d{1,9}|[ivx]+)\s*(?:[,:.–—-]\s*(?P<title>.+))?$",
    re.IGNORECASE | re.DOTALL,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_SECTION_KINDS = (
    (EntryKind.RECENT_PAPER, re.compile(r"\b(recent|of the week|notes on)\b", re.IGNORECASE)),
    (EntryKind.BOOK_REPORT, re.compile(r"\bbook", re.IGNORECASE)),
    (EntryKind.PAPER_REPORT, re.compile(r"\breports?\b", re.IGNORECASE)),
    (EntryKind.PRESENTATION, re.compile(r"\b(recordings?|presentations?|talks?|sessions?|meetings?)\b", re.IGNORECASE)),
    (EntryKind.ARTICLE, re.compile(r"\b(misc\w*|articles?|posts?|essays?|other|thoughts)\b", re.IGNORECASE)),
)
#: Longer ones are dates or ids, and no column holds them.
MAX_DIGITS = 6
_CONTENTS = re.compile(r"^(table of )?contents?$|^toc$", re.IGNORECASE)


@dataclass(frozen=True)
class EntryHeading:
    """`href` is set when the heading itself is a link; `kind` is None for a heading that announces no kind."""

    title: str
    kind: EntryKind | None = None
    number: int | None = None
    href: str = ""


def read_heading(text: str) -> EntryHeading:
    """Read "Paper Report 4: Hopfield Networks ..."; only the first colon ends the prefix, titles may hold more."""
    href = ""
    is_link = text.strip().startswith("[") and text.strip().endswith(")")
    if is_link and (link := first_link(text)) and link.text:
        text, href = link.text, link.href
    text = " ".join(text.split())
    for kind, pattern in _ENTRY_HEADINGS:
        if match := pattern.fullmatch(text):
            number = match["number"] or ""
            if len(number) > MAX_DIGITS or (number and int(number) == 0):
                return EntryHeading(text, kind, None, href)
            return EntryHeading(match["title"].strip(), kind, int(number) if number else None, href)
    return EntryHeading(text, href=href)


def split_part(title: str) -> tuple[str, int | None, str]:
    """Cut "Some Book - Part 2, Learning" into ("Some Book", 2, "Learning"); without a part: (title, None, "")."""
    match = _PART.match(title.strip())
    if not match:
        return title.strip(), None, ""
    part = match["part"].lower()
    number = int(part) if part.isdigit() else _ROMAN.get(part)
    if number is None:
        return title.strip(), None, ""
    return match["book"].strip(), number, (match["title"] or "").strip()


def kind_of_section(name: str) -> EntryKind | None:
    """What the entries of a section are when their own headings do not say; None for a name that tells nothing."""
    return next((kind for kind, pattern in _SECTION_KINDS if pattern.search(name)), None)


def is_contents(name: str) -> bool:
    return bool(_CONTENTS.match(name.strip()))
