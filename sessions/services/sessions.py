"""Making and changing sessions."""

from datetime import datetime

from django.db import transaction

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


def edit_session(session: Session, **fields: object) -> Session:
    """Change fields of a session."""
    if "notes" in fields:
        fields["notes_html"] = render_markdown(str(fields["notes"]))
    for name, value in fields.items():
        setattr(session, name, value)
    session.save(update_fields=[*fields, "updated_at"])
    return session


def cancel_session(session: Session, *, reason: str) -> Session:
    """Call a session off, and say why; its page stays."""
    return edit_session(session, status=Session.Status.CANCELLED, cancelled_because=reason)
