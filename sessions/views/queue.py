"""What to read next: the queue, its past, and proposing, voting, planning."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from papers.citations import csl_item
from papers.citing import citation_response
from papers.models import Paper
from readinggroup.requests import MemberRequest
from sessions.models import Proposal
from sessions.queries.queue import read_under_another_name, wanted_proposals, with_places
from sessions.services.queue import NotInQueue, take_back_vote, vote_for

PER_PAGE = 20
SORTS = {"": "most wanted", "newest": "newest"}
MOST_CITED = 200

#: What a button of a vote does; None leaves what was said about presenting.
VOTES = {"vote": None, "present": True, "listen": False}


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """The queue, most wanted first; narrowed to what nobody would present yet, to one's own, or by words."""
    chosen = {name: request.GET.get(name, "").replace("\x00", "").strip()[:200] for name in ("q", "sort", "show")}
    found = _narrow(Proposal.objects.in_queue(), chosen, request.user)
    in_order = found.newest() if chosen["sort"] == "newest" else found.most_wanted()
    page = Paginator(in_order.for_listing(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "chosen": chosen,
        "is_narrowed": bool(chosen["q"] or chosen["show"]),
        "twins": read_under_another_name([proposal.paper for proposal in page], request.user),
    }
    return render(request, "sessions/proposal_list.html", context)


def _narrow(proposals: Any, chosen: dict[str, str], user: Any) -> Any:
    found = proposals.search(chosen["q"])
    if chosen["show"] == "nobody":
        return found.nobody_would_present()
    if chosen["show"] == "mine" and user.is_authenticated:
        return found.volunteered_by(user)
    return found


@require_safe
def proposal_past(request: HttpRequest) -> HttpResponse:
    """What came of proposals: planned or read since; for members also what was put aside, and why."""
    scheduled = with_places(Proposal.objects.scheduled().with_votes(), request.user).order_by("-proposed_at", "-pk")
    page = Paginator(scheduled, PER_PAGE).get_page(request.GET.get("page"))
    aside: Any = []
    if request.user.is_authenticated and page.number == 1:
        aside = Proposal.objects.put_aside().with_votes().order_by("-put_aside_at").for_listing()[: PER_PAGE * 5]
    return render(request, "sessions/proposal_past.html", {"page": page, "aside": aside})


@login_required
@require_POST
def proposal_vote(request: MemberRequest, pk: int) -> HttpResponse:
    """One click: `do` says vote, take back, present, or rather listen. A script gets the changed part, a form the
    page from which it was sent."""
    proposal = get_object_or_404(Proposal.objects.select_related("paper"), pk=pk)
    do = request.POST.get("do", "")
    if do == "take_back":
        take_back_vote(proposal, member=request.user)
        said = "Your vote is taken back."
    elif do in VOTES:
        try:
            vote_for(proposal, member=request.user, would_present=VOTES[do])
        except NotInQueue as error:
            messages.info(request, str(error))
            return redirect(proposal)
        said = "Your vote counts, and the organisers see that you would present it." if VOTES[do] else ""
        said = said or "Your vote counts."
    else:
        said = "Choose whether you want to read it."
    if request.headers.get("HX-Request"):
        shown = get_object_or_404(Proposal.objects.with_votes().for_listing(), pk=pk)
        context = {"proposal": shown, "next": _next(request, proposal)}
        return render(request, "sessions/_proposal_votes.html", context)
    messages.success(request, said)
    return redirect(_next(request, proposal))


def _next(request: HttpRequest, proposal: Proposal) -> str:
    """The page of the site from which the form was sent."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return proposal.get_absolute_url()


@require_safe
def queue_citation(request: HttpRequest, extension: str) -> HttpResponse:
    """The papers of the queue as references, most wanted first."""
    wanted = list(wanted_proposals().values_list("paper", flat=True)[:MOST_CITED])
    papers = Paper.objects.for_card().in_bulk(wanted)
    return citation_response([csl_item(papers[pk]) for pk in wanted], extension, name="queue")
