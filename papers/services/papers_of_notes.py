"""Papers that a document does not tell itself, but the notes to which it links, of reports and of presentations."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from papers.documents.archive import ReportEntry
from papers.documents.document import Document
from papers.documents.links import TextLink
from papers.documents.paper_links import is_page
from papers.documents.reading import read_document
from papers.documents.source import DocumentRefused, decode_document
from papers.services.import_runs import ImportRun


def take_papers_of_notes(document: Document, run: ImportRun) -> None:
    """Give reports without a paper, and presentations that were written up so, the one that their text is about."""
    for report in document.reports:
        if report.papers or report.body or not is_page(report.body_href):
            continue
        notes = _notes(report.body_href, run)
        if notes is None or not notes.papers:
            continue
        if report.paper_title is None:
            report.paper_title = notes.paper_title or notes.title
        report.papers = [TextLink(notes.papers[0].href, report.paper_title)]
        for talk in document.presentations:
            if talk.line == report.line and not talk.papers:
                talk.papers = list(report.papers)


def _notes(href: str, run: ImportRun) -> ReportEntry | None:
    """The text of a file, read by itself as a report."""
    data = run.read_file(href)
    if data is None:
        return None
    try:
        read = read_document(decode_document(data)[0], name=PurePosixPath(urlsplit(href).path).name)
    except DocumentRefused:
        return None
    return read.reports[0] if len(read.reports) == 1 else None
