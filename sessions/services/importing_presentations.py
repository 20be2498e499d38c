"""The presentations of an imported document: with their papers, presenters, slides, recordings and sessions."""

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from papers.documents.archive import PresentationEntry, Stated
from papers.documents.document import Document, is_relative
from papers.documents.links import TextLink
from papers.services.import_runs import digest
from papers.services.importing import ImportRun, import_paper
from papers.services.known_names import member_called, topic_called
from readinggroup.markdown import render_markdown
from sessions.models import Condition, Presentation, PresentationPaper
from sessions.models.presentation import NOT_MENTIONED
from sessions.models.series import Visibility
from sessions.recordings import NotARecording, parse_recording
from sessions.services.importing_days import ImportedDays
from sessions.services.importing_summaries import WRITTEN, without_known_summary
from sessions.services.presentations import set_presenters
from sessions.services.recordings import attach_recording
from sessions.services.slide_decks import DeckRefused, attach_slide_deck

PRESENTATIONS = "presentation"


def import_presentations(document: Document, *, run: ImportRun) -> None:
    """Add the presentations that are not here yet, oldest first, and bring the others up to date."""
    days = ImportedDays(run)
    days.add(document.sessions)
    done: set[int] = set()
    _warn_of_days(document, run)
    for entry in reversed(document.presentations):
        if entry.is_open and not _is_ahead(entry):
            days.keep_free(entry)
            continue
        name = entry.title or (entry.held_on.isoformat() if entry.held_on else " ".join(entry.presenters))
        key = run.entry_key(PRESENTATIONS, entry.number, name)
        values = _values(entry, run)
        presentation = (
            Presentation.objects.filter(import_key=key).first()
            or _same_presentation(document, entry, key, done, run)
            or _open_slot(entry, key, run)
        )
        if presentation is None:
            presentation = _create_presentation(document, entry, key, values, run, days)
            run.remember(
                key, {**values, "presenters": sorted(entry.presenters), "papers": [p.href for p in entry.papers]}
            )
            run.written[key][WRITTEN] = digest(values["summary"])
            run.summaries.append((key, presentation, entry.line))
            run.added[PRESENTATIONS] += 1
        else:
            changed = _update_presentation(presentation, entry, key, values, run)
            (run.changed if changed else run.unchanged)[PRESENTATIONS] += 1
        done.add(presentation.pk)
        if entry.slides == Stated.AVAILABLE and not presentation.slide_decks.exists():
            _add_slides(presentation, entry, run)
        if run.page and len(document.presentations) == 1:
            run.files.setdefault(run.page, presentation)


def _warn_of_days(document: Document, run: ImportRun) -> None:
    """Say once that days lack their year: a schedule that leaves it out does so in every row."""
    lacking = [talk for talk in document.presentations if talk.is_meeting and not talk.held_on]
    held, free = [talk for talk in lacking if not talk.is_open], [talk for talk in lacking if talk.is_open]
    if held:
        count = f"{len(held)} presentations were" if len(held) > 1 else "the presentation was"
        run.warn(held[0].line, held[0].title, f"no whole day is written; {count} added without a session")
    if free:
        count = f"{len(free)} sessions for which" if len(free) > 1 else "the session for which"
        run.warn(free[0].line, free[0].title, f"no whole day is written; {count} nobody is decided yet stayed out")


def _values(entry: PresentationEntry, run: ImportRun) -> dict[str, Any]:
    """What the document says of a presentation, apart from its number, its people, papers and files."""
    return {
        "title": entry.title[:400],
        "summary": entry.summary,
        "presented_on": entry.held_on,
        "slides_url": _slides_address(entry, run)[:1000],
    }


def _slides_address(entry: PresentationEntry, run: ImportRun) -> str:
    """Where the slides are on the web; "" when they are a file beside the document."""
    addresses = (run.address(href) for href in (entry.slides_href, *entry.more_slides) if href)
    return next((address for address in addresses if address), "")


