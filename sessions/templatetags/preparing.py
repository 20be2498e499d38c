"""What a presentation still lacks, where a page shows it."""

from typing import Any

from django import template

from sessions.checklist import ChecklistItem, checklist, lacking
from sessions.models import Presentation, Session
from sessions.services.giving import why_not_given, why_session_not_held
from sessions.services.presentations import may_edit

register = template.Library()


@register.filter
def checklist_of(presentation: Presentation) -> list[ChecklistItem]:
    """All that it should have, done or not."""
    return checklist(presentation)


@register.filter
def not_given_because(presentation: Presentation) -> str:
    """Why it cannot have been given yet; "" when it can."""
    return why_not_given(presentation)


@register.filter
def has_begun(session: Session) -> bool:
    """Whether it may have taken place."""
    return not why_session_not_held(session)


@register.filter
def to_mark_by(session: Session, user: Any) -> list[Presentation]:
    """The talks of a session that `user` may mark as given."""
    talks = [talk for talk in session.presentations.all() if talk.status == Presentation.Status.CLAIMED]
    return [talk for talk in talks if may_edit(talk, user)]


@register.filter
def lacks(presentation: Presentation) -> list[ChecklistItem]:
    """What is still to do."""
    return lacking(presentation)
