"""What the fairness board knows: who presented, played and came; and who is asked next.

A few queries, however large the group.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from readinggroup.models import Member
from sessions.fairness import RECENT_SESSIONS, OpenSlot, Record, Suggestion, by_turn, points, suggest, weeks_waited
from sessions.models import Attendance, Presentation, Presenter, Proposal, Role, Session, Vote
from sessions.queries.roles import roles_played

LATELY = timedelta(days=365)
CAME = Q(attended=True) | Q(attended=None, rsvp=Attendance.Rsvp.YES)


@dataclass(frozen=True)
class BoardLine:
    """One member on the board, with roles by name."""

    member: Member
    record: Record
    points: int
    weeks: int
    roles: list[tuple[str, int]]


def fairness_board(at: datetime | None = None) -> list[BoardLine]:
    """Every active member, those who are due first."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    members = {member.pk: member for member in Member.objects.active()}
    names = dict(Role.objects.values_list("pk", "name"))
    return [
        BoardLine(
            member=members[record.member],
            record=record,
            points=points(record, today),
            weeks=weeks_waited(record, today),
            roles=[(names[role], times) for role, times in sorted(record.roles.items())],
        )
        for record in by_turn(_records(members, at), today)
    ]


def _records(members: dict[int, Member], at: datetime) -> list[Record]:
    since = timezone.localdate(at - LATELY)
    given = _given(at, since)
    coming = dict(
        Presenter.objects.filter(
            member__isnull=False,
            presentation__status=Presentation.Status.CLAIMED,
            presentation__role_assignment=None,
            presentation__session__in=Session.objects.planned().upcoming(at).order_by().values("pk"),
        )
        .values_list("member")
        .annotate(first=Min("presentation__session__starts_at"))
    )
    roles = roles_played(members, since=since)
    willing = dict(
        Vote.objects.filter(would_present=True, proposal__in=Proposal.objects.in_queue().values("pk"))
        .values_list("member")
        .annotate(count=Count("pk"))
    )
    recent = list(Session.objects.planned().past(at).values_list("pk", flat=True)[:RECENT_SESSIONS])
    came = _came(at, recent)
    records = []
    for pk, member in members.items():
        last_on, times = given.get(pk, (None, 0))
        visits, visits_recently = came.get(pk, (0, 0))
        records.append(
            Record(
                member=pk,
                joined_on=timezone.localdate(member.date_joined),
                last_on=last_on,
                times_lately=times,
                roles=roles[pk],
                visits=visits,
                visits_recently=visits_recently,
                recent_sessions=len(recent),
                would_present=willing.get(pk, 0),
                coming_on=timezone.localdate(coming[pk]) if pk in coming else None,
                takes_turns=member.takes_turns,
            )
        )
    return records


def _given(at: datetime, since: date) -> dict[int, tuple[date | None, int]]:
    """By member: when they last presented, and how often since that day; what is over counts, even if not marked so."""
    over = Q(presentation__status=Presentation.Status.CLAIMED, presentation__session__ends_at__lte=at)
    over &= ~Q(presentation__session__status=Session.Status.CANCELLED)
    lately = Q(presentation__presented_on__gte=since) | Q(
        presentation__presented_on=None, presentation__session__starts_at__date__gte=since
    )
    rows = (
        Presenter.objects.filter(member__isnull=False, presentation__role_assignment=None)
        .filter(Q(presentation__status=Presentation.Status.GIVEN) | over)
        .values("member")
        .annotate(
            day=Max("presentation__presented_on"),
            undated=Max("presentation__session__starts_at", filter=Q(presentation__presented_on=None)),
            times=Count("presentation", filter=lately),
        )
    )
    found = {}
    for row in rows.order_by():
        days = [row["day"], timezone.localdate(row["undated"]) if row["undated"] else None]
        found[row["member"]] = (max((day for day in days if day), default=None), row["times"])
    return found


def _came(at: datetime, recent: list[int]) -> dict[int, tuple[int, int]]:
    """By member: how often they came at all, and to the sessions `recent`."""
    over = Session.objects.planned().past(at).order_by().values("pk")
    rows = (
        Attendance.objects.filter(CAME, session__in=over)
        .values_list("member")
        .annotate(count=Count("pk"), lately=Count("pk", filter=Q(session__in=recent)))
    )
    return {member: (count, lately) for member, count, lately in rows}


def suggestions(slots: Iterable[Any], board: list[BoardLine], at: datetime | None = None) -> dict[int, Suggestion]:
    """Whom to ask for each of the open `slots`, which come with their sessions; two queries."""
    slots = list(slots)
    today = timezone.localdate(at)
    sessions = {slot.session_id for slot in slots}
    away: dict[int, set[int]] = {}
    declined = Attendance.objects.filter(session__in=sessions, rsvp=Attendance.Rsvp.NO)
    for session, member in declined.values_list("session", "member"):
        away.setdefault(session, set()).add(member)
    busy: dict[date, set[int]] = {}
    days = {slot.session.local_start.date() for slot in slots}
    presenting = Presenter.objects.filter(
        member__isnull=False,
        presentation__status=Presentation.Status.CLAIMED,
        presentation__session__in=Session.objects.planned().upcoming(at).order_by().values("pk"),
    )
    for presenter in presenting.select_related("presentation__session"):
        day = presenter.presentation.day
        if day and day in days and presenter.member_id:
            busy.setdefault(day, set()).add(presenter.member_id)
    places = [
        OpenSlot(
            pk=slot.pk,
            day=day,
            away=frozenset(away.get(slot.session_id, ())),
            busy=frozenset(busy.get(day, ())),
        )
        for slot in slots
        for day in [slot.session.local_start.date()]
    ]
    return suggest([line.record for line in board], places, today)
