"""Calendars to subscribe to: the group's, a series', a session's, and a member's own at a secret address."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.http import conditional_page, require_POST, require_safe

from readinggroup.cache import unchanged_since
from readinggroup.requests import MemberRequest
from sessions.access import visible_session_or_404
from sessions.calendars.events import MEDIA_TYPE, calendar_of
from sessions.models import CalendarKey, Series, Session
from sessions.services.calendars import calendar_key, reset_calendar_key

#: What is longer past is in the archive.
BACK = timedelta(days=366)


@require_safe
@conditional_page
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Every public session of the past year and of all the time to come."""
    return _answer(request, _sessions(None), name=settings.SITE_NAME)


@require_safe
@conditional_page
def series_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Those of one series; whether one exists that meets for members only is nobody else's business."""
    series = get_object_or_404(Series.objects.visible_to_everybody(), slug=slug)
    return _answer(request, _sessions(None).filter(series=series), name=series.name)


@require_safe
@conditional_page
def session_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, to be kept; members find the meeting link in it."""
    session = visible_session_or_404(request.user, pk)
    member = request.user if request.user.is_authenticated else None
    rows = Session.objects.for_calendar(member).filter(pk=session.pk)
    return _answer(request, rows, name=session.display_title, reader=member)


@require_safe
@conditional_page
def member_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """A member's own: sessions for members too, with meeting links, and what one does there."""
    owner = get_object_or_404(CalendarKey.objects.select_related("member"), key=key, member__is_active=True).member
    return _answer(request, _sessions(owner), name=settings.SITE_NAME, reader=owner)


@login_required
@require_safe
def calendar_edit(request: MemberRequest) -> HttpResponse:
    """Where one's own calendar is."""
    return render(request, "sessions/calendar_edit.html", {"key": calendar_key(request.user).key})


@login_required
@require_POST
def calendar_reset(request: MemberRequest) -> HttpResponse:
    reset_calendar_key(request.user)
    messages.success(request, "Your calendar has a new address; the old one is empty from now on.")
    return redirect("sessions:calendar_edit")


def _sessions(member: Any) -> Any:
    return Session.objects.for_calendar(member).filter(ends_at__gt=timezone.now() - BACK)


def _answer(request: HttpRequest, sessions: Any, *, name: str, reader: Any = None) -> HttpResponse:
    content = calendar_of(sessions.order_by("starts_at", "pk"), name=name, reader=reader)
    response = HttpResponse(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Cache-Control"] = "private, no-cache" if reader else "public, max-age=300"
    reader_key = f"{reader.pk}" if reader else ""
    response.headers["Last-Modified"] = http_date(unchanged_since(f"{request.path} {reader_key}", content).timestamp())
    return response
