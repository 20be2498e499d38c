"""The term at a glance, for organisers: what is missing, who is due, and what to do about it in place."""

import csv
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from readinggroup.models import Member
from readinggroup.requests import MemberRequest
from sessions.access import organisers_only, visible_presentation_or_404, visible_session_or_404
from sessions.forms.term import TermForm
from sessions.models import Presentation
from sessions.queries.board import BoardLine, fairness_board, suggestions
from sessions.queries.term import (
    MOST_SESSIONS,
    SlotOnOffer,
    TermRow,
    failed_jobs,
    sessions_of_term,
    term_rows,
)
from sessions.services.giving import mark_as_given
from sessions.services.organising import give_slot, remind_presenters
from sessions.services.presentations import SlotTaken
from sessions.services.slots import open_another_slot
from sessions.views.slots import JUST_OPENED, number_in

BOARD_PER_PAGE = 40
#: A spreadsheet takes what begins so for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@login_required
@require_safe
def organise(request: MemberRequest) -> HttpResponse:
    """The sessions of the coming weeks with what each lacks, those that were, the fairness board, and what failed."""
    organisers_only(request.user)
    form = TermForm(request.GET)
    is_valid = form.is_valid()
    first, last = form.range() if is_valid else TermForm().range()
    series = form.cleaned_data["series"] if is_valid else None
    now = timezone.now()
    sessions = sessions_of_term(request.user, first, last, series=series)
    is_cut, sessions = len(sessions) > MOST_SESSIONS, sessions[:MOST_SESSIONS]
    rows = term_rows(sessions, now)
    board = fairness_board(now)
    _offer_slots([row for row in rows if row.session.ends_at > now and not row.session.is_cancelled], board, now)
    context = {
        "form": form,
        "first": first,
        "last": last,
        "coming": [row for row in rows if row.session.ends_at > now],
        "past": [row for row in reversed(rows) if row.session.ends_at <= now],
        "cut_after": sessions[-1].day_text if is_cut else "",
        "most": MOST_SESSIONS,
        "counts": _counts(rows),
        "board": Paginator(board, BOARD_PER_PAGE).get_page(request.GET.get("page")),
        "failed": failed_jobs(),
        "gap_count": Presentation.objects.given().lacking().count(),
    }
    return render(request, "sessions/organise.html", context)


def _offer_slots(rows: list[TermRow], board: list[BoardLine], now: Any) -> None:
    """Tell of each open slot whom to ask, or for whom it is held."""
    found = suggestions([slot for row in rows for slot in _with_session(row)], board, now)
    names = {line.member.pk: line.member.display_name for line in board}
    for row in rows:
        for slot in [*row.session.open_slots, *row.session.held_slots]:
            offer, suggestion = slot.standing_offer, found.get(slot.pk)
            row.slots.append(
                SlotOnOffer(
                    slot,
                    suggestion,
                    name=names[suggestion.member] if suggestion else "",
                    held_for=offer.member.display_name if offer else "",
                    held_until=offer.offer_ends_at if offer else None,
                )
            )


def _with_session(row: TermRow) -> list[Any]:
    slots: list[Any] = row.session.open_slots
    for slot in slots:
        slot.session = row.session
    return slots


HEADINGS = {
    "empty": ("session without anything", "sessions without anything"),
    "open": ("session with open slots", "sessions with open slots"),
    "paper": ("paper not fixed", "papers not fixed"),
    "slides": ("talk without slides, soon", "talks without slides, soon"),
    "drawing": ("deck that could not be drawn", "decks that could not be drawn"),
    "nobody": ("talk without a presenter", "talks without a presenter"),
    "roles": ("session with free roles", "sessions with free roles"),
    "swap": ("swap without an answer", "swaps without an answer"),
    "not_given": ("talk not marked as given", "talks not marked as given"),
    "not_sent": ("mailing not sent", "mailings not sent"),
}


