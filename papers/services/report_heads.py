"""What the file of a report, to which a document links, says of itself in its front matter."""

from dataclasses import replace
from typing import Any

from papers.documents.archive import EntryKind, ReportEntry
from papers.documents.archive_headings import read_heading
from papers.documents.document import is_relative
from papers.documents.front_facts import authors_in, changed_in, day_in, is_draft, topics_in
from papers.documents.front_matter import FrontMatter
from papers.documents.page_titles import TITLES
from papers.documents.source import DocumentRefused, decode_document, read_source
from papers.services.import_runs import ImportRun

#: Files that are no Markdown text, and so no text of a report.
NO_TEXT = (".ipynb", ".pdf", ".html", ".htm", ".doc", ".docx", ".ppt", ".pptx")
_ON_PAPERS = {EntryKind.PAPER_REPORT, EntryKind.RECENT_PAPER}


def with_own_head(entry: ReportEntry, run: ImportRun) -> ReportEntry:
    """The entry with the title, day, authors and topics that the file of its text gives, and a draft when that is one.

    What the file leaves out stays as the linking document tells it.
    """
    front = _front_matter(entry, run)
    if front is None or not front.values:
        return entry
    told: dict[str, Any] = {"is_draft": entry.is_draft or is_draft(front)}
    told["reported_on"] = day_in(front) or entry.reported_on or changed_in(front)
    told["authors"] = authors_in(front) or entry.authors
    told["topics"] = [*entry.topics, *topics_in(front)]
    if title := front.text(*TITLES):
        told |= _titles(entry, read_heading(title).title)
    return replace(entry, **told)


def _titles(entry: ReportEntry, title: str) -> dict[str, Any]:
    """The report's own title; that of the paper, or of the series, stays what the linking document calls it."""
    told: dict[str, Any] = {"title": title, "part_title": ""}
    if entry.paper_title is None and entry.kind in _ON_PAPERS:
        told["paper_title"] = entry.title
    if entry.series_title is None and entry.part:
        told["series_title"] = entry.title
    return told


def _front_matter(entry: ReportEntry, run: ImportRun) -> FrontMatter | None:
    """None where the entry is the text itself, or its file is no text; what is wrong with it is told with its text."""
    href = entry.body_href
    if entry.body or not is_relative(href) or href.lower().endswith(NO_TEXT):
        return None
    data = run.read_file(href)
    try:
        return read_source(decode_document(data)[0]).front_matter if data is not None else None
    except DocumentRefused:
        return None
