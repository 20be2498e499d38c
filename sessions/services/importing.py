"""Bring a whole Markdown document in: its presentations here, its reports and articles through `papers`.

How a second import knows what is here already is told in `papers.services.importing`.
"""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from papers.documents.archive import Archive, PresentationEntry, Stated
from papers.documents.archive_parser import looks_like_archive, parse_archive
from papers.services.importing import ImportRun, document_key, import_paper, import_reports, keep_document
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from sessions.models import Condition, Presentation, PresentationPaper
from sessions.recordings import NotARecording, parse_recording
from sessions.services.presentations import set_presenters
from sessions.services.recordings import attach_recording
from sessions.services.slide_decks import DeckRefused, attach_slide_deck

PRESENTATIONS = "presentation"
NOT_MENTIONED = "The imported document does not mention any."


class UnknownShape(Exception):
    """The document is of no shape that can be imported yet."""


def import_document(
    text: str,
    *,
    name: str,
    folder: Path | None = None,
    base_url: str = "",
    imported_by: Member | None = None,
    dry_run: bool = False,
) -> ImportRun:
    """Import the document `text`, once called `name`, in one transaction; with `dry_run` nothing is written.

    `folder` holds the files that it names relatively; `base_url` is its address on the web, if known. Returns what was
    added, what was here already, and the warnings. Raises UnknownShape.
    """
    if not looks_like_archive(text):
        raise UnknownShape(
            "No heading of this document announces a presentation or a report, such as “Paper Report 3: …”, "
            "so the importer does not know what it is."
        )
    archive = parse_archive(text)
    run = ImportRun(
        key=document_key(name, archive.title),
        folder=folder,
        base_url=base_url,
        imported_by=imported_by,
        dry_run=dry_run,
        title=archive.title,
        warnings=list(archive.warnings),
    )
    with transaction.atomic():
        keep_document(archive, source=text, run=run)
        import_presentations(archive, run=run)
        import_reports(archive, run=run)
        if dry_run:
            transaction.set_rollback(True)
    run.warnings.sort(key=lambda warning: warning.line)
    return run


def import_presentations(archive: Archive, *, run: ImportRun) -> None:
    """Add the presentations of `archive` that are not here yet, oldest first."""
    for entry in reversed(archive.presentations):
        key = run.entry_key(PRESENTATIONS, entry.number, entry.title)
        presentation = Presentation.objects.filter(import_key=key).first() or _same_presentation(entry, key)
        if presentation is None:
            presentation = _create_presentation(entry, key, run)
            run.added[PRESENTATIONS] += 1
        else:
            run.unchanged[PRESENTATIONS] += 1
        if entry.slides == Stated.AVAILABLE and not presentation.slide_decks.exists():
            _add_slides(presentation, entry, run)


def _same_presentation(entry: PresentationEntry, key: str) -> Presentation | None:
    if entry.number is None:
        return None
    same = Presentation.objects.filter(number=entry.number, title__iexact=entry.title, import_key=None).first()
    if same is not None:
        Presentation.objects.filter(pk=same.pk).update(import_key=key)
    return same


def _create_presentation(entry: PresentationEntry, key: str, run: ImportRun) -> Presentation:
    number = entry.number
    if number and Presentation.objects.filter(number=number).exists():
        run.warn(entry.line, f"Presentation {number}", "this number is taken; the presentation was added without one")
        number = None
    presentation = Presentation.objects.create(
        number=number,
        title=entry.title[:400],
        summary=entry.summary,
        summary_html=render_markdown(entry.summary),
        status=Presentation.Status.GIVEN,
        presented_on=entry.held_on,
        slides_condition=_condition(entry.slides),
        slides_reason=NOT_MENTIONED if entry.slides == Stated.UNSTATED else "",
        slides_url=run.address(entry.slides_href)[:1000] if entry.slides_href else "",
        recording_condition=_condition(entry.recording),
        recording_reason=NOT_MENTIONED if entry.recording == Stated.UNSTATED else "",
        import_key=key,
    )
    _add_papers(presentation, entry, run)
    _add_presenters(presentation, entry)
    if entry.recording == Stated.AVAILABLE:
        _add_recording(presentation, entry, run)
    return presentation


def _condition(stated: Stated) -> Condition:
    """An old archive that is silent about slides will not bring them later: that is none, not expected."""
    return Condition.AVAILABLE if stated == Stated.AVAILABLE else Condition.NONE


def _add_papers(presentation: Presentation, entry: PresentationEntry, run: ImportRun) -> None:
    # A talk named after its only paper tells the paper's title too, until a source has answered.
    title = entry.title if len(entry.papers) == 1 else ""
    named = [link.text if link.text != link.href else "" for link in entry.papers]
    found = [
        import_paper(link.href, title=text or title, run=run) for link, text in zip(entry.papers, named, strict=True)
    ]
    PresentationPaper.objects.bulk_create(
        PresentationPaper(presentation=presentation, paper=paper, position=position)
        for position, paper in enumerate(dict.fromkeys(paper for paper in found if paper), start=1)
    )


def _add_presenters(presentation: Presentation, entry: PresentationEntry) -> None:
    members = [Member.objects.active().filter(name__iexact=name).first() for name in entry.presenters]
    set_presenters(
        presentation,
        members=[member for member in members if member],
        names=[name[:120] for name, member in zip(entry.presenters, members, strict=True) if not member],
    )


def _add_recording(presentation: Presentation, entry: PresentationEntry, run: ImportRun) -> None:
    try:
        attach_recording(presentation, parse_recording(run.address(entry.recording_href) or entry.recording_href))
    except NotARecording:
        presentation.recording_reason = f"The recording is kept as {entry.recording_href}; it could not be linked."[
            :300
        ]
        presentation.save(update_fields=["recording_reason", "updated_at"])
        run.warn(entry.line, entry.recording_href, "this is no address of a recording; it is kept as text")
        return
    run.added["recording"] += 1


def _add_slides(presentation: Presentation, entry: PresentationEntry, run: ImportRun) -> None:
    """Attach the deck when its file is there; otherwise say on the page where the document keeps it.

    The document states that slides exist, so the condition stays "available" and the reason tells what is missing here.
    """
    data = run.read_file(entry.slides_href)
    if data is None:
        if not presentation.slides_url and not presentation.slides_reason:
            reason = f"The slides are kept as {entry.slides_href}; this file was not beside the imported document."
            presentation.slides_reason = reason[:300]
            presentation.save(update_fields=["slides_reason", "updated_at"])
        run.warn(entry.line, entry.slides_href, "the slides were not beside the document; their address is kept")
        return
    run.added["slide deck"] += 1
    if run.dry_run:
        return
    try:
        attach_slide_deck(
            presentation, SimpleUploadedFile(Path(entry.slides_href).name, data), uploaded_by=run.imported_by
        )
    except DeckRefused as error:
        run.warn(entry.line, entry.slides_href, str(error))
        return
    Presentation.objects.filter(pk=presentation.pk).update(slides_reason="")
