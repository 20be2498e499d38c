"""What organisers see of what was told about a session, and what they have told."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.requests import MemberRequest
from readinggroup.throttling import is_too_often
from sessions.forms.telling import MessageForm
from sessions.models import Mailing, Session
from sessions.queries.telling import counts_of, mailings_of
from sessions.services.recipients import members_hoping
from sessions.services.telling import CannotTell, invite_now, send_again, write_to_those_who_come

PER_PAGE = 20
MESSAGES_AN_HOUR = 5
TOO_MANY = f"You have sent {MESSAGES_AN_HOUR} messages within an hour. Wait a little before the next."


@login_required
@require_safe
def session_told(request: MemberRequest, pk: int) -> HttpResponse:
    """Who was told what of a session."""
    session = _organised_or_404(request.user, pk)
    page = Paginator(mailings_of(session), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "session": session,
        "page": page,
        "rows": counts_of(list(page)),
        "hoping": members_hoping(session).count(),
        "may_tell": not session.is_over and not session.is_cancelled,
    }
    return render(request, "sessions/session_told.html", context)


@login_required
@require_POST
def session_invite(request: MemberRequest, pk: int) -> HttpResponse:
    session = _organised_or_404(request.user, pk)
    try:
        invite_now(session, by=request.user)
    except CannotTell as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The members are being invited; who has the invitation already gets no second one.")
    return redirect("sessions:session_told", pk=session.pk)


@login_required
def session_write(request: MemberRequest, pk: int) -> HttpResponse:
    """Write to those who come; pressing twice sends once."""
    session = _organised_or_404(request.user, pk)
    form = MessageForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (reason := _send(request.user, session, form.cleaned_data)):
        form.add_error(None, reason)
    elif form.is_bound and form.is_valid():
        messages.success(request, "Your message is on its way.")
        return redirect("sessions:session_told", pk=session.pk)
    context = {"session": session, "form": form, "hoping": members_hoping(session).count()}
    return render(request, "sessions/session_write.html", context)


@login_required
@require_POST
def mailing_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Try again what failed of a mailing."""
    if not request.user.is_organiser:
        raise Http404
    mailing = get_object_or_404(Mailing.objects.select_related("session"), pk=pk)
    count = send_again(mailing)
    messages.success(
        request, f"{count} mail{'' if count == 1 else 's'} will be tried again." if count else "Tried again."
    )
    return redirect("sessions:session_told", pk=mailing.session_id)


def _send(member: Any, session: Session, message: dict[str, str]) -> str:
    """Send a message; why it cannot be sent, or ""."""
    is_known = Mailing.objects.filter(event=f"session-{session.pk}-message-{message['key']}").exists()
    if not is_known and is_too_often("session-message", member.pk, limit=MESSAGES_AN_HOUR, seconds=3600):
        return TOO_MANY
    try:
        write_to_those_who_come(session, by=member, **message)
    except CannotTell as error:
        return str(error)
    return ""


def _organised_or_404(user: Any, pk: int) -> Session:
    if not user.is_organiser:
        raise Http404
    session: Session = get_object_or_404(Session.objects.select_related("series"), pk=pk)
    return session
