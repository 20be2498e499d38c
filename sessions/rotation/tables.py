"""A proposed rotation as people read it: a table of sessions, a table of counts, and sentences that explain them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from readinggroup.models import Member
from sessions.models import Role, RoleAssignment, Session
from sessions.queries.roles import roles_in_use, roles_played
from sessions.services.role_rotation import Proposal, roles_of


@dataclass(frozen=True)
class Cell:
    """A role in a session; `player` is "" where nobody could be found, `is_new` where the proposal fills it."""

    assignment: RoleAssignment | None
    player: str = ""
    is_new: bool = False
    field: str = ""


@dataclass(frozen=True)
class Line:
    session: Session
    cells: list[Cell]


@dataclass(frozen=True)
class MemberCounts:
    """How often a member plays each role, pairs of before and with the proposal, and in all."""

    member: Member
    counts: list[tuple[int, int]]
    before: int
    after: int


@dataclass(frozen=True)
class RotationTables:
    roles: list[Role]
    lines: list[Line]
    members: list[MemberCounts]
    sentences: list[str]
    is_empty: bool


def rotation_tables(proposal: Proposal) -> RotationTables:
    """Lay a proposal out, and say what is fair about it."""
    roles = roles_of(proposal)
    members = [_counts(proposal, member, roles) for member in proposal.members]
    return RotationTables(
        roles=roles,
        lines=[Line(session, [_cell(proposal, session, role) for role in roles]) for session in proposal.sessions],
        members=members,
        sentences=_sentences(proposal, roles, members),
        is_empty=not proposal.players,
    )


def played_tables(members: Iterable[Member], since: date) -> RotationTables:
    """How often these members played each role in use since a day, before anything is proposed."""
    roles = list(roles_in_use())
    people = sorted(members, key=lambda member: (member.name, member.pk))
    played = roles_played(people, since=since)
    lines = []
    for member in people:
        times = [played[member.pk].get(role.pk, 0) for role in roles]
        total = sum(played[member.pk].values())
        lines.append(MemberCounts(member, [(one, one) for one in times], total, total))
    return RotationTables(roles=roles, lines=[], members=lines, sentences=[], is_empty=True)


def _cell(proposal: Proposal, session: Session, role: Role) -> Cell:
    found = next((row for row in proposal.rows if (row.session_id, row.role_id) == (session.pk, role.pk)), None)
    if found is None:
        return Cell(None)
    if found.pk in proposal.fixed:
        return Cell(found, found.player_name)
    member = proposal.players.get(found.pk)
    if member is None:
        return Cell(found)
    return Cell(found, member.display_name, True, f"{found.pk}:{member.pk}")


def _counts(proposal: Proposal, member: Member, roles: Iterable[Role]) -> MemberCounts:
    after = proposal.counts
    pairs = [(proposal.played[member.pk, role.pk], after[member.pk, role.pk]) for role in roles]
    before = sum(times for (one, _), times in proposal.played.items() if one == member.pk)
    return MemberCounts(member, pairs, before, sum(times for (one, _), times in after.items() if one == member.pk))


def _sentences(proposal: Proposal, roles: list[Role], members: list[MemberCounts]) -> list[str]:
    if not roles or not members:
        return []
    since = f"counted since {proposal.since.day} {proposal.since:%B %Y}"
    each = [after for line in members for _, after in line.counts]
    total = [line.after for line in members]
    sentences = [
        f"With this plan each of {_people(len(members))} plays each of {_roles(len(roles))} {_span(each)}, {since}.",
        f"Everybody has {_span(total, 'role', 'roles')} in all.",
    ]
    if proposal.players:
        sentences.append(
            "No other plan would be more even."
            if proposal.is_most_even
            else "It is as even as was found; absences and what is fixed already stand in the way of more."
        )
    missing = sum(1 for row in proposal.rows if row.pk not in proposal.players and row.is_free)
    if missing:
        sentences.append(f"{missing} {'place stays' if missing == 1 else 'places stay'} free: too few people can come.")
    sentences += [f"{who} cannot come on {when}." for who, when in _grouped(proposal.absent)]
    sentences += [f"{who} presents on {when}, and gets no role there." for who, when in _grouped(proposal.presenting)]
    return sentences


def _grouped(pairs: Iterable[tuple[Session, Member]]) -> list[tuple[str, str]]:
    """(name, days), a line for each member."""
    days: dict[int, tuple[str, list[str]]] = {}
    for session, member in pairs:
        days.setdefault(member.pk, (member.display_name, []))[1].append(session.day_text)
    return [(name, ", ".join(found)) for name, found in days.values()]


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _roles(number: int) -> str:
    return "1 role" if number == 1 else f"{number} roles"


def _span(numbers: list[int], one: str = "time", many: str = "times") -> str:
    """ "once", "2 times", "0 or 1 times", "1 to 4 times"."""
    low, high = min(numbers), max(numbers)
    if low == high:
        return f"{low} {one if low == 1 else many}"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} {many}"
