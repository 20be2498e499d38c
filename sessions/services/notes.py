"""Shared notes of a session: each accepted save is a revision, and no save replaces what its writer has not seen."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from readinggroup.markdown import render_markdown
from readinggroup.markdown.limits import check_limits
from readinggroup.models import Member
from readinggroup.search import index_after_commit
from readinggroup.texts import notice_text
from readinggroup.three_way import merge_texts
from sessions.models import NotesRevision, Session

#: Signs that mean something to Markdown within a line.
_SIGNS = re.compile(r"([\\`*_\[\]<>$~#!&|])")


class NotesChangedMeanwhile(Exception):
    """Somebody else changed the same lines since the writer began; `session` is as it is now, nothing was written."""

    def __init__(self, session: Session) -> None:
        self.session = session
        super().__init__("Somebody else changed the same lines of these notes while you were writing.")


@dataclass(frozen=True)
class SavedNotes:
    """What a save led to: the notes' version, and whether others' changes were joined in."""

    version: int
    is_merged: bool = False


def save_notes(session: Session, *, text: str, version: int, saved_by: Member | None) -> SavedNotes:
    """Keep `text` as the notes, written by somebody who began from `version`.

    What others saved since is joined with it where it touches other lines. Raises NotesChangedMeanwhile where it does
    not. Text that changes nothing is no revision.
    """
    with transaction.atomic():
        locked = _lock(session)
        merged: str | None = text
        if version != locked.notes_version:
            base = _text_at(locked, version)
            merged = None if base is None else merge_texts(base, locked.notes, text)
        if merged is None:
            raise NotesChangedMeanwhile(locked)
        if merged != locked.notes:
            write_notes(locked, merged, saved_by)
    session.refresh_from_db()
    return SavedNotes(session.notes_version, is_merged=merged != text)


def add_note(session: Session, *, text: str, by: Member) -> SavedNotes:
    """Put one paragraph under the notes, with the name of who says it: there is nothing to disagree about.

    What `by` has just added is not added again: a form may be sent twice. Raises TextRefused when the notes are full.
    """
    words = " ".join(text.split())
    with transaction.atomic():
        locked = _lock(session)
        note = f"**{_plain(by.display_name)}:** {words}"
        if not _was_just_added(locked, note, by):
            text = f"{locked.notes.rstrip()}\n\n{note}".lstrip()
            check_limits(text)
            write_notes(locked, text, by)
    session.refresh_from_db()
    return SavedNotes(session.notes_version)


def _was_just_added(session: Session, note: str, by: Member) -> bool:
    newest = session.notes_revisions.filter(version=session.notes_version, saved_by=by, saved_at__gt=_a_minute_ago())
    return newest.exists() and session.notes.split("\n\n")[-1] == note


def _a_minute_ago() -> datetime:
    return timezone.now() - timedelta(minutes=1)


def restore_notes(revision: NotesRevision, *, by: Member) -> SavedNotes:
    """Make the notes what they were at a revision; what they are now stays among the revisions."""
    with transaction.atomic():
        locked = _lock(revision.session)
        if locked.notes != revision.text:
            write_notes(locked, revision.text, by)
    revision.session.refresh_from_db()
    return SavedNotes(revision.session.notes_version)


def write_notes(session: Session, text: str, saved_by: Member | None) -> None:
    """Store the next revision of the notes of a session whose row is locked."""
    if session.notes_version == 0 and session.notes:
        # What was there before revisions were kept; whoever began from it can be joined with.
        NotesRevision.objects.get_or_create(session=session, version=0, defaults={"text": session.notes})
    session.notes, session.notes_html = text, render_notes(text)
    session.notes_version += 1
    session.updated_at = timezone.now()
    Session.objects.filter(pk=session.pk).update(
        notes=session.notes,
        notes_html=session.notes_html,
        notes_version=session.notes_version,
        updated_at=session.updated_at,
    )
    NotesRevision.objects.create(session=session, version=session.notes_version, text=text, saved_by=saved_by)
    notice_text(session)
    index_after_commit(session)


def render_notes(text: str) -> str:
    return render_markdown(text, top_heading=3, id_prefix="notes-")


def _lock(session: Session) -> Session:
    # On SQLite, whose transactions begin by taking the only pen, the row needs no lock of its own.
    locked: Session = Session.objects.select_for_update().get(pk=session.pk)
    return locked


def _text_at(session: Session, version: int) -> str | None:
    """The notes at a version, None for one that never was."""
    revision = session.notes_revisions.filter(version=version).first()
    if revision is None:
        return "" if version == 0 else None
    return revision.text


def _plain(name: str) -> str:
    """A name in which no sign means anything to Markdown."""
    return _SIGNS.sub(r"\\\1", " ".join(name.split()))
