"""Roles of a session: which there are, who claims, releases and is given one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from papers.models import Paper
from readinggroup.models import Member
from sessions.models import Role, RoleAssignment, RolePlay, Session
from sessions.services.presentations import NotYours

UNTOUCHED = {"contribution": "", "code_url": "", "presentation": None}


class RoleTaken(Exception):
    """Somebody was faster; `assignment` says who plays the role now."""

    def __init__(self, assignment: RoleAssignment) -> None:
        self.assignment = assignment
        super().__init__(
            f"{assignment.player_name or 'Somebody'} was a moment faster and is the {assignment.role.name}."
        )


class PlaysAlready(Exception):
    """The member has another role in this session; `assignment` is that one."""

    def __init__(self, assignment: RoleAssignment, member: Member) -> None:
        self.assignment = assignment
        super().__init__(f"{member.display_name} plays the {assignment.role.name} in this session already.")


class RolesClosed(Exception):
    """The session is over or called off."""


class HasContribution(Exception):
    """Something was contributed under the player's name, and must not end up under another's."""

    def __init__(self, assignment: RoleAssignment) -> None:
        self.assignment = assignment
        super().__init__(
            f"{assignment.player_name} has contributed to the role {assignment.role.name} already. "
            "Take the notes, slides and code away first, then the role is free to go."
        )


def claim_role(assignment: RoleAssignment, *, member: Member, instead: bool = False) -> RoleAssignment:
    """Let `member` play a free role; with `instead`, in place of the one they have in this session.

    Of any number of simultaneous claims exactly one succeeds, and who fails keeps the role they had. Claiming one's own
    role again changes nothing. Raises RoleTaken, PlaysAlready, HasContribution or RolesClosed.
    """
    if assignment.session.is_over or assignment.session.is_cancelled:
        raise RolesClosed("This session is over or called off, so its roles stay as they are.")
    try:
        with transaction.atomic():
            if instead:
                _leave_other_role(assignment, member)
            won = RoleAssignment.objects.free().filter(pk=assignment.pk)
            if not won.update(member=member, filled=RoleAssignment.Filled.CLAIMED):
                holder = RoleAssignment.objects.select_related("member", "role").get(pk=assignment.pk)
                if holder.member_id != member.pk:
                    raise RoleTaken(holder)
    except IntegrityError:
        # One role per member in a session: the constraint speaks for the claim that came first.
        own = RoleAssignment.objects.select_related("role", "member").get(session=assignment.session, member=member)
        raise PlaysAlready(own, member) from None
    assignment.refresh_from_db()
    return assignment


def _leave_other_role(assignment: RoleAssignment, member: Member) -> None:
    own = RoleAssignment.objects.select_related("role", "member").filter(session=assignment.session, member=member)
    for other in own.exclude(pk=assignment.pk):
        _free(other)


def release_role(assignment: RoleAssignment, *, by: Member) -> RoleAssignment:
    """Make a role free again. Doing it twice equals doing it once.

    Raises NotYours for anybody but its player and organisers, RolesClosed for players when the session is over, and
    HasContribution while something was contributed.
    """
    if not may_contribute(assignment, by):
        raise NotYours("Only its player or an organiser can give this role back.")
    if not by.is_organiser and (assignment.session.is_over or assignment.session.is_cancelled):
        raise RolesClosed("This session is over or called off, so its roles stay as they are.")
    if not assignment.is_free:
        _free(assignment)
    assignment.refresh_from_db()
    return assignment


def _free(assignment: RoleAssignment) -> bool:
    """Take the player away whom the caller saw. Raises HasContribution."""
    seen = RoleAssignment.objects.filter(pk=assignment.pk, member=assignment.member_id)
    if seen.filter(**UNTOUCHED).update(member=None, name="", filled=""):
        return True
    if seen.exists():
        raise HasContribution(assignment)
    return False


def may_contribute(assignment: RoleAssignment, user: Any) -> bool:
    """Its player and organisers may."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_organiser or assignment.member_id == user.pk)


@dataclass(frozen=True)
class RoleChoice:
    """A role of a session as an organiser wants it; `seen` is the key of the player whom they saw there."""

    role: Role
    minutes: int
    position: int
    member: Member | None = None
    seen: int | None = None


def choose_roles(
    session: Session,
    choices: Sequence[RoleChoice],
    *,
    paper: Paper | None,
    intro_minutes: int,
    discussion_minutes: int,
) -> list[str]:
    """Make these the roles of `session`, in their order, with their players and times.

    Nothing that happened since the organiser looked is undone: a role that somebody claimed, or contributed to,
    meanwhile is left alone. Returns a sentence for each such case.
    """
    with transaction.atomic():
        RolePlay.objects.update_or_create(
            session=session,
            defaults={"paper": paper, "intro_minutes": intro_minutes, "discussion_minutes": discussion_minutes},
        )
        complaints = _drop_others(session, choices)
        changed = []
        for choice in choices:
            assignment, _ = RoleAssignment.objects.update_or_create(
                session=session, role=choice.role, defaults={"minutes": choice.minutes, "position": choice.position}
            )
            if (choice.member.pk if choice.member else None) != choice.seen:
                changed.append((assignment, choice))
        complaints += _hand_over(changed)
    return complaints


def _drop_others(session: Session, choices: Iterable[RoleChoice]) -> list[str]:
    complaints = []
    kept = [choice.role.pk for choice in choices]
    for assignment in session.role_assignments.select_related("role", "member").exclude(role__in=kept):
        gone, _ = RoleAssignment.objects.filter(pk=assignment.pk, **UNTOUCHED).delete()
        if not gone:
            complaints.append(f"{assignment.role.name} stays, because {assignment.player_name} has contributed to it.")
    return complaints


def _hand_over(changed: Iterable[tuple[RoleAssignment, RoleChoice]]) -> list[str]:
    """First everybody lets go, then everybody takes: two may swap their roles."""
    complaints, ready = [], []
    for assignment, choice in changed:
        try:
            if assignment.member_id == choice.seen and (assignment.is_free or _free(assignment)):
                ready.append((assignment, choice.member))
            elif assignment.member_id != (choice.member.pk if choice.member else None):
                complaints.append(f"{assignment.role.name} went to {assignment.player_name or 'nobody'} meanwhile.")
        except HasContribution as error:
            complaints.append(str(error))
    return complaints + [sentence for one, member in ready if member for sentence in _give(one, member)]


def _give(assignment: RoleAssignment, member: Member) -> list[str]:
    try:
        with transaction.atomic():
            free = RoleAssignment.objects.free().filter(pk=assignment.pk)
            won = free.update(member=member, filled=RoleAssignment.Filled.ASSIGNED)
    except IntegrityError:
        return [f"{member.display_name} has another role in this session; the {assignment.role.name} is still free."]
    return [] if won else [f"{assignment.role.name} went to somebody else meanwhile."]
