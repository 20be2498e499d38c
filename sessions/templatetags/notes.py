"""The shared notes of a session, where its page shows them."""

from datetime import timedelta

from django import template
from django.utils import timezone

from sessions.forms.notes import NoteForm
from sessions.models import NotesRevision, Session

register = template.Library()

#: Before the start and after the end, notes follow what others write.
BEFORE, AFTER = timedelta(minutes=15), timedelta(hours=1)


@register.filter
def is_under_way(session: Session) -> bool:
    """Whether people are likely to write notes just now."""
    now = timezone.now()
    return not session.is_cancelled and session.starts_at - BEFORE <= now <= session.ends_at + AFTER


@register.filter
def last_notes(session: Session) -> NotesRevision | None:
    """Who saved the notes last, and when; None where nobody is known."""
    revision: NotesRevision | None = session.notes_revisions.select_related("saved_by").defer("text").first()
    return revision


@register.simple_tag
def note_form() -> NoteForm:
    """The box for one paragraph more."""
    return NoteForm()
