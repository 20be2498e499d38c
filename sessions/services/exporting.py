"""The whole archive as Markdown: a page of presentations and sessions, and a file for each report and list."""

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any, cast

from django.conf import settings
from django.db.models import F, Prefetch
from django.urls import reverse
from django.utils.text import slugify

from papers.documents.archive import Epigraph, PresentationEntry, RoleEntry, SessionEntry, Stated
from papers.documents.document import Document, DocumentSection, Shape
from papers.documents.exchange.files import write_document
from papers.documents.links import TextLink
from papers.models import ImportedDocument, Paper, ReadingList, Report
from papers.services.exporting import ExportedFile, exported_papers_files, list_file, report_file
from papers.services.paper_addresses import paper_address
from sessions.models import Condition, Presentation, Recording, RoleAssignment, Session, SlideDeck
from sessions.models.series import Visibility
from sessions.services.presentations import may_edit

ARCHIVE_PAGE = "README.md"
CHUNK = 1024 * 1024


def exported_files(viewer: Any, *, with_slides: bool) -> Iterator[ExportedFile]:
    """All files of the archive as `viewer` may see it, the page of presentations first.

    With `with_slides` the decks go along; else they are named by their addresses on the web.
    """
    yield ExportedFile(ARCHIVE_PAGE, write_document(archive_document(viewer, with_slides=with_slides)))
    yield from exported_papers_files(Report.objects.visible_to(viewer), ReadingList.objects.visible_to(viewer))
    if with_slides:
        decks = SlideDeck.objects.current().filter(presentation__in=Presentation.objects.visible_to(viewer))
        decks = decks.exclude(original="").select_related("presentation").prefetch_related("presentation__presenters")
        for deck in decks.iterator(chunk_size=200):
            if _may_take(deck.presentation, deck.presentation.slides_condition, viewer):
                yield ExportedFile(_deck_file(deck.presentation, deck), stored=deck.original)


def archive_document(viewer: Any, *, with_slides: bool = False) -> Document:
    """The presentations and sessions that `viewer` may see, and the sections of the pages they were imported from."""
    document = Document(Shape.ARCHIVE, settings.SITE_NAME)
    _take_pages(document)
    document.presentations = [_talk_entry(talk, viewer, with_slides) for talk in _talks(viewer)]
    sessions = Session.objects.visible_to(viewer).select_related("series", "role_play__paper")
    sessions = sessions.prefetch_related("role_play__paper__identifiers", _roles_of_sessions())
    document.sessions = [_session_entry(session, viewer, with_slides) for session in sessions]
    further = Paper.objects.visible_to(viewer).filter(
        presentations=None, entry_links=None, reports=None, role_plays=None
    )
    further = further.prefetch_related("identifiers", "links").order_by("pk")
    document.further_papers = [TextLink(paper_address(paper), paper.title) for paper in further]
    document.contents = [
        *(TextLink(report_file(r), r.title) for r in Report.objects.visible_to(viewer).newest_first()),
        *(TextLink(list_file(kept), kept.title) for kept in ReadingList.objects.visible_to(viewer).newest_first()),
    ]
    return document


def zip_pieces(files: Iterator[ExportedFile]) -> Iterator[bytes]:
    """The files as a zip file, piece by piece, so that it can be sent while it is made."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            with archive.open(file.name, "w", force_zip64=True) as inside:
                for piece in pieces_of(file):
                    inside.write(piece)
                    yield pipe.take()
            yield pipe.take()
    yield pipe.take()


class _Pipe:
    """What is written to it can be taken once; a zip file needs no more."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)


def pieces_of(file: ExportedFile) -> Iterator[bytes]:
    """The content of an exported file, piece by piece; nothing for a stored one that has vanished."""
    if file.stored is None:
        yield file.text.encode("utf-8", errors="replace")
        return
    try:
        with file.stored.open("rb") as stored:
            yield from stored.chunks(CHUNK)
    except FileNotFoundError:
        return


def _talks(viewer: Any) -> Any:
    """Everything but open slots, newest first; within a session in reverse, since documents are read from the end."""
    rows = Presentation.objects.visible_to(viewer).filter(role_assignment=None)
    rows = rows.exclude(status=Presentation.Status.OPEN)
    rows = rows.select_related("session").with_presenters().with_cover()
    rows = rows.prefetch_related(
        "recordings", "topics", "paper_places__paper__identifiers", "paper_places__paper__links"
    )
    newest = [F(name).desc(nulls_last=True) for name in ("presented_on", "number", "position")]
    return rows.order_by(*newest, "-pk")


def _may_take(talk: Presentation, condition: str, viewer: Any) -> bool:
    """What is withheld goes to its people and to organisers only."""
    return condition != Condition.WITHHELD or may_edit(talk, viewer)


