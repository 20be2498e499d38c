"""When the group meets."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.citing import asked_format, vary_on_accept
from readinggroup.requests import MemberRequest
from readinggroup.throttling import SENT_TWICE, is_sent_twice
from sessions.access import organisers_only, visible_session_or_404
from sessions.forms.sessions import MoveForm, SessionForm
from sessions.models import Session
from sessions.queries.attendance import people_shown, standing_of
from sessions.queries.sessions import session_neighbours
from sessions.services.sessions import add_session, cancel_session, edit_session, move_session, reinstate_session
from sessions.views.citing import session_citation

PER_PAGE = 20
SOON = 30


@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """The sessions to come, and behind them those that were, page by page."""
    seen = Session.objects.visible_to(request.user)
    page = Paginator(seen.past().for_listing(request.user), PER_PAGE).get_page(request.GET.get("page"))
    upcoming = list(seen.upcoming().for_listing(request.user)[: SOON + 1]) if page.number == 1 else []
    context = {"upcoming": upcoming[:SOON], "has_later": len(upcoming) > SOON, "page": page}
    return render(request, "sessions/session_list.html", context)


@require_safe
def session_detail(request: HttpRequest, pk: int) -> HttpResponse:
    if extension := asked_format(request):
        return session_citation(request, pk, extension)
    session = visible_session_or_404(request.user, pk, Session.objects.for_listing(request.user))
    context = {
        "session": session,
        "standing": standing_of(request.user, session),
        "people": people_shown(request.user, session),
        "neighbours": session_neighbours(session, request.user),
    }
    return vary_on_accept(render(request, "sessions/session_detail.html", context))


@login_required
def session_create(request: MemberRequest) -> HttpResponse:
    organisers_only(request.user)
    form = SessionForm(request.POST or None, initial={"host": request.user.pk})
    if request.method == "POST" and form.is_valid():
        if is_sent_twice(request):
            messages.info(request, SENT_TWICE)
            return redirect("sessions:session_list")
        session = _saved(form, lambda: add_session(**form.cleaned_data))
        if session:
            messages.success(request, "The session is planned.")
            _warn_of_overlap(request, session)
            return redirect(session)
    return render(
        request, "sessions/session_form.html", {"form": form, "heading": "Plan a session", "action": "Plan it"}
    )


@login_required
def session_edit(request: MemberRequest, pk: int) -> HttpResponse:
    organisers_only(request.user)
    session = visible_session_or_404(request.user, pk)
    form = SessionForm(request.POST or None, instance=session)
    if request.method == "POST" and form.is_valid():
        # What the form has written on the row it was given is not there yet as far as calendars know.
        row = visible_session_or_404(request.user, pk)
        if _saved(form, lambda: edit_session(row, **form.cleaned_data)):
            messages.success(request, "Saved.")
            _warn_of_overlap(request, row)
            return redirect(row)
    context = {"form": form, "session": session, "heading": "Edit the session", "action": "Save"}
    return render(request, "sessions/session_form.html", context)


@login_required
def session_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Another time or place, and why. What is over or called off stays where it was."""
    organisers_only(request.user)
    session = visible_session_or_404(request.user, pk, Session.objects.select_related("series"))
    if session.is_over or session.is_cancelled:
        messages.error(request, "This session is over or called off, so it stays when it was.")
        return redirect(session)
    form = MoveForm(request.POST or None, instance=session)
    # The form writes on its own row; what is told of a change is what the database has.
    row = visible_session_or_404(request.user, pk, Session.objects.select_related("series"))
    if request.method == "POST" and form.is_valid() and _saved(form, lambda: move_session(row, **form.moved)):
        messages.success(request, f"Moved to {row.day_text}, {row.time_text}. Those whom it concerns are told.")
        _warn_of_overlap(request, row)
        return redirect(row)
    return render(request, "sessions/session_move.html", {"form": form, "session": row})


@login_required
@require_POST
def session_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    organisers_only(request.user)
    session = visible_session_or_404(request.user, pk)
    cancel_session(session, reason=request.POST.get("reason", "").replace("\x00", "").strip()[:300])
    messages.success(request, "The session is cancelled; its page says so.")
    return redirect(session)


@login_required
@require_POST
def session_reinstate(request: MemberRequest, pk: int) -> HttpResponse:
    """Hold a session after all that was called off."""
    organisers_only(request.user)
    session = visible_session_or_404(request.user, pk)
    reinstate_session(session)
    messages.success(request, "The session takes place after all.")
    return redirect(session)


def _saved(form: SessionForm | MoveForm, save: Callable[[], Session]) -> Session | None:
    """Save; None, and a sentence in the form, when another session of the series took the time meanwhile."""
    try:
        with transaction.atomic():
            return save()
    except IntegrityError:
        form.add_error("starts_at", "The series has another session at that time.")
        return None


def _warn_of_overlap(request: MemberRequest, session: Session) -> None:
    others = Session.objects.visible_to(request.user).planned().at_the_time_of(session).select_related("series")[:3]
    if names := ", ".join(other.display_title for other in others):
        messages.warning(request, f"At the same time there is also: {names}.")
