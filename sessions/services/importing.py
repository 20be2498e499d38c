"""Bring a whole document in: its presentations here, its reports, articles and lists through `papers`.

How a second import knows what is here already is told in `papers.services.importing`.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from papers.documents.document import Document, Shape
from papers.documents.entry_lines import is_pointer
from papers.documents.reading import read_document
from papers.documents.source import DocumentRefused
from papers.models import ImportedDocument
from papers.services.importing import (
    ImportRun,
    document_key,
    import_paper,
    import_reports,
    keep_document,
)
from papers.services.importing_lists import import_list
from papers.services.many_papers import papers_behind
from papers.services.page_links import link_texts
from papers.services.papers_of_notes import take_papers_of_notes
from papers.services.report_bodies import link_bodies
from readinggroup.models import Member
from sessions.services.importing_presentations import import_presentations
from sessions.services.importing_summaries import link_summaries
from sessions.services.same_titles import meet_by_title

__all__ = ["DocumentRefused", "ImportRun", "close_document", "import_document", "load_document"]


def import_document(
    text: str,
    *,
    name: str,
    folder: Path | None = None,
    base_url: str = "",
    imported_by: Member | None = None,
    dry_run: bool = False,
    shape: Shape | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportRun:
    """Import the document `text`, once called `name`, in one transaction; with `dry_run` nothing is written.

    `folder` holds the files that it names relatively; `base_url` is its address on the web, if known; `shape` says how
    to read it, which is recognised otherwise; `progress` is told how many of a list's entries are done.
    Returns what was added, changed and here already, and the warnings. Raises DocumentRefused.
    """
    document = read_document(text, name=Path(name).name, shape=shape)
    run = ImportRun(
        key=document_key(name, document.title),
        folder=folder,
        base_url=base_url,
        imported_by=imported_by,
        dry_run=dry_run,
        progress=progress,
    )
    run.total = len(document.entries)
    with transaction.atomic():
        close_document(load_document(document, source=text, run=run), run=run)
        meet_by_title()
        if dry_run:
            transaction.set_rollback(True)
    run.warnings.sort(key=lambda warning: warning.line)
    return run


def load_document(document: Document, *, source: str, run: ImportRun) -> ImportedDocument:
    """Write what a document holds, inside the caller's transaction; `close_document` has to follow."""
    run.title, run.shape = document.title, str(document.shape)
    take_papers_of_notes(document, run)
    run.warnings += document.warnings
    works = document.works()
    run.counts.update(document.counts(works))
    run.works |= works
    kept = keep_document(document, source=source, run=run)
    import_presentations(document, run=run)
    import_reports(document, run=run)
    for link in document.further_papers:
        import_paper(link.href, title=link.text, run=run)
    if document.shape in {Shape.ARCHIVE, Shape.SCHEDULE} and not document.is_exchange:
        # Papers that the text around the presentations links to, such as a table of what to read.
        papers_behind(
            [replace(link, text="" if is_pointer(link.text) else link.text) for link in document.links], run=run
        )
    if document.is_list:
        link_texts(document, run=run)
        run.files["list"] = import_list(document, run=run)
    return kept


def close_document(kept: ImportedDocument, *, run: ImportRun) -> None:
    """Point the links of a document at the pages that came in with it, and remember what was written."""
    link_bodies(run)
    link_summaries(run)
    run.settle()