def _update_presentation(
    presentation: Presentation, entry: PresentationEntry, key: str, values: dict[str, Any], run: ImportRun
) -> bool:
    line, what = entry.line, entry.title or "a presentation"
    changed = run.update(presentation, key, without_known_summary(values, key, run), line=line, what=what)
    if "summary" in changed:
        run.summaries.append((key, presentation, line))
    if changed:
        presentation.summary_html = render_markdown(presentation.summary)
        presentation.save(update_fields=[*changed, "summary_html", "updated_at"])
    stated = {"presenters": sorted(entry.presenters)}
    people = run.changes(key, stated, lambda _: sorted(presentation.presenter_names), line=line, what=what)
    if people:
        _add_presenters(presentation, entry)
    papers = _add_new_papers(presentation, entry, key, run)
    recording = entry.recording == Stated.AVAILABLE and not presentation.recordings.exists()
    if recording and presentation.recording_reason == NOT_MENTIONED:
        _add_recording(presentation, entry, run)
    return bool(changed or people or papers)


def _add_new_papers(presentation: Presentation, entry: PresentationEntry, key: str, run: ImportRun) -> bool:
    """Add the papers that the document names for the first time; none is taken away."""
    noted = run.written.setdefault(key, {})
    noted["papers"] = digest([paper.href for paper in entry.papers])
    if (run.before.get(key) or {}).get("papers", noted["papers"]) == noted["papers"]:
        return False
    known = set(presentation.papers.values_list("pk", flat=True))
    found = [import_paper(paper.href, title=paper.text, run=run) for paper in _known_works(entry)]
    new = [paper for paper in dict.fromkeys(found) if paper and paper.pk not in known]
    PresentationPaper.objects.bulk_create(
        PresentationPaper(presentation=presentation, paper=paper, position=len(known) + number)
        for number, paper in enumerate(new, start=1)
    )
    return bool(new)


def _same_presentation(
    document: Document, entry: PresentationEntry, key: str, done: set[int], run: ImportRun
) -> Presentation | None:
    if document.is_exchange:
        # The site itself wrote it down, whatever it was imported from before.
        rows = Presentation.objects.filter(number=entry.number, title=entry.title[:400], presented_on=entry.held_on)
        return rows.exclude(pk__in=done).order_by("pk").first()
    if entry.number is None:
        return _told_by_the_schedule(document, entry, run)
    same = Presentation.objects.filter(number=entry.number, title__iexact=entry.title, import_key=None).first()
    if same is not None:
        Presentation.objects.filter(pk=same.pk).update(import_key=key)
    return same


def _told_by_the_schedule(document: Document, entry: PresentationEntry, run: ImportRun) -> Presentation | None:
    """What a page about one presentation is about, where the schedule that came in with it told of it before."""
    if len(document.presentations) > 1 or not run.page or not entry.held_on:
        return None
    for row in Presentation.objects.filter(presented_on=entry.held_on).exclude(import_key__startswith=f"{run.key}#"):
        is_same = entry.title and row.title.casefold() == entry.title[:400].casefold()
        if is_same or set(entry.presenters) & set(row.presenter_names):
            if not row.papers.exists():
                _add_papers(row, entry, run)
            run.counts.subtract(["presentations", "sessions"])
            return row
    return None


def _create_presentation(
    document: Document, entry: PresentationEntry, key: str, values: dict[str, Any], run: ImportRun, days: ImportedDays
) -> Presentation:
    number = entry.number
    if number and Presentation.objects.filter(number=number).exists():
        run.warn(entry.line, f"Presentation {number}", "this number is taken; the presentation was added without one")
        number = None
    session = days.session_of(entry)
    presentation = Presentation.objects.create(
        number=number,
        summary_html=render_markdown(entry.summary),
        status=_status(entry),
        session=session,
        position=session.presentations.count() + 1 if session and document.is_exchange else None,
        slides_condition=_condition(entry.slides),
        slides_reason=_reason(entry.slides, entry.slides_reason),
        recording_condition=_condition(entry.recording),
        recording_reason=_reason(entry.recording, entry.recording_reason),
        visibility=Visibility.MEMBERS if entry.is_for_members else Visibility.PUBLIC,
        import_key=key,
        **values,
    )
    presentation.topics.set(topic_called(name) for name in entry.topics[:30])
    _add_papers(presentation, entry, run)
    _add_presenters(presentation, entry)
    if entry.recording == Stated.AVAILABLE and (entry.recording_href or not document.is_exchange):
        _add_recording(presentation, entry, run)
    return presentation


