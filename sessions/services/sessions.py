"""Making and changing sessions."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from readinggroup.markdown import render_markdown
from sessions.models import Session
from sessions.services.presentations import open_slot


def add_session(*, starts_at: datetime, ends_at: datetime, slots: int = 1, **fields: object) -> Session:
    """Plan a session with a number of open slots."""
    with transaction.atomic():
        session = Session.objects.create(
            starts_at=starts_at, ends_at=ends_at, notes_html=render_markdown(str(fields.get("notes", ""))), **fields
        )
        for _ in range(slots):
            open_slot(session)
    return session


#: What people have in their calendars; a change of it is a new version of the event (RFC 5545, 3.8.7.4).
IN_CALENDARS = ("title", "starts_at", "ends_at", "time_zone", "place", "meeting_url", "status", "visibility")


def edit_session(session: Session, **fields: object) -> Session:
    """Change fields of a session; calendars are told by its next sequence number when it concerns them."""
    count_change(session, fields)
    if "notes" in fields:
        fields["notes_html"] = render_markdown(str(fields["notes"]))
    for name, value in fields.items():
        setattr(session, name, value)
    session.save(update_fields=[*fields, "updated_at"])
    return session


def count_change(session: Session, fields: dict[str, object]) -> None:
    """Raise the sequence number of a session when `fields` change something that stands in calendars."""
    told = {name: fields[name] for name in IN_CALENDARS if name in fields}
    if told and not Session.objects.filter(pk=session.pk, **told).exists():
        Session.objects.filter(pk=session.pk).update(sequence=F("sequence") + 1)


def cancel_session(session: Session, *, reason: str) -> Session:
    """Call a session off, and say why; its page stays."""
    return edit_session(session, status=Session.Status.CANCELLED, cancelled_because=reason)
