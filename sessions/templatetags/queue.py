"""The queue, where other pages show it."""

from typing import Any

from django import template
from django.db.models import Prefetch
from django.template import RequestContext

from papers.models import Paper
from sessions.models import Presentation, Proposal, Vote
from sessions.queries.queue import places_of
from sessions.services.queue import may_edit_proposal

register = template.Library()
TOP = 3


@register.inclusion_tag("sessions/_queue_state.html", takes_context=True)
def queue_state(context: RequestContext, paper: Paper) -> dict[str, Any]:
    """Whether a paper is in the queue, put aside, planned or read, and what one can do about it."""
    user = context["user"]
    votes = Prefetch("votes", queryset=Vote.objects.select_related("member").order_by("voted_at", "pk"))
    rows = Proposal.objects.with_state().with_votes().select_related("proposed_by").prefetch_related(votes)
    proposal: Any = rows.filter(paper=paper).first()
    if proposal:
        # The page has fetched it with all that is shown.
        proposal.paper = paper
    waits = proposal and not proposal.is_scheduled
    return {
        "paper": paper,
        "proposal": proposal if waits else None,
        "places": None if waits else places_of(paper, user),
        "user": user,
        "request": context["request"],
        "next": f"{paper.get_absolute_url()}#queue",
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("sessions/_wanted_papers.html")
def wanted_papers() -> dict[str, Any]:
    """The papers that most members want to read, in a few queries."""
    wanted = Proposal.objects.in_queue().most_wanted().select_related("paper").prefetch_related("paper__identifiers")
    return {"wanted": list(wanted[:TOP])}


@register.filter
def vote_of(proposal: Proposal, user: Any) -> Vote | None:
    """The vote of `user`, from the votes that were fetched."""
    if not user.is_authenticated:
        return None
    return next((vote for vote in proposal.votes.all() if vote.member_id == user.pk), None)


@register.filter
def would_present(proposal: Proposal) -> list[str]:
    return [vote.member.display_name for vote in proposal.votes.all() if vote.would_present]


@register.filter
def voters(proposal: Proposal) -> list[str]:
    return [vote.member.display_name for vote in proposal.votes.all()]


@register.filter
def reasons(proposal: Proposal) -> list[Vote]:
    """The votes that say why."""
    return [vote for vote in proposal.votes.all() if vote.why_html]


@register.filter
def may_change_proposal(user: Any, proposal: Proposal) -> bool:
    return user.is_authenticated and may_edit_proposal(proposal, user)


@register.filter
def twins_of(paper: Paper, twins: dict[int, list[Presentation]]) -> list[Presentation]:
    """Presentations of other papers of the same title."""
    return twins.get(paper.pk, [])