def _open_slot(entry: PresentationEntry, key: str, run: ImportRun) -> Presentation | None:
    """The slot that the last import left open on this day, and that the document fills now."""
    if entry.is_open or not entry.held_on or not run.before:
        return None
    old = f"{run.key}#{PRESENTATIONS}-{entry.held_on.isoformat()}"
    slot = Presentation.objects.open().filter(import_key=old, title="").first()
    if slot is None:
        return None
    slot.import_key, slot.status = key, _status(entry)
    slot.save(update_fields=["import_key", "status", "updated_at"])
    run.before.move(old, key)
    return slot


def _is_ahead(entry: PresentationEntry) -> bool:
    return bool(entry.held_on and entry.held_on > timezone.localdate())


def _status(entry: PresentationEntry) -> str:
    if entry.is_cancelled:
        return Presentation.Status.CANCELLED
    if entry.status in Presentation.Status.values:
        return entry.status
    if _is_ahead(entry):
        return Presentation.Status.CLAIMED if entry.presenters else Presentation.Status.OPEN
    return Presentation.Status.GIVEN


def _condition(stated: Stated) -> Condition:
    """An old archive that is silent about slides will not bring them later: that is none, not expected."""
    return Condition.NONE if stated == Stated.UNSTATED else Condition(stated.value)


def _reason(stated: Stated, reason: str) -> str:
    if stated == Stated.UNSTATED:
        return NOT_MENTIONED
    return reason[:300] or ("No reason was given." if stated == Stated.WITHHELD else "")


def _add_papers(presentation: Presentation, entry: PresentationEntry, run: ImportRun) -> None:
    # A talk named after its only paper tells the paper's title too, until a source has answered.
    title = entry.title if len(entry.papers) == 1 else ""
    named = [(link.href, link.text if link.text != link.href else "") for link in _known_works(entry)]
    found = [import_paper(href, title=text or title, run=run) for href, text in named]
    PresentationPaper.objects.bulk_create(
        PresentationPaper(presentation=presentation, paper=paper, position=position)
        for position, paper in enumerate(dict.fromkeys(paper for paper in found if paper), start=1)
    )


def _known_works(entry: PresentationEntry) -> list[TextLink]:
    """The papers on the web; those beside the document are links in the summary."""
    return [paper for paper in entry.papers if not is_relative(paper.href)]


def _add_presenters(presentation: Presentation, entry: PresentationEntry) -> None:
    members = [member_called(name) for name in entry.presenters]
    set_presenters(
        presentation,
        members=[member for member in members if member],
        names=[name[:120] for name, member in zip(entry.presenters, members, strict=True) if not member],
    )


def _add_recording(presentation: Presentation, entry: PresentationEntry, run: ImportRun) -> None:
    try:
        parsed = parse_recording(run.address(entry.recording_href) or entry.recording_href)
        attach_recording(presentation, parsed, title=entry.recording_title[:300])
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
    if not is_relative(entry.slides_href):
        return
    data = run.read_file(entry.slides_href)
    if data is None:
        if not presentation.slides_url and not presentation.slides_reason:
            reason = f"The slides are kept as {entry.slides_href}; this file was not beside the imported document."
            presentation.slides_reason = reason[:300]
            presentation.save(update_fields=["slides_reason", "updated_at"])
        run.warn(entry.line, entry.slides_href, "the slides were not beside the document; their address is kept")
        return
    run.added["slide deck"] += 1
    run.files[run.file_name(entry.slides_href)] = presentation
    if run.dry_run:
        return
    try:
        attach_slide_deck(
            presentation,
            SimpleUploadedFile((run.file_path(entry.slides_href) or Path(entry.slides_href)).name, data),
            uploaded_by=run.imported_by,
        )
    except DeckRefused as error:
        run.files.pop(run.file_name(entry.slides_href), None)
        run.warn(entry.line, entry.slides_href, str(error))
        return
    Presentation.objects.filter(pk=presentation.pk).update(slides_reason="")
