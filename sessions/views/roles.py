"""Roles of a session: taking one, giving it back, contributing, choosing which there are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.services.papers import add_paper
from readinggroup.requests import MemberRequest
from sessions.access import visible_session_or_404
from sessions.forms.presentations import describe_papers
from sessions.forms.roles import ContributionForm, RolePlayForm, fingerprint
from sessions.models import RoleAssignment, Session
from sessions.models.series import Format
from sessions.queries.roles import paper_of, role_plays, roles_in_use
from sessions.run_sheet import run_sheet
from sessions.services.presentations import NotYours
from sessions.services.role_contributions import (
    ContributionChangedMeanwhile,
    add_role_slides,
    contribute_to_role,
    remove_role_slides,
)
from sessions.services.roles import (
    HasContribution,
    PlaysAlready,
    RolesClosed,
    RoleTaken,
    choose_roles,
    claim_role,
    may_contribute,
    release_role,
)
from sessions.services.slide_decks import DeckRefused, accepted_formats


@require_safe
def role_list(request: HttpRequest) -> HttpResponse:
    """What the roles are, for whoever plays one for the first time."""
    coming = role_plays().visible_to(request.user).upcoming().select_related("series").first()
    return render(request, "sessions/role_list.html", {"roles": roles_in_use(), "coming": coming})


@login_required
def role_claim(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Take a role; who comes too late reads who was faster and what else is free."""
    assignment = _assignment_or_404(request, pk, slug)
    taken, other = "", None
    if request.method == "POST":
        try:
            claim_role(assignment, member=request.user, instead="instead" in request.POST)
        except (RoleTaken, RolesClosed, HasContribution) as error:
            taken = str(error)
        except PlaysAlready as error:
            other = error.assignment
        else:
            messages.success(request, f"You are the {assignment.role.name}. Enjoy the paper.")
            return redirect(assignment)
    elif not assignment.is_free and assignment.member_id != request.user.pk:
        taken = str(RoleTaken(assignment)).replace("was a moment faster and is", "is")
    everybody = list(assignment.session.role_assignments.select_related("role", "member").in_order())
    is_open = not (assignment.session.is_over or assignment.session.is_cancelled)
    context = {
        "assignment": assignment,
        "session": assignment.session,
        "taken": taken,
        "other": other,
        "is_mine": assignment.member_id == request.user.pk,
        "assignments": everybody,
        "free": [one for one in everybody if one.is_free] if is_open else [],
        "is_open": is_open,
    }
    status = 409 if taken or other else 200
    return render(request, "sessions/role_claim.html", context, status=status if request.method == "POST" else 200)


@login_required
@require_POST
def role_release(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    assignment = _assignment_or_404(request, pk, slug)
    try:
        release_role(assignment, by=request.user)
    except NotYours:
        raise Http404 from None
    except (HasContribution, RolesClosed) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"The {assignment.role.name} is free again.")
    return redirect(assignment)


@login_required
def role_contribution(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Write notes, add slides and code to a role; for its player and organisers."""
    assignment = _assignment_or_404(request, pk, slug)
    if not may_contribute(assignment, request.user) or assignment.is_free:
        raise Http404
    sent = request.method == "POST"
    form = ContributionForm(request.POST if sent else None, request.FILES if sent else None, assignment=assignment)
    theirs = ""
    if sent and form.is_valid():
        try:
            _save_contribution(assignment, form, request)
        except DeckRefused as error:
            form.add_error("file" if form.cleaned_data["file"] else "address", str(error))
        except ContributionChangedMeanwhile as error:
            theirs = error.assignment.contribution_html
            form.data = {**request.POST.dict(), "before": fingerprint(error.assignment.contribution)}
            form.add_error(
                "notes", "Somebody changed these notes meanwhile: theirs stand below, yours above. Join them."
            )
        else:
            messages.success(request, "Saved. It stands on the session's page.")
            return redirect(assignment)
    context = {"assignment": assignment, "session": assignment.session, "form": form, "theirs": theirs}
    context["accept"] = ",".join(f".{extension}" for extension in accepted_formats())
    return render(request, "sessions/role_contribution.html", context, status=409 if theirs else 200)


@login_required
def session_roles(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose a session's roles, their order and minutes, and who plays them; for organisers."""
    if not request.user.is_organiser:
        raise Http404
    session = visible_session_or_404(request.user, pk, Session.objects.select_related("series", "role_play"))
    if session.format != Format.ROLE_PLAY:
        raise Http404
    role_play = getattr(session, "role_play", None)
    paper = paper_of(session)
    kept = paper if role_play and role_play.paper_id else None
    known = describe_papers([kept]) if kept else ""
    form = RolePlayForm(request.POST or None, session=session, instance=role_play, paper_text=known)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["paper_text"]
        complaints = choose_roles(
            session,
            form.choices(),
            paper=add_paper(text, added_by=request.user)[0]
            if text and text != known
            else kept
            if text == known
            else None,
            intro_minutes=form.cleaned_data["intro_minutes"],
            discussion_minutes=form.cleaned_data["discussion_minutes"],
        )
        for complaint in complaints:
            messages.warning(request, complaint)
        messages.success(request, "Saved. Members can take the free roles now.")
        return redirect(f"{session.get_absolute_url()}#roles")
    context = {"session": session, "form": form, "paper": paper, "is_new": role_play is None}
    return render(request, "sessions/session_roles.html", context)


@require_safe
def session_run(request: HttpRequest, pk: int) -> HttpResponse:
    """The run sheet, with a timer for the projector."""
    return render(request, "sessions/session_run.html", _sheet_or_404(request, pk))


@require_safe
def session_packet(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that one takes along, on paper."""
    context = _sheet_or_404(request, pk)
    return render(request, "sessions/session_packet.html", {**context, "paper": paper_of(context["session"])})


def _sheet_or_404(request: HttpRequest, pk: int) -> dict[str, Any]:
    rows = Session.objects.select_related("series", "role_play", "host")
    session = visible_session_or_404(request.user, pk, rows)
    if session.format != Format.ROLE_PLAY:
        raise Http404
    assignments = list(session.role_assignments.select_related("role", "member").in_order())
    return {"session": session, "assignments": assignments, "sheet": run_sheet(session, assignments)}


@transaction.atomic
def _save_contribution(assignment: RoleAssignment, form: ContributionForm, request: MemberRequest) -> None:
    """Slides first: a refused file leaves the notes in the form, where they are not lost."""
    data = form.cleaned_data
    if data["before"] != fingerprint(assignment.contribution):
        raise ContributionChangedMeanwhile(assignment)
    if data.get("is_without_slides"):
        remove_role_slides(assignment)
    if data["file"] or data["address"]:
        add_role_slides(assignment, file=data["file"], address=data["address"], uploaded_by=request.user)
    contribute_to_role(assignment, notes=data["notes"], code_url=data["code_url"], before=assignment.contribution)


def _assignment_or_404(request: HttpRequest, pk: int, slug: str) -> RoleAssignment:
    rows = RoleAssignment.objects.visible_to(request.user).for_cards().select_related("session__series")
    assignment: RoleAssignment = get_object_or_404(rows, session=pk, role__slug=slug)
    return assignment