def _counts(rows: list[TermRow]) -> list[tuple[int, str]]:
    """How much of each kind is missing, in words."""
    keys = [lack.key for row in rows for lack in row.lacks]
    return [(count, one if count == 1 else many) for key, (one, many) in HEADINGS.items() if (count := keys.count(key))]


@login_required
@require_POST
def organise_do(request: MemberRequest) -> HttpResponse:
    """One action in place: `do` says which, `slot` or `session` on what."""
    organisers_only(request.user)
    act = ACTIONS.get(request.POST.get("do", ""))
    anchor = ""
    if act is None:
        messages.error(request, "Choose what to do.")
    else:
        anchor = act(request)
    asked = request.POST.get("next", "")
    is_ours = asked.startswith("/organise/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    path = asked.partition("#")[0] if is_ours else "/organise/"
    return redirect(f"{path}{anchor}")


def _assign(request: MemberRequest) -> str:
    slot = _slot(request)
    member = get_object_or_404(Member.objects.active(), pk=_number(request, "member"))
    try:
        give_slot(slot, member=member, by=request.user)
    except SlotTaken as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{member.display_name} presents{_on(slot)}.")
    return f"#session-{slot.session_id}"


def _remind(request: MemberRequest) -> str:
    slot = _slot(request)
    reminded = remind_presenters(slot, by=request.user)
    for names, words in (
        (reminded.now, "{} gets a mail about what is missing."),
        (reminded.before, "{} was reminded today already."),
        (reminded.not_reached, "{} gets no mails from here. Say it in person."),
    ):
        if names:
            messages.info(request, words.format(" and ".join(names)))
    if not slot.presenters.exists():
        messages.info(request, "Nobody is named as its presenter, so nobody was reminded.")
    return f"#session-{slot.session_id}"


def _give(request: MemberRequest) -> str:
    slot = _slot(request)
    if slot.session and slot.session.is_over and slot.status == Presentation.Status.CLAIMED:
        mark_as_given(slot, by=request.user)
        messages.success(request, f"“{slot.display_title}” is in the archive.")
    else:
        messages.info(request, "It is in the archive already, or not over yet.")
    return f"#session-{slot.session_id}"


def _open(request: MemberRequest) -> str:
    session = visible_session_or_404(request.user, _number(request, "session"))
    if session.is_over or session.is_cancelled:
        messages.error(request, "This session is over or was called off, so no slot opens in it.")
        return f"#session-{session.pk}"
    if open_another_slot(session, seen=number_in(request, "seen")):
        messages.success(request, f"One more slot is open on {session.day_text}.")
    else:
        messages.info(request, JUST_OPENED)
    return f"#session-{session.pk}"


ACTIONS: dict[str, Callable[[MemberRequest], str]] = {
    "assign": _assign,
    "remind": _remind,
    "give": _give,
    "open": _open,
}


def _slot(request: MemberRequest) -> Presentation:
    rows = Presentation.objects.filter(session__isnull=False, role_assignment=None).select_related("session__series")
    return visible_presentation_or_404(request.user, _number(request, "slot"), rows.with_presenters().with_checklist())


def _number(request: MemberRequest, name: str) -> int:
    """A key from the form; 0, which no row has, for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _on(slot: Presentation) -> str:
    return f" on {slot.session.day_text}" if slot.session else ""


@login_required
@require_safe
def fairness_csv(request: MemberRequest) -> HttpResponse:
    """The fairness board as a table for a spreadsheet."""
    organisers_only(request.user)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="fairness.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    table = csv.writer(response)
    table.writerow(
        [
            "member",
            "points",
            "last presented",
            "in a year",
            "roles in a year",
            "came",
            "of",
            "would present",
            "presents",
        ]
    )
    for line in fairness_board():
        record = line.record
        roles = ", ".join(f"{name} {times}" for name, times in line.roles)
        cells = [
            line.member.display_name,
            line.points,
            record.last_on or "",
            record.times_lately,
            roles,
            record.visits_recently,
            record.recent_sessions,
            record.would_present,
            record.coming_on or "",
        ]
        table.writerow([plain_cell(cell) for cell in cells])
    return response


def plain_cell(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS) else cell
