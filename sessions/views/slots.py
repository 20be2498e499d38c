"""Taking a slot, and giving it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from papers.services.papers import add_paper
from readinggroup.requests import MemberRequest
from sessions.access import visible_presentation_or_404, visible_session_or_404
from sessions.forms import ClaimForm
from sessions.models import Presentation, Session
from sessions.services.presentations import (
    NotYours,
    SlotTaken,
    claim_presentation,
    open_slot,
    release_presentation,
)


@login_required
def slot_claim(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an open slot, with the paper or without; who comes too late reads who was faster and what else is free."""
    rows = Presentation.objects.filter(session__isnull=False).select_related("session__series").with_presenters()
    slot = visible_presentation_or_404(request.user, pk, rows)
    form = ClaimForm(request.POST or None)
    taken = None if slot.status == Presentation.Status.OPEN else str(SlotTaken(slot))
    if request.method == "POST" and not taken and form.is_valid():
        text = form.cleaned_data["paper"]
        paper = add_paper(text, added_by=request.user)[0] if text else None
        try:
            claim_presentation(slot, member=request.user, paper=paper)
        except SlotTaken as error:
            taken = str(error)
        else:
            messages.success(request, "The slot is yours. Add a summary and your slides when you have them.")
            return redirect(slot)
    free = Session.objects.visible_to(request.user).planned().upcoming().for_listing() if taken else []
    context = {
        "slot": slot,
        "form": form,
        "taken": taken,
        "free": [session for session in free if session.open_slots][:5],
    }
    return render(
        request, "sessions/slot_claim.html", context, status=409 if taken and request.method == "POST" else 200
    )


@login_required
@require_POST
def slot_release(request: MemberRequest, pk: int) -> HttpResponse:
    slot = visible_presentation_or_404(
        request.user, pk, Presentation.objects.with_presenters().select_related("session")
    )
    try:
        release_presentation(slot, by=request.user)
    except NotYours:
        raise Http404 from None
    messages.success(request, "The slot is open again.")
    return redirect(slot.session or "sessions:session_list")


@login_required
@require_POST
def slot_add(request: MemberRequest, pk: int) -> HttpResponse:
    session = visible_session_or_404(request.user, pk)
    if not request.user.is_organiser:
        raise Http404
    open_slot(session)
    messages.success(request, "One more slot is open.")
    return redirect(session)
