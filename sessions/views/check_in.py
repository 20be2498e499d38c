"""Who is there: members say so, organisers and hosts tick it at the door."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from readinggroup.models import Member
from readinggroup.requests import MemberRequest
from sessions.access import visible_session_or_404
from sessions.models import Session
from sessions.qr_code import qr_path
from sessions.queries.attendance import came_count, door_guests, door_members, found_members
from sessions.services.check_in import CheckInClosed, check_in, count_unnamed, tick_guest, tick_member

PER_PAGE = 60


@login_required
def session_here(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that one is there; where the code on the projector leads."""
    session = visible_session_or_404(request.user, pk, Session.objects.select_related("series"))
    if request.method == "POST":
        try:
            check_in(session, member=request.user)
        except CheckInClosed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Good to see you.")
        return redirect("home" if request.POST.get("from") == "home" else session)
    is_here = session.attendances.attended().filter(member=request.user).exists()
    return render(request, "sessions/session_here.html", {"session": session, "is_here": is_here})


@login_required
@require_safe
def session_poster(request: MemberRequest, pk: int) -> HttpResponse:
    """A page for the projector: its code leads to the button “I am here”."""
    session = _session_at_the_door(request.user, pk)
    address = settings.SITE_URL + reverse("sessions:session_here", args=[session.pk])
    path, size = qr_path(address)
    context = {"session": session, "address": address, "path": path, "size": size}
    return render(request, "sessions/session_poster.html", context)


@login_required
def session_check_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Tick who is there: who replied first, others by searching, guests, and people whom nobody knows by number."""
    session = _session_at_the_door(request.user, pk)
    if request.method == "POST":
        anchor = _tick(request, session)
        return redirect(f"{request.get_full_path()}{anchor}")
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    page = Paginator(door_members(session), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "session": session,
        "q": words,
        "found": found_members(session, words) if words else [],
        "page": page,
        "guests": door_guests(session) if page.number == 1 and not words else [],
        "came": came_count(session),
    }
    return render(request, "sessions/session_check_in.html", context)


def _session_at_the_door(user: Any, pk: int) -> Session:
    """For organisers and the host; anybody else gets a 404."""
    session = visible_session_or_404(user, pk, Session.objects.select_related("series"))
    if not user.is_organiser and session.host_id != user.pk:
        raise Http404
    return session


def _tick(request: MemberRequest, session: Session) -> str:
    """Do what was pressed; return where on the page it was."""
    is_here = request.POST.get("here") == "yes"
    if member := _number(request, "member"):
        tick_member(session, member=get_object_or_404(Member.objects.active(), pk=member), is_here=is_here)
        return f"#member-{member}"
    if guest := _number(request, "guest"):
        tick_guest(get_object_or_404(session.guests.confirmed(), pk=guest), is_here=is_here)
        return f"#guest-{guest}"
    seen, step = _number(request, "seen"), {"more": 1, "less": -1}.get(request.POST.get("unnamed", ""), 0)
    if step and not count_unnamed(session, seen=seen, step=step):
        messages.warning(
            request, "Somebody else changed the number a moment ago. Look at it, and press again if needed."
        )
    return "#unnamed"


def _number(request: MemberRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
