"""The order and the times of a session that is read with roles."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sessions.models import RoleAssignment, Session
from sessions.models.role import DISCUSSION_MINUTES, INTRO_MINUTES


@dataclass(frozen=True)
class Step:
    """A piece of the session, on the group's clock; `assignment` when it is a role's."""

    label: str
    minutes: int
    starts_at: datetime
    ends_at: datetime
    assignment: RoleAssignment | None = None

    @property
    def player(self) -> str:
        return self.assignment.player_name if self.assignment else ""

    @property
    def seconds(self) -> int:
        return self.minutes * 60

    @property
    def start_clock(self) -> str:
        """ "16:05"."""
        return f"{self.starts_at:%H:%M}"

    @property
    def end_clock(self) -> str:
        return f"{self.ends_at:%H:%M}"


@dataclass(frozen=True)
class RunSheet:
    """The steps in order, and whether they fit into the session."""

    steps: list[Step]
    total: int
    available: int

    @property
    def spare(self) -> int:
        """Minutes that are left; below zero when it does not fit."""
        return self.available - self.total

    @property
    def excess(self) -> int:
        return max(0, -self.spare)


def run_sheet(session: Session, assignments: list[Any]) -> RunSheet:
    """Lay out the welcome, the roles in their order, and the discussion, from the start of the session on."""
    role_play = getattr(session, "role_play", None)
    pieces: list[tuple[str, int, Any]] = [
        ("Welcome", role_play.intro_minutes if role_play else INTRO_MINUTES, None),
        *((assignment.role.name, assignment.minutes, assignment) for assignment in assignments),
        ("Discussion", role_play.discussion_minutes if role_play else DISCUSSION_MINUTES, None),
    ]
    steps, at = [], session.starts_at
    for label, minutes, assignment in pieces:
        if minutes:
            end = at + timedelta(minutes=minutes)
            steps.append(Step(label, minutes, at.astimezone(session.zone), end.astimezone(session.zone), assignment))
            at = end
    length = (session.ends_at - session.starts_at) // timedelta(minutes=1)
    return RunSheet(steps, sum(step.minutes for step in steps), length)
