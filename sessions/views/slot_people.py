"""Who presents in a slot: assigning, co-presenters, and the line for a slot."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from readinggroup.models import Member
from readinggroup.requests import MemberRequest
from sessions.access import editable_slot_or_404, gone_is_404, visible_session_or_404, visible_slot_or_404
from sessions.forms.slots import AssignForm, MemberForm
from sessions.models import Presentation
from sessions.services.presentations import NotYours, SlotTaken
from sessions.services.slots import (
    NotWelcome,
    add_presenter,
    assign_slot,
    drop_presenter,
    join_slot,
    welcome_company,
)
from sessions.services.waiting import NoLine, join_line, leave_line


@login_required
@gone_is_404
def slot_assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a slot to a member, as an organiser."""
    slot = visible_slot_or_404(request.user, pk)
    if not request.user.is_organiser:
        raise Http404
    if slot.status not in (Presentation.Status.OPEN, Presentation.Status.CLAIMED) or not slot.is_coming:
        messages.error(request, "Only slots of sessions to come can be assigned.")
        return redirect(slot)
    form = AssignForm(request.POST if request.method == "POST" else None, initial={"seen": slot.claimed_by_id})
    taken = ""
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        # As the organiser saw it, not as it is by now.
        slot.claimed_by_id = seen
        slot.status = Presentation.Status.CLAIMED if seen else Presentation.Status.OPEN
        try:
            assigned = assign_slot(slot, member=form.cleaned_data["member"], by=request.user)
        except SlotTaken as error:
            slot, taken = error.presentation, str(error)
        else:
            messages.success(request, f"{form.cleaned_data['member']} presents, and gets a mail about it.")
            return redirect(assigned)
    context = {"slot": slot, "session": slot.session, "form": form, "taken": taken}
    return render(request, "sessions/slot_assign.html", context, status=409 if taken else 200)


@login_required
@gone_is_404
def slot_presenters(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether company is welcome, add a co-presenter, take one out."""
    slot = editable_slot_or_404(request.user, pk)
    if slot.status != Presentation.Status.CLAIMED or not slot.is_coming:
        messages.error(request, "Who presents can be changed here until the session is over.")
        return redirect(slot)
    form = MemberForm(but=_presenters_of(slot))
    if request.method == "POST":
        done = _change_presenters(request, slot)
        if isinstance(done, MemberForm):
            form = done
        else:
            is_still_mine = request.user.is_organiser or slot.presenters.filter(member=request.user).exists()
            return redirect("sessions:slot_presenters", slot.pk) if is_still_mine and done else redirect(slot)
    context = {"slot": slot, "session": slot.session, "form": form}
    return render(request, "sessions/slot_presenters.html", context, status=422 if form.errors else 200)


def _change_presenters(request: MemberRequest, slot: Presentation) -> MemberForm | bool:
    """Do what was asked for: whether something is left to change, or the form when it was not filled in well."""
    what = request.POST.get("do", "")
    if what in ("welcome", "alone"):
        welcome_company(slot, by=request.user, is_welcome=what == "welcome")
        is_welcome = slot.welcomes_company
        messages.success(request, "Members can join you with one click." if is_welcome else "You present as you are.")
        return True
    form = MemberForm(request.POST, also=_presenters_of(slot))
    if not form.is_valid():
        return form
    member: Member = form.cleaned_data["member"]
    try:
        if what == "remove":
            drop_presenter(slot, member=member, by=request.user)
            messages.success(request, f"{member} presents here no longer.")
        else:
            add_presenter(slot, member=member, by=request.user)
            messages.success(request, f"{member} presents too, and gets a mail about it.")
    except (NotWelcome, NotYours) as error:
        messages.error(request, str(error))
        return False
    slot.refresh_from_db()
    return slot.status == Presentation.Status.CLAIMED


def _presenters_of(slot: Presentation) -> list[int]:
    return [one.member_id for one in slot.presenters.all() if one.member_id]


@login_required
@require_POST
@gone_is_404
def slot_join(request: MemberRequest, pk: int) -> HttpResponse:
    """Present together with who looks for company."""
    slot = visible_slot_or_404(request.user, pk)
    try:
        join_slot(slot, member=request.user)
    except NotWelcome as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "You present this too.")
    return redirect(slot)


@login_required
@require_POST
def slot_wait(request: MemberRequest, pk: int) -> HttpResponse:
    """Wait for a slot of a session, or wait no longer."""
    session = visible_session_or_404(request.user, pk)
    if request.POST.get("do") == "leave":
        leave_line(session, member=request.user)
        messages.success(request, "You wait for no slot of this session any more.")
        return redirect(session)
    try:
        join_line(session, member=request.user)
    except NoLine as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "You are in line. When a slot is free, it is held for you, and you get a mail.")
    return redirect(session)
