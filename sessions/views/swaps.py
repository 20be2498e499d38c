"""Changing places with another presenter, or moving to an open slot."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from readinggroup.requests import MemberRequest
from sessions.access import editable_slot_or_404, gone_is_404, visible_slot_or_404
from sessions.forms.slots import SwapForm
from sessions.models import Presentation, SlotSwap
from sessions.queries.slots import free_sessions, open_swaps, talks_to_swap_with
from sessions.services.presentations import NotYours, SlotTaken
from sessions.services.swaps import (
    LAPSED,
    CannotSwap,
    answer_swap,
    ask_swap,
    move_presentation,
    withdraw_swap,
)

PER_PAGE = 20
ANSWERED = {
    SlotSwap.Status.AGREED: "Swapped. Both presentations have changed their day.",
    SlotSwap.Status.DECLINED: "Declined. Everything stays as it was.",
    SlotSwap.Status.WITHDRAWN: "Taken back. Everything stays as it was.",
    SlotSwap.Status.LAPSED: LAPSED,
}


@login_required
@gone_is_404
def slot_swap(request: MemberRequest, pk: int) -> HttpResponse:
    """Move one's talk to an open slot, or ask another presenter to change places."""
    slot = editable_slot_or_404(request.user, pk)
    if not slot.may_move:
        messages.error(request, "This talk is not to come, so it cannot be moved.")
        return redirect(slot)
    form = SwapForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = _move_or_ask(request, slot, form)
        if answer is not None:
            return answer
    is_presenter = any(one.member_id == request.user.pk for one in slot.presenters.all())
    swaps = is_presenter and slot.is_coming
    talks = talks_to_swap_with(slot, request.user) if swaps else Presentation.objects.none()
    context = {
        "slot": slot,
        "session": slot.session,
        "form": form,
        "free": free_sessions(request.user, but=slot.session),
        "page": Paginator(talks, PER_PAGE).get_page(request.GET.get("page")),
        "swaps": open_swaps(slot),
        "is_presenter": swaps,
    }
    return render(request, "sessions/slot_swap.html", context, status=409 if request.method == "POST" else 200)


def _move_or_ask(request: MemberRequest, slot: Presentation, form: SwapForm) -> HttpResponse | None:
    """Do it and lead on; None, with a sentence to read, when it cannot be done."""
    wanted = visible_slot_or_404(request.user, form.cleaned_data["wanted"])
    is_open = wanted.status == Presentation.Status.OPEN
    # The session that the page showed: where the slot is by now may be another day.
    wanted.session_id = form.cleaned_data["session"] or wanted.session_id
    try:
        if is_open:
            move_presentation(slot, wanted, by=request.user)
            messages.success(request, f"Moved to {slot.session.day_text if slot.session else 'another day'}.")
            return redirect(slot)
        swap = ask_swap(slot, wanted, by=request.user, message=form.cleaned_data["message"].strip())
    except (SlotTaken, CannotSwap, NotYours) as error:
        messages.error(request, str(error))
        return None
    messages.success(request, "Asked. You hear when they answer.")
    return redirect("sessions:swap_detail", swap.pk)


@login_required
@gone_is_404
def swap_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """A request to swap, with what would change, for its people and organisers."""
    rows = SlotSwap.objects.select_related("asked_by", "answered_by", "given__session", "wanted__session")
    swap: SlotSwap = get_object_or_404(rows, pk=pk)
    is_theirs = swap.wanted.presenters.filter(member=request.user).exists()
    is_mine = swap.asked_by_id == request.user.pk
    if not (is_theirs or is_mine or request.user.is_organiser):
        raise Http404
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        try:
            if answer == "withdraw":
                swap = withdraw_swap(swap, by=request.user)
            elif answer in ("agree", "decline"):
                swap = answer_swap(swap, by=request.user, agrees=answer == "agree")
        except NotYours as error:
            raise Http404 from error
        if sentence := ANSWERED.get(SlotSwap.Status(swap.status)):
            is_bad = swap.status == SlotSwap.Status.LAPSED
            (messages.warning if is_bad else messages.success)(request, sentence)
        return redirect("sessions:swap_detail", swap.pk)
    is_waiting = swap.status == SlotSwap.Status.ASKED
    context = {"swap": swap, "is_theirs": is_theirs, "is_mine": is_mine, "is_waiting": is_waiting}
    return render(request, "sessions/swap_detail.html", context)
