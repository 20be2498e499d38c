"""The roles of a session, where a page shows them."""

from typing import Any

from django import template
from django.template import RequestContext

from sessions.models import RoleAssignment, Session
from sessions.models.series import Format
from sessions.queries.roles import members_away, paper_of
from sessions.run_sheet import run_sheet
from sessions.services.roles import may_contribute

register = template.Library()


@register.inclusion_tag("sessions/_roles.html", takes_context=True)
def session_roles(context: RequestContext, session: Session) -> dict[str, Any]:
    """The role cards of a session that is read with roles, in a constant number of queries; nothing for others."""
    if session.format != Format.ROLE_PLAY:
        return {}
    user = context["user"]
    assignments = list(session.role_assignments.for_cards())
    paper = paper_of(session)
    is_open = not session.is_over and not session.is_cancelled
    return {
        "session": session,
        "assignments": assignments,
        "sheet": run_sheet(session, assignments),
        "paper": paper,
        "role_play_paper": paper and not session.has_slots,
        "mine": next((one for one in assignments if user.is_authenticated and one.member_id == user.pk), None),
        "free": sum(one.is_free for one in assignments),
        "is_open": is_open,
        "away": members_away(session) if is_open and user.is_authenticated else (),
        "user": user,
        "csrf_token": context.get("csrf_token", ""),
    }


@register.filter
def may_contribute_to(user: Any, assignment: RoleAssignment) -> bool:
    """Whether `user` plays this role or organises."""
    return not assignment.is_free and may_contribute(assignment, user)
