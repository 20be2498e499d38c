"""Taking a slot, giving it back, calling it off."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.models import Paper
from readinggroup.requests import MemberRequest
from sessions.access import editable_slot_or_404, gone_is_404, visible_session_or_404, visible_slot_or_404
from sessions.forms.slots import ClaimForm
from sessions.models import Presentation, SlotWaiter
from sessions.queries.queue import places_of
from sessions.queries.slots import free_sessions, sessions_with_slots
from sessions.services.presentations import (
    SlotTaken,
    cancel_presentation,
    release_presentation,
)
from sessions.services.slot_steps import why_not_free
from sessions.services.slots import claim_with_paper, open_another_slot

PER_PAGE = 20
JUST_OPENED = "The slots of this session changed a moment ago. Look at them, and press again if one more is needed."


@login_required
@require_safe
def slot_list(request: MemberRequest) -> HttpResponse:
    """Where one can present; with `?paper=` the slots are to be taken with it."""
    paper = _asked_paper(request)
    sessions = sessions_with_slots(request.user).for_listing(request.user)
    context = {
        "page": Paginator(sessions, PER_PAGE).get_page(request.GET.get("page")),
        "paper": paper,
        "places": places_of(paper, request.user) if paper else None,
    }
    return render(request, "sessions/slot_list.html", context)


@login_required
@gone_is_404
def slot_claim(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an open slot, with the paper or without; who comes too late reads who was faster and what else is free."""
    slot = visible_slot_or_404(request.user, pk)
    form = ClaimForm(
        request.POST if request.method == "POST" else None, member=request.user, suggested=_asked_paper(request)
    )
    is_mine = slot.status == Presentation.Status.CLAIMED and any(
        one.member_id == request.user.pk for one in slot.presenters.all()
    )
    if is_mine:
        return redirect(slot)
    offer = slot.standing_offer
    is_free = slot.status == Presentation.Status.OPEN and slot.is_coming
    is_free = is_free and (offer is None or offer.member_id == request.user.pk)
    taken = "" if is_free else why_not_free(slot)
    if request.method == "POST" and not taken and form.is_valid():
        # The session that the page showed: a slot that was moved meanwhile is another day's.
        slot.session_id = form.cleaned_data["session"] or slot.session_id
        try:
            claim_with_paper(slot, member=request.user, paper=form.chosen, named="" if form.chosen else form.named)
        except SlotTaken as error:
            slot, taken = error.presentation, str(error)
        else:
            messages.success(request, "The slot is yours. Add a summary and your slides when you have them.")
            return redirect(slot)
    context: dict[str, Any] = {"slot": slot, "form": form, "taken": taken, "offer": offer, "session": slot.session}
    if taken:
        form.is_valid()
        context |= _instead(request, slot, form)
    status = 409 if taken else 422 if form.errors else 200
    return render(request, "sessions/slot_claim.html", context, status=status if request.method == "POST" else 200)


def _instead(request: MemberRequest, slot: Presentation, form: ClaimForm) -> dict[str, Any]:
    """What else is free, and the choice to go on with."""
    suggested = str(form.suggested.pk) if form.suggested else ""
    return {
        "free": free_sessions(request.user),
        # As it was sent, so that nothing that was typed is lost.
        "carried": {"choice": request.POST.get("choice", suggested), "paper": request.POST.get("paper", "")},
        "carried_title": (form.chosen or form.suggested or request.POST.get("paper", "")),
        "waits": SlotWaiter.objects.filter(session=slot.session_id, member=request.user).exists(),
    }


@login_required
@gone_is_404
def slot_release(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a slot back, after a page that says what will happen; of several presenters one only leaves."""
    slot = editable_slot_or_404(request.user, pk)
    if slot.status == Presentation.Status.CLAIMED and not slot.may_move:
        messages.error(request, "This talk is over, so its slot cannot be given back.")
        return redirect(slot)
    people = list(slot.presenters.all())
    is_one_of_many = len(people) > 1 and any(one.member_id == request.user.pk for one in people)
    if request.method == "POST":
        release_presentation(slot, by=request.user, whole="whole" in request.POST)
        is_open = slot.status == Presentation.Status.OPEN
        messages.success(request, "The slot is open again." if is_open else "You present here no longer.")
        return redirect(slot.session or "sessions:session_list")
    if slot.status != Presentation.Status.CLAIMED:
        return redirect(slot)
    context = {
        "slot": slot,
        "session": slot.session,
        "others": [one.display_name for one in people if one.member_id != request.user.pk],
        "is_one_of_many": is_one_of_many,
        "is_mine": any(one.member_id == request.user.pk for one in people),
        "next_in_line": SlotWaiter.objects.filter(session=slot.session_id).in_line().select_related("member").first(),
        "has_slides": slot.slide_decks.exists(),
    }
    return render(request, "sessions/slot_release.html", context)


@login_required
@require_POST
@gone_is_404
def slot_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Call a talk off: its page stays and says so, and another slot opens."""
    slot = visible_slot_or_404(request.user, pk)
    _organisers_only(request)
    if slot.status != Presentation.Status.CLAIMED:
        messages.error(request, "Nobody has this slot, so there is nothing to call off.")
        return redirect(slot)
    cancel_presentation(slot, by=request.user)
    messages.success(request, "The talk is called off; its page says so.")
    return redirect(slot)


@login_required
@require_POST
def slot_add(request: MemberRequest, pk: int) -> HttpResponse:
    session = visible_session_or_404(request.user, pk)
    _organisers_only(request)
    if session.is_over or session.is_cancelled:
        messages.error(request, "This session is over or called off, so nobody could take the slot.")
        return redirect(session)
    if open_another_slot(session, seen=number_in(request, "seen")):
        messages.success(request, "One more slot is open.")
    else:
        messages.info(request, JUST_OPENED)
    return redirect(session)


def number_in(request: HttpRequest, name: str) -> int | None:
    """A number from the form; None for what is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _organisers_only(request: MemberRequest) -> None:
    if not request.user.is_organiser:
        raise Http404


def _asked_paper(request: HttpRequest) -> Paper | None:
    asked = request.GET.get("paper", "")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 10
    return Paper.objects.filter(pk=int(asked)).prefetch_related("identifiers").first() if is_number else None
