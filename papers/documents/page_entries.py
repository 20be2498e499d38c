"""A page that is one entry of an archive, as its title announces: "Paper Report 12: …", "Paper Presentation 4: …"."""

import re

from papers.documents.archive import EntryKind, ReportEntry
from papers.documents.archive_headings import read_heading, split_part
from papers.documents.nodes import Node

#: So many words below an entry's heading are its text, and no teaser of one that is elsewhere.
_ENOUGH_WORDS = 60
#: What else people call a report whose number they write.
_REVIEW = re.compile(
    r"\[?paper\s+(?:review|summary|notes?|reading|digest)\]?\s*(?:no\.?\s*|#\s*)?(?P<number>\d{1,6})\]?"
    r"\s*(?::|\s[-–—]\s|\.\s)\s*(?P<title>\S.*)",
    re.IGNORECASE,
)


def announced_report(title: str) -> ReportEntry | None:
    """The report that the title of a page announces, None for any other title."""
    if match := _REVIEW.fullmatch(title.strip()):
        return ReportEntry(EntryKind.PAPER_REPORT, match["title"], 1, "", int(match["number"]) or None)
    heading = read_heading(title)
    if heading.kind not in {EntryKind.PAPER_REPORT, EntryKind.BOOK_REPORT}:
        return None
    entry = ReportEntry(heading.kind, heading.title, 1, "", heading.number)
    if heading.kind == EntryKind.BOOK_REPORT:
        entry.title, entry.part, entry.part_title = split_part(heading.title)
    return entry


def announced_presentation(title: str) -> tuple[str, int | None] | None:
    """The title and number of the presentation that a page announces; a mere "Talk: …" may be anything."""
    heading = read_heading(title)
    is_told = heading.number is not None or title.lower().startswith("paper")
    return (heading.title, heading.number) if heading.kind == EntryKind.PRESENTATION and is_told else None


def is_of_one_entry(blocks: list[Node], title: str, *, has_title: bool) -> bool:
    """Whether the title announces an entry whose text is the page, and no heading below announces another."""
    if not (announced_report(title) or announced_presentation(title)):
        return False
    headings = [block for block in blocks if block.kind == "heading" and block.inline]
    below = headings if has_title else headings[1:]
    if any(read_heading(block.inline.plain).kind for block in below if block.inline):
        return False
    words = sum(len(inline.plain.split()) for block in blocks for inline in block.inlines())
    return has_title or bool(below) or words > _ENOUGH_WORDS
