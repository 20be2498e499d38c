"""Slots, where a page shows them."""

from typing import Any

from django import template
from django.template import RequestContext

from sessions.models import Presentation, Session, SlotEvent, SlotWaiter
from sessions.queries.slots import line_of, open_swaps
from sessions.services.presentations import may_edit
from sessions.services.slot_steps import history_of
from sessions.telling_words import moment_text

register = template.Library()
KINDS = SlotEvent.Kind
#: So many steps are shown; a slot with more has had a restless life.
STEPS = 50


@register.filter
def is_to_come(session: Session) -> bool:
    return not session.is_over and not session.is_cancelled


@register.filter
def has_presenter(talk: Presentation, user: Any) -> bool:
    return any(one.member_id == user.pk for one in talk.presenters.all())


@register.filter
def held_until(offer: SlotWaiter, session: Session) -> str:
    """On the group's clock, beside which a script shows the reader's."""
    return moment_text(offer.offer_ends_at, session.time_zone) if offer.offer_ends_at else ""


@register.filter
def told(event: SlotEvent) -> str:
    """One step in a sentence: who did what, and to whom."""
    who, by = event.member or "A former member", event.by or "a former member"
    is_own = event.member_id is not None and event.member_id == event.by_id
    day = f", {event.session.day_text}" if event.session else ""
    match event.kind:
        case KINDS.CLAIMED:
            return f"{who} took it{day}."
        case KINDS.ASSIGNED:
            return f"{by} gave it to {who}{day}."
        case KINDS.JOINED:
            return f"{who} joined." if is_own else f"{by} added {who}."
        case KINDS.LEFT:
            return f"{who} left." if is_own else f"{by} took {who} out."
        case KINDS.RELEASED:
            return f"{by} opened it again."
        case KINDS.SWAPPED:
            return f"{by} moved it{day}."
        case KINDS.GIVEN:
            return "It was given." if event.by is None else f"{by} marked it as given."
        case KINDS.UNDONE:
            return "It was not given after all." if event.by is None else f"{by}: it was not given after all."
    return "It was called off." if event.by is None else f"{by} called it off."


@register.inclusion_tag("sessions/_slot_line.html", takes_context=True)
def slot_line(context: RequestContext, session: Session) -> dict[str, Any]:
    """The line for a slot of a session to come, once nobody can just take one."""
    is_full = session.has_slots and not session.open_slots and is_to_come(session)
    is_full = is_full and any(talk.status == talk.Status.CLAIMED or talk.standing_offer for talk in _slots(session))
    user = context["user"]
    return {
        "session": session,
        "line": line_of(session, user) if is_full else None,
        "user": user,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("sessions/_slot_care.html", takes_context=True)
def slot_care(context: RequestContext, presentation: Presentation) -> dict[str, Any]:
    """What its people, organisers and would-be co-presenters can do with a slot; nothing for what never was one."""
    user = context["user"]
    if not user.is_authenticated or presentation.session is None:
        return {}
    is_coming = is_to_come(presentation.session) and presentation.status in ("open", "claimed")
    may = may_edit(presentation, user)
    joins = is_coming and presentation.status == "claimed" and presentation.welcomes_company
    return {
        "presentation": presentation,
        "user": user,
        "may_edit": may,
        "is_to_come": is_coming and not getattr(presentation, "role_assignment", None),
        "may_join": joins and not has_presenter(presentation, user),
        "swaps": list(open_swaps(presentation)) if may and is_coming else [],
        "events": list(history_of(presentation)[:STEPS]) if may else [],
        "csrf_token": context.get("csrf_token", ""),
    }


def _slots(session: Session) -> list[Presentation]:
    return list(session.presentations.all())
