"""Who is due to present: a score that one can say in a sentence, and a suggestion for each open slot.

This module knows numbers and days only; `sessions.queries.board` asks the database.

A member's points are

* one for each week since they last presented, 52 at most; who never presented has waited since they joined;
* one for each of the last ten sessions that they came to;
* ten when they said of a paper of the queue that they would present it;
* minus thirteen, a quarter of a year, for each time that they presented within a year;
* minus three for each role that they played within a year, which is work, too;
* minus twenty-six when they have a slot ahead of them.

Whoever has most is due; of equals whoever has waited longest, then whoever joined first. Suggested is nobody who asked
not to be, who came less than twice and never presented, who said that they cannot come, or who presents on that day
already; and nobody for two slots while others could.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

MOST_WEEKS = 52
RECENT_SESSIONS = 10
WILLING = 10
PRESENTED = 13
ROLE = 3
COMING = 26
#: How often a new member came before they are suggested.
VISITS = 2


@dataclass(frozen=True)
class Record:
    """What is known of one member; counts "lately" are of the past year."""

    member: int
    joined_on: date
    last_on: date | None = None
    times_lately: int = 0
    roles: dict[int, int] = field(default_factory=dict)
    visits: int = 0
    visits_recently: int = 0
    recent_sessions: int = RECENT_SESSIONS
    would_present: int = 0
    coming_on: date | None = None
    takes_turns: bool = True

    @property
    def has_come(self) -> bool:
        """Whether they know how the group meets."""
        return self.visits >= VISITS or self.last_on is not None


@dataclass(frozen=True)
class OpenSlot:
    """An open slot; `away` said that they cannot come, `busy` present on that day."""

    pk: int
    day: date
    away: frozenset[int] = frozenset()
    busy: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Suggestion:
    """Whom to ask for a slot, and why in words."""

    slot: int
    member: int
    reasons: tuple[str, ...]


def weeks_waited(record: Record, today: date) -> int:
    """Since they last presented, or joined."""
    return max(0, (today - (record.last_on or record.joined_on)).days // 7)


def points(record: Record, today: date) -> int:
    """How much it is their turn; see the top of this module."""
    return (
        min(weeks_waited(record, today), MOST_WEEKS)
        + record.visits_recently
        + (WILLING if record.would_present else 0)
        - PRESENTED * record.times_lately
        - ROLE * sum(record.roles.values())
        - (COMING if record.coming_on else 0)
    )


def by_turn(records: Iterable[Record], today: date) -> list[Record]:
    """Those who are due first."""
    return sorted(
        records,
        key=lambda record: (-points(record, today), -weeks_waited(record, today), record.joined_on, record.member),
    )


def may_be_asked(record: Record, slot: OpenSlot) -> bool:
    """Whether a slot may be suggested to them at all."""
    return record.takes_turns and record.has_come and record.member not in slot.away and record.member not in slot.busy


def suggest(records: Iterable[Record], slots: Iterable[OpenSlot], today: date) -> dict[int, Suggestion]:
    """Return {slot: whom to ask}, the soonest slot first; a slot that nobody can take is left out."""
    in_turn = by_turn(records, today)
    asked: set[int] = set()
    busy: dict[date, set[int]] = {}
    found: dict[int, Suggestion] = {}
    for slot in sorted(slots, key=lambda slot: (slot.day, slot.pk)):
        able = [
            record for record in in_turn if may_be_asked(record, slot) and record.member not in busy.get(slot.day, ())
        ]
        chosen = next((record for record in able if record.member not in asked), able[0] if able else None)
        if chosen:
            asked.add(chosen.member)
            busy.setdefault(slot.day, set()).add(chosen.member)
            found[slot.pk] = Suggestion(slot.pk, chosen.member, reasons(chosen))
    return found


def reasons(record: Record) -> tuple[str, ...]:
    """Why it is their turn, in words that follow their name."""
    said = [f"last presented in {record.last_on:%B %Y}" if record.last_on else "has not presented yet"]
    if record.recent_sessions:
        said.append(f"came to {record.visits_recently} of the last {record.recent_sessions}")
    if record.would_present:
        many = record.would_present != 1
        said.append(f"would present {record.would_present} paper{'s' if many else ''} of the queue")
    played = sum(record.roles.values())
    if played:
        said.append(f"played {played} role{'s' if played != 1 else ''} in the past year")
    if record.coming_on:
        said.append(f"presents on {record.coming_on.day} {record.coming_on:%B}")
    return tuple(said)
