"""Series: what meets regularly, and how organisers set it up."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from readinggroup.requests import MemberRequest
from readinggroup.throttling import SENT_TWICE, is_sent_twice
from sessions.access import organisers_only
from sessions.forms.series import PauseFormSet, SeriesForm, pause_forms
from sessions.models import Series, Session
from sessions.scheduling import days_of, in_words, moments_on
from sessions.services.series import Followed, add_series, edit_series, go_on_with_series, stop_series

PER_PAGE = 20
SOON = 30
NEXT_DATES = 12


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    """What meets regularly. Series with sessions for members only are the members' business."""
    rows = Series.objects.visible_to(request.user).with_next_session(request.user).prefetch_related("pauses")
    today = timezone.localdate()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    told = [(series, in_words(series, today=today)) for series in page.object_list]
    return render(request, "sessions/series_list.html", {"page": page, "told": told})


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = _visible_or_404(request, slug)
    seen = Session.objects.visible_to(request.user).filter(series=series)
    page = Paginator(seen.past().for_listing(request.user), PER_PAGE).get_page(request.GET.get("page"))
    upcoming = list(seen.upcoming().for_listing(request.user)[: SOON + 1]) if page.number == 1 else []
    context = {
        "series": series,
        "words": in_words(series, today=timezone.localdate()),
        "upcoming": upcoming[:SOON],
        "has_later": len(upcoming) > SOON,
        "page": page,
        "has_calendar": Series.objects.visible_to_everybody().filter(pk=series.pk).exists(),
    }
    return render(request, "sessions/series_detail.html", context)


@login_required
def series_create(request: MemberRequest) -> HttpResponse:
    organisers_only(request.user)
    return _form_page(request, None)


@login_required
def series_edit(request: MemberRequest, slug: str) -> HttpResponse:
    organisers_only(request.user)
    return _form_page(request, get_object_or_404(Series.objects.prefetch_related("pauses"), slug=slug))


@login_required
@require_POST
def series_stop(request: MemberRequest, slug: str) -> HttpResponse:
    """Make no more sessions, or go on."""
    organisers_only(request.user)
    series = get_object_or_404(Series, slug=slug)
    if request.POST.get("go_on"):
        made = go_on_with_series(series)
        messages.success(request, f"{series.name} goes on; {_count(len(made), 'new session')}.")
    else:
        stop_series(series)
        messages.success(request, "No more sessions are made. Those that are planned stay.")
    return redirect(series)


def _form_page(request: MemberRequest, series: Series | None) -> HttpResponse:
    form = SeriesForm(request.POST or None, instance=series)
    pauses = pause_forms(series, request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid() and pauses.is_valid():
        if "preview" in request.POST:
            preview = _preview(series, form, pauses)
        else:
            return _save(request, series, form, pauses)
    context = {
        # A form that was looked at holds what was typed, not what is saved.
        "series": Series.objects.get(pk=series.pk) if series else None,
        "form": form,
        "pauses": pauses,
        "preview": preview,
        "sections": _sections(form),
    }
    return render(request, "sessions/series_form.html", context)


def _sections(form: SeriesForm) -> list[tuple[str, list[Any]]]:
    """The fields below the rule, under their headings."""
    parts = {
        "Time": ["starts_at", "duration_minutes", "time_zone", "starts_on", "ends_on"],
        "Place": ["place", "meeting_url"],
        "What happens": ["format", "slots", "capacity", "host", "visibility"],
        "How far ahead": ["weeks_ahead", "invite_days"],
    }
    return [(heading, [form[name] for name in names]) for heading, names in parts.items()]


@dataclass(frozen=True)
class Preview:
    """The next days of a series that is being set up, and what would become of the sessions that there are."""

    words: str
    dates: list[tuple[date, datetime]]
    followed: Followed | None


def _preview(series: Series | None, form: SeriesForm, pauses: PauseFormSet) -> Preview:
    """Try it and take it back: what is shown is what saving does."""
    with transaction.atomic():
        if series is None:
            tried, followed = add_series(pauses=pauses.pauses, **form.series_values)[0], None
        else:
            tried = Series.objects.get(pk=series.pk)
            followed = edit_series(tried, pauses=pauses.pauses, **form.series_values)
        today = timezone.localdate()
        tried = Series.objects.prefetch_related("pauses").get(pk=tried.pk)
        days = days_of(tried, today, date.max)[:NEXT_DATES]
        dates = [(day, moments_on(tried, day)[0].astimezone(tried.zone)) for day in days]
        words = str(in_words(tried, today=today))
        transaction.set_rollback(True)
    return Preview(words, dates, followed)


def _save(request: MemberRequest, series: Series | None, form: SeriesForm, pauses: PauseFormSet) -> HttpResponse:
    if series is None:
        if is_sent_twice(request):
            messages.info(request, SENT_TWICE)
            return redirect("sessions:series_list")
        series, made = add_series(pauses=pauses.pauses, **form.series_values)
        messages.success(request, f"{series.name} is founded; {_count(len(made), 'session')} to come.")
        return redirect(series)
    series = Series.objects.get(pk=series.pk)
    followed = edit_series(series, pauses=pauses.pauses, **form.series_values)
    done = [
        _count(len(rows), "session") + f" {what}"
        for rows, what in ((followed.made, "made"), (followed.changed, "changed"), (followed.removed, "taken away"))
        if rows
    ]
    messages.success(request, f"Saved; {', '.join(done)}." if done else "Saved.")
    if followed.kept:
        days = ", ".join(session.day_text for session in followed.kept)
        messages.warning(request, f"These stay as they are, since somebody has touched them: {days}.")
    return redirect(series)


def _visible_or_404(request: HttpRequest, slug: str) -> Series:
    rows = Series.objects.visible_to(request.user).select_related("host").prefetch_related("pauses")
    series = rows.filter(slug=slug).first()
    if series is None:
        raise Http404
    return series


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else f"no {what}"
