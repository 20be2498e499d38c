"""Proposing a paper, and what its proposer and organisers change."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from papers.models import Paper
from readinggroup.requests import MemberRequest
from sessions.forms.queue import PlanForm, ProposalEditForm, ProposeForm, PutAsideForm
from sessions.models import Proposal, Vote
from sessions.queries.queue import places_of, read_under_another_name
from sessions.services.presentations import SlotTaken
from sessions.services.queue import (
    AlreadyPlanned,
    AlreadyRead,
    bring_back,
    edit_proposal,
    may_edit_proposal,
    propose_paper,
    put_aside,
)
from sessions.services.slots import assign_slot


@login_required
def proposal_create(request: MemberRequest) -> HttpResponse:
    """Propose a pasted paper, or with `paper` in the address one that is here. A paper that was read, under this name
    or another, is shown with its session, and proposed again only by a tick and a reason."""
    paper = _asked_paper(request)
    form = ProposeForm(request.POST or None, paper=paper, initial={"text": request.GET.get("text", "")[:2000]})
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form, paper, status=422 if form.errors else 200)
    paper = form.found
    if paper and not _means_it(form, paper, request.user):
        return _ask(request, form, paper, status=409)
    named = form.paper(added_by=request.user)
    try:
        proposal, is_new = propose_paper(
            named, proposed_by=request.user, why=form.cleaned_data["why"], again=form.cleaned_data["again"]
        )
    except (AlreadyPlanned, AlreadyRead):
        return _ask(request, form, named, status=409)
    _say(request, proposal, is_new=is_new, has_reason=bool(form.cleaned_data["why"].strip()))
    return redirect(proposal)


def _asked_paper(request: HttpRequest) -> Paper | None:
    asked = request.POST.get("paper") or request.GET.get("paper", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    paper: Paper = get_object_or_404(Paper.objects.visible_to(request.user).for_card(), pk=int(asked))
    return paper


def _means_it(form: ProposeForm, paper: Paper, member: Any) -> bool:
    """Whether a paper that was read under another name is proposed with a tick and a reason, or needs neither."""
    in_queue = Proposal.objects.in_queue().filter(paper=paper).exists()
    if in_queue or not (places_of(paper, member) or read_under_another_name([paper], member)):
        return True
    return bool(form.cleaned_data["again"] and form.cleaned_data["why"].strip())


def _ask(request: MemberRequest, form: ProposeForm, paper: Paper | None, *, status: int) -> HttpResponse:
    """The form, with all that is known about the paper."""
    places = places_of(paper, request.user) if paper else None
    twins = read_under_another_name([paper], request.user).get(paper.pk, []) if paper else []
    in_queue = paper and Proposal.objects.in_queue().filter(paper=paper).first()
    was_read = bool((places or twins) and not in_queue)
    if paper and (was_read or "text" not in form.fields):
        data = request.POST or None
        form = ProposeForm(data, paper=paper, asks_again=was_read)
        if request.method == "POST" and was_read and form.is_valid():
            if not form.cleaned_data["again"]:
                form.add_error("again", "Tick this if the group should read it once more.")
            if not form.cleaned_data["why"].strip():
                form.add_error("why", "Say why it is worth reading once more.")
    context = {
        "form": form,
        "paper": paper,
        "places": places,
        "twins": twins,
        "proposal": in_queue,
        "is_planned": bool(places and places.are_to_come),
        "was_read": was_read,
    }
    return render(request, "sessions/proposal_create.html", context, status=status)


def _say(request: HttpRequest, proposal: Proposal, *, is_new: bool, has_reason: bool) -> None:
    if proposal.put_aside_at:
        because = f": {proposal.put_aside_because}" if proposal.put_aside_because else ""
        messages.info(request, f"It was put aside{because}. Your vote is kept, and the organisers see it.")
    elif is_new:
        messages.success(request, "It is in the queue, with your vote.")
    elif has_reason:
        messages.success(request, "It was in the queue already. Your vote counts, and your reason stands there too.")
    else:
        messages.success(request, "It was in the queue already. Your vote counts.")


@login_required
def proposal_edit(request: MemberRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(Proposal.objects.select_related("paper"), pk=pk)
    if not may_edit_proposal(proposal, request.user):
        raise Http404
    form = ProposalEditForm(request.POST or None, initial={"why": proposal.why})
    if request.method == "POST" and form.is_valid():
        edit_proposal(proposal, why=form.cleaned_data["why"])
        messages.success(request, "Saved.")
        return redirect(proposal)
    status = 422 if form.errors else 200
    return render(request, "sessions/proposal_edit.html", {"form": form, "proposal": proposal}, status=status)


@login_required
def proposal_put_aside(request: MemberRequest, pk: int) -> HttpResponse:
    """Organisers say why something is not read for now."""
    _organisers_only(request)
    proposal = get_object_or_404(Proposal.objects.select_related("paper"), pk=pk)
    form = PutAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if put_aside(proposal, because=form.cleaned_data["because"]):
            messages.success(request, "Put aside, with its votes. You can bring it back.")
        else:
            messages.info(request, "It was put aside already.")
        return redirect("sessions:proposal_past")
    status = 422 if form.errors else 200
    return render(request, "sessions/proposal_put_aside.html", {"form": form, "proposal": proposal}, status=status)


@login_required
@require_POST
def proposal_bring_back(request: MemberRequest, pk: int) -> HttpResponse:
    _organisers_only(request)
    proposal = get_object_or_404(Proposal.objects.select_related("paper"), pk=pk)
    bring_back(proposal)
    messages.success(request, "It is in the queue again.")
    return redirect("sessions:proposal_list")


@login_required
def proposal_plan(request: MemberRequest, pk: int) -> HttpResponse:
    """Organisers give a paper of the queue to a member, in an open slot."""
    _organisers_only(request)
    votes = Prefetch("votes", queryset=Vote.objects.select_related("member").order_by("voted_at"))
    rows = Proposal.objects.with_state().select_related("paper", "proposed_by").prefetch_related(votes)
    proposal = get_object_or_404(rows, pk=pk)
    form = PlanForm(request.POST or None, proposal=proposal, organiser=request.user)
    if request.method == "POST" and form.is_valid():
        slot, member = form.cleaned_data["slot"], form.cleaned_data["member"]
        try:
            assign_slot(slot, member=member, paper=proposal.paper, by=request.user)
        except SlotTaken as error:
            form.add_error("slot", str(error))
        else:
            messages.success(request, f"{member.display_name} presents it on {slot.session.day_text}.")
            return redirect(slot)
    status = 422 if form.errors else 200
    return render(request, "sessions/proposal_plan.html", {"form": form, "proposal": proposal}, status=status)


def _organisers_only(request: MemberRequest) -> None:
    if not request.user.is_organiser:
        raise Http404
