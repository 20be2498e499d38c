"""Making and changing sessions."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from readinggroup.texts import notice_text
from sessions.models import Session
from sessions.services.changes import plan_change
from sessions.services.notes import render_notes, save_notes
from sessions.services.presentations import open_slot
from sessions.services.seats import fill_seats
from sessions.services.waiting import end_line


def add_session(*, starts_at: datetime, ends_at: datetime, slots: int = 1, **fields: object) -> Session:
    """Plan a session with a number of open slots."""
    with transaction.atomic():
        html = render_notes(str(fields.get("notes", "")))
        session = Session.objects.create(starts_at=starts_at, ends_at=ends_at, notes_html=html, **fields)
        notice_text(session)
        for _ in range(slots):
            open_slot(session)
    return session


#: What people have in their calendars; a change of it is a new version of the event (RFC 5545, 3.8.7.4).
IN_CALENDARS = (
    "title",
    "starts_at",
    "ends_at",
    "time_zone",
    "place",
    "meeting_url",
    "status",
    "cancelled_because",
    "visibility",
)


def edit_session(session: Session, **fields: object) -> Session:
    """Change fields of a session; calendars are told by its next sequence number when it concerns them."""
    if fields.get("series", session.series) != session.series:
        # It is no longer what the old series made for a day, and no day of the new one either.
        fields["occurs_on"] = None
    if fields.get("starts_at", session.starts_at) != session.starts_at:
        # What was said of an earlier move is not why it moves now.
        fields.setdefault("moved_because", "")
    with transaction.atomic():
        if "notes" in fields:
            save_notes(session, text=str(fields.pop("notes")), version=session.notes_version, saved_by=None)
        count_change(session, {name: fields[name] for name in IN_CALENDARS if name in fields})
        for name, value in fields.items():
            setattr(session, name, value)
        session.save(update_fields=[*fields, "updated_at"])
        if "capacity" in fields:
            fill_seats(session)
    return session


def count_change(session: Session, told: dict[str, Any]) -> None:
    """Raise the sequence number when the row does not say yet what is `told`, values of IN_CALENDARS, and tell people.

    To be called before they are saved, in the same transaction: the row decides, whatever `session` was loaded with,
    and stays locked, so that saving all of `session` cannot take another's number back.
    """
    row = Session.objects.select_for_update().filter(pk=session.pk)
    was = row.values(*IN_CALENDARS).get()
    is_changed = any(was[name] != value for name, value in told.items())
    if is_changed:
        row.update(sequence=F("sequence") + 1)
    session.refresh_from_db(fields=["sequence", "invited_at"])
    if told.get("status") == Session.Status.CANCELLED:
        end_line(session)
    if is_changed:
        plan_change(session, was, was | told)


def move_session(session: Session, *, starts_at: datetime, ends_at: datetime, reason: str, **fields: object) -> Session:
    """Hold a session at another time or place, and say why. It stays the session of its day."""
    return edit_session(session, starts_at=starts_at, ends_at=ends_at, moved_because=reason, **fields)


def cancel_session(session: Session, *, reason: str) -> Session:
    """Call a session off, and say why; its page stays."""
    return edit_session(session, status=Session.Status.CANCELLED, cancelled_because=reason)


def reinstate_session(session: Session) -> Session:
    """Hold a session after all; one that was not called off stays as it is."""
    if not session.is_cancelled:
        return session
    return edit_session(session, status=Session.Status.PLANNED, cancelled_because="")
