"""Guests: asking to come, and the page that the key in their mails opens."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from readinggroup.throttling import is_too_often
from sessions.access import visible_session_or_404
from sessions.calendars.events import MEDIA_TYPE, calendar_of
from sessions.forms.guests import GuestForm
from sessions.models import Guest, Session
from sessions.queries.attendance import place_in_line, standing_of
from sessions.services.guests import GuestsNotWelcome, ask_as_guest, cancel_guest, confirm_guest
from sessions.services.seat_mails import as_guests_see, link_for
from sessions.services.seats import RepliesClosed
from sessions.telling_words import group_time

HOUR = 3600
#: Requests of one visitor and mails to one address in an hour, and mails to guests of the whole site.
FROM_ONE, TO_ONE, FROM_ALL = 10, 5, 200

View = Callable[..., HttpResponse]


def secret_page(view: View) -> View:
    """A page whose address is a key: kept by nobody, found by no search engine, told to no other site."""

    @wraps(view)
    def answer(request: HttpRequest, key: str) -> HttpResponse:
        guests = Guest.objects.known().select_related("session__series")
        response = view(request, get_object_or_404(guests, key=key))
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # With "no-referrer" browsers hide the origin of this page's own forms too, and Django refuses those.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return never_cache(answer)


@require_http_methods(["GET", "HEAD", "POST"])
def session_guest(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to come without an account; the answer is the same whether the address is known here or not."""
    rows = Session.objects.select_related("series").with_attendance().filter(welcomes_guests=True)
    session = visible_session_or_404(request.user, pk, rows)
    if request.user.is_authenticated or not session.takes_replies:
        return redirect(session)
    form = GuestForm(request.POST or None)
    is_asked = False
    if request.method == "POST" and form.is_valid():
        is_asked = _ask(request, session, form)
    context = {
        "session": session,
        "form": form,
        "is_asked": is_asked,
        "standing": standing_of(request.user, session),
        "when": group_time(session),
    }
    return render(request, "sessions/session_guest.html", context)


def _ask(request: HttpRequest, session: Session, form: GuestForm) -> bool:
    """Write the mail, unless somebody asks too often; False with a sentence in the form."""
    email = form.cleaned_data["email"].lower()
    counted = (
        ("guest-from", get_adapter(request).get_client_ip(request), FROM_ONE),
        ("guest-to", email, TO_ONE),
        ("guest-all", "site", FROM_ALL),
    )
    if any(is_too_often(what, who, limit=limit, seconds=HOUR) for what, who, limit in counted):
        form.add_error(None, "Too many people asked from here just now. Try again in an hour.")
        return False
    try:
        ask_as_guest(session, name=form.cleaned_data["name"], email=email)
    except (RepliesClosed, GuestsNotWelcome) as error:
        form.add_error(None, str(error))
        return False
    return True


@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_detail(request: HttpRequest, guest: Guest) -> HttpResponse:
    """A guest's own page: a press confirms, returns, or gives the seat up; looking does nothing."""
    if request.method == "POST":
        return _answer(request, guest)
    session = as_guests_see(guest.session)
    context = {
        "guest": guest,
        "session": session,
        "when": group_time(session),
        "place": place_in_line(guest) if guest.confirmed_at and guest.is_waiting else 0,
        "link": link_for(guest, session),
    }
    return render(request, "sessions/guest_detail.html", context)


def _answer(request: HttpRequest, guest: Guest) -> HttpResponse:
    if request.POST.get("answer") == "no":
        cancel_guest(guest)
        return _cancelled(request, guest)
    try:
        confirm_guest(guest)
    except (RepliesClosed, GuestsNotWelcome) as error:
        messages.error(request, str(error))
    return redirect(guest)


# A mail program's single click brings no token of a form: the key stands for the guest (RFC 8058, section 3.1).
@csrf_exempt
@secret_page
@require_http_methods(["GET", "HEAD", "POST"])
def guest_cancel(request: HttpRequest, guest: Guest) -> HttpResponse:
    """Where the link in mails leads that ends them: looking asks, a press gives up the seat."""
    if request.method == "POST":
        cancel_guest(guest)
        return _cancelled(request, guest)
    return render(request, "sessions/guest_cancel.html", {"guest": guest, "session": guest.session, "is_over": False})


def _cancelled(request: HttpRequest, guest: Guest) -> HttpResponse:
    guest = Guest.objects.select_related("session__series").filter(pk=guest.pk).first() or guest
    context: dict[str, Any] = {"guest": guest, "session": guest.session, "is_over": True}
    return render(request, "sessions/guest_cancel.html", context)


@secret_page
@require_safe
def guest_calendar(request: HttpRequest, guest: Guest) -> HttpResponse:
    """The session for a guest's calendar, as everybody sees it: calendars are copied to where a link must not go."""
    if not guest.confirmed_at:
        raise Http404
    session = as_guests_see(guest.session)
    content = calendar_of([session], name=session.display_title)
    response = HttpResponse(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="session.ics"'
    return response
