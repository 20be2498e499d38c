"""Planning who plays which role in the sessions to come: proposed first, saved when an organiser agrees."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from readinggroup.models import Member
from sessions.models import Attendance, Presentation, Role, RoleAssignment, Session
from sessions.queries.roles import roles_played
from sessions.rotation.planning import Task, assign_roles, even_table, table_is_reached

Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Proposal:
    """A plan that nothing was saved of: members by the key of the place that they would play in.

    `rows` are all places of the sessions, filled or not; `played` counts (member, role) since `since`, with what is
    fixed in these sessions and without what is proposed.
    """

    sessions: list[Session]
    members: list[Member]
    rows: list[RoleAssignment]
    players: dict[int, Member]
    fixed: set[int]
    played: Counter[tuple[int, int]]
    absent: list[tuple[Session, Member]]
    presenting: list[tuple[Session, Member]]
    is_most_even: bool
    since: date

    @property
    def counts(self) -> Counter[tuple[int, int]]:
        """How often each (member, role), with the proposal."""
        new = Counter((self.players[row.pk].pk, row.role_id) for row in self.rows if row.pk in self.players)
        return self.played + new


def propose_rotation(
    sessions: Sequence[Session], members: Iterable[Member], *, since: date, anew: bool = False
) -> Proposal:
    """Propose players for the free roles of `sessions`; with `anew`, also for those that a rotation filled before.

    What members claimed or were given by hand stays. Who replied that they cannot come, or presents in a session, is
    left out there. Roles played since `since` count, and so do presentations in the time of these sessions.
    """
    sessions = sorted(sessions, key=lambda session: (session.starts_at, session.pk))
    members = list(members)
    rows = list(RoleAssignment.objects.filter(session__in=sessions).select_related("role", "member").in_order())
    movable = {row.pk for row in rows if row.is_free or (anew and _may_move(row))}
    absent = _replies(sessions, members)
    presenting = _presenters(sessions, members)
    played = _counted(members, since)
    for row in rows:
        if row.pk in movable and row.member_id:
            played[row.member_id, row.role_id] -= 1
    busy = {(row.session_id, row.member_id) for row in rows if row.member_id and row.pk not in movable}
    away = {(session.pk, member.pk) for session, member in (*absent, *presenting)}
    task = Task(
        free={
            one.pk: [row.role_id for row in rows if row.session_id == one.pk and row.pk in movable] for one in sessions
        },
        members=[member.pk for member in members],
        absent=busy | away,
        played=+played,
        load=Counter(member.pk for _, member in presenting),
    )
    table = even_table(task)
    plan = assign_roles(task, table)
    people = {member.pk: member for member in members}
    return Proposal(
        sessions=sessions,
        members=members,
        rows=rows,
        players={
            row.pk: people[plan[row.session_id, row.role_id]]
            for row in rows
            if row.pk in movable and (row.session_id, row.role_id) in plan
        },
        fixed={row.pk for row in rows} - movable,
        played=+played,
        absent=absent,
        presenting=presenting,
        is_most_even=table_is_reached(task, plan, table),
        since=since,
    )


def save_rotation(sessions: Iterable[Session], players: Mapping[int, Member]) -> tuple[int, list[str]]:
    """Put members into places by the keys of the places; only free ones, and ones that a rotation filled, change.

    Returns how many were filled, and a sentence for each place that somebody took, or member who took another role,
    since the plan was made.
    """
    rows = RoleAssignment.objects.filter(pk__in=list(players), session__in=list(sessions))
    saved, complaints = 0, []
    with transaction.atomic():
        chosen = list(rows.select_related("role", "member", "session").in_order())
        # Everybody lets go before anybody takes, since a plan made anew may swap two people.
        for row in chosen:
            if _may_move(row):
                RoleAssignment.objects.filter(pk=row.pk, member=row.member_id).update(member=None, filled="")
        for row in chosen:
            complaint = _fill(row, players[row.pk])
            saved += not complaint
            complaints += [complaint] if complaint else []
    return saved, complaints


def _fill(row: RoleAssignment, member: Member) -> str:
    where = f"{row.role.name} on {row.session.day_text}"
    try:
        with transaction.atomic():
            free = RoleAssignment.objects.free().filter(pk=row.pk)
            won = free.update(member=member, filled=RoleAssignment.Filled.ROTATED)
    except IntegrityError:
        return f"{where} stays free: {member.display_name} has another role there by now."
    return "" if won else f"{where} was taken meanwhile."


def _may_move(row: RoleAssignment) -> bool:
    return row.filled == RoleAssignment.Filled.ROTATED and row.member_id is not None and not row.has_contribution


def _counted(members: Iterable[Member], since: date) -> Counter[tuple[int, int]]:
    table = roles_played(members, since=since)
    return Counter({(member, role): times for member, roles in table.items() for role, times in roles.items()})


def _replies(sessions: Sequence[Session], members: Sequence[Member]) -> list[tuple[Session, Member]]:
    refused = Attendance.objects.filter(session__in=sessions, member__in=members, rsvp=Attendance.Rsvp.NO)
    return _pairs(sessions, members, set(refused.values_list("session", "member")))


def _presenters(sessions: Sequence[Session], members: Sequence[Member]) -> list[tuple[Session, Member]]:
    talks = Presentation.objects.filter(session__in=sessions, presenters__member__in=members, role_assignment=None)
    talks = talks.exclude(status=Presentation.Status.CANCELLED)
    return _pairs(sessions, members, set(talks.values_list("session", "presenters__member")))


def _pairs(
    sessions: Sequence[Session], members: Sequence[Member], keys: set[tuple[int, int]]
) -> list[tuple[Session, Member]]:
    return [(session, member) for session in sessions for member in members if (session.pk, member.pk) in keys]


def roles_of(proposal: Proposal) -> list[Role]:
    """The roles that the sessions of a proposal have, in their order."""
    found = {row.role_id: row.role for row in proposal.rows}
    return sorted(found.values(), key=lambda role: (role.position, role.pk))
