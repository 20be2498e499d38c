"""Who comes to a session, and where one was."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.requests import MemberRequest
from sessions.access import visible_session_or_404
from sessions.models import Attendance, Session
from sessions.queries.attendance import came_count, own_counts, own_part_in, people_of, place_in_line, standing_of
from sessions.services.attendance import ANSWERS, reply_to_session, take_back_reply
from sessions.services.seats import RepliesClosed

PER_PAGE = 60
SESSIONS_PER_PAGE = 20
TAKE_BACK = "back"
SAID = {"yes": "See you there.", "maybe": "Noted.", "no": "Noted. We will miss you."}


@login_required
@require_POST
def session_reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Say whether one is coming, or take back what one said."""
    session = visible_session_or_404(request.user, pk)
    rsvp = request.POST.get("rsvp", "")
    try:
        if rsvp == TAKE_BACK:
            take_back_reply(session, member=request.user)
            messages.success(request, "Your reply is taken back.")
        elif rsvp in ANSWERS:
            messages.success(request, _said(reply_to_session(session, member=request.user, rsvp=rsvp), rsvp))
        else:
            messages.error(request, "Choose whether you are coming.")
    except RepliesClosed as error:
        messages.error(request, str(error))
    return redirect("home" if request.POST.get("from") == "home" else session)


def _said(attendance: Attendance, rsvp: str) -> str:
    if attendance.is_waiting:
        place = place_in_line(attendance) - 1
        before = f"{place} {'person waits' if place == 1 else 'people wait'} before you." if place else "You are next."
        return f"All seats are taken, so you are in line. {before} You get a mail when a seat is yours."
    return SAID[rsvp]


@login_required
@require_safe
def session_people(request: MemberRequest, pk: int) -> HttpResponse:
    """Everybody who comes, perhaps comes and waits; of a past session, who came."""
    session = visible_session_or_404(request.user, pk, Session.objects.select_related("series").with_attendance())
    came = came_count(session)
    page = Paginator(people_of(session, came=bool(came)), PER_PAGE).get_page(request.GET.get("page"))
    context = {"session": session, "standing": standing_of(request.user, session), "came": came, "page": page}
    return render(request, "sessions/session_people.html", context)


@login_required
@require_safe
def attendance_list(request: MemberRequest) -> HttpResponse:
    """The sessions that one was at, for oneself."""
    user = request.user
    rows = own_part_in(user)
    page = Paginator(rows, SESSIONS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sessions/attendance_list.html", {"page": page, "counts": own_counts(user)})