def _talk_entry(talk: Presentation, viewer: Any, with_slides: bool) -> PresentationEntry:
    entry = PresentationEntry(talk.title, 0, "", talk.number, talk.summary)
    entry.papers = [TextLink(paper_address(place.paper), place.paper.title) for place in talk.paper_places.all()]
    entry.presenters = talk.presenter_names
    entry.held_on = talk.presented_on
    entry.status = "" if talk.status == Presentation.Status.GIVEN else talk.status
    entry.session_starts_at = talk.session.local_start.replace(tzinfo=None) if talk.session else None
    entry.slides, entry.slides_reason = Stated(talk.slides_condition), talk.slides_reason
    entry.slides_href, *entry.more_slides = _slides(talk, viewer, with_slides) or [""]
    entry.recording, entry.recording_reason = Stated(talk.recording_condition), talk.recording_reason
    if _may_take(talk, talk.recording_condition, viewer):
        for recording in talk.recordings.all():
            entry.recording_href, entry.recording_title = _recording_address(recording), recording.title
    entry.topics = [topic.name for topic in talk.topics.all()]
    entry.is_for_members = talk.visibility == Visibility.MEMBERS
    return entry


def _slides(talk: Presentation, viewer: Any, with_slides: bool) -> list[str]:
    if not _may_take(talk, talk.slides_condition, viewer):
        return []
    deck = talk.current_deck
    hrefs = []
    if deck and with_slides:
        hrefs.append(_deck_file(talk, deck))
    elif deck:
        hrefs.append(settings.SITE_URL + reverse("sessions:slide_deck_original", args=[deck.pk]))
    return [*hrefs, talk.slides_url] if talk.slides_url else hrefs


def _deck_file(talk: Presentation, deck: Any) -> str:
    name = slugify(PurePosixPath(deck.original_name).stem)[:60] or "slides"
    return f"slides/{talk.number or talk.pk}-{name}.{deck.extension or 'pdf'}"


def _recording_address(recording: Recording) -> str:
    if recording.file:
        return settings.SITE_URL + reverse("sessions:recording_video", args=[recording.pk])
    if not recording.starts_at_seconds:
        return recording.url
    if recording.host == Recording.Host.VIMEO:
        return f"{recording.url}#t={recording.starts_at_seconds}s"
    joint = "&" if "?" in recording.url else "?"
    return f"{recording.url}{joint}start={recording.starts_at_seconds}"


def _roles_of_sessions() -> Prefetch:
    roles = RoleAssignment.objects.select_related("role", "member", "presentation").in_order()
    decks = Prefetch("presentation__slide_decks", SlideDeck.objects.current(), to_attr="current_decks")
    return Prefetch("role_assignments", roles.prefetch_related(decks))


def _role_entry(assignment: RoleAssignment, viewer: Any, with_slides: bool) -> RoleEntry:
    entry = RoleEntry(assignment.role.name, 0, assignment.player_name, assignment.minutes, assignment.code_url)
    entry.notes = assignment.contribution
    if assignment.presentation:
        entry.slides_href = next(iter(_slides(assignment.presentation, viewer, with_slides)), "")
    return entry


def _session_entry(session: Session, viewer: Any, with_slides: bool) -> SessionEntry:
    role_play = getattr(session, "role_play", None)
    paper = role_play.paper if role_play else None
    return SessionEntry(
        session.local_start.replace(tzinfo=None),
        session.local_end.replace(tzinfo=None),
        session.time_zone,
        0,
        title=session.title,
        series=session.series.name if session.series else "",
        place=session.place,
        format=session.format,
        status=session.status,
        cancelled_because=session.cancelled_because,
        meeting_url=session.meeting_url if getattr(viewer, "is_organiser", False) else "",
        notes=session.notes,
        is_for_members=session.visibility == Visibility.MEMBERS,
        papers=[TextLink(paper_address(paper), paper.title)] if paper else [],
        roles=[_role_entry(assignment, viewer, with_slides) for assignment in session.role_assignments.all()],
    )


def _take_pages(document: Document) -> None:
    """Title, introductions, sections and epigraphs of the archive pages that were imported, the oldest first."""
    pages = ImportedDocument.objects.filter(shape__in=(Shape.ARCHIVE, Shape.SCHEDULE)).order_by("imported_at", "pk")
    introductions = []
    for page in pages:
        if page.title and document.title == settings.SITE_NAME:
            document.title = page.title
        introductions.append(page.introduction)
        for section in page.outline.get("sections", []):
            document.sections.append(
                DocumentSection(
                    section["name"],
                    0,
                    body=section.get("introduction", ""),
                    anchor=section.get("anchor", ""),
                    aliases=tuple(section.get("aliases", ())),
                )
            )
        document.epigraphs += [
            Epigraph(e["quote"], e["attribution"], e["section"], 0) for e in page.outline.get("epigraphs", [])
        ]
    document.introduction = "\n\n".join(text for text in introductions if text.strip())
