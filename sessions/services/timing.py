"""When each mailing about a session is due, and when it is too late for it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sessions.models import Mailing, Session
from sessions.services.recipients import invitation_event

Kind = Mailing.Kind
DEFAULT_INVITE_DAYS = 7
#: How long before the start each is due, on the clock of the group: 16:00 stays 16:00 when the clocks change.
AHEAD = {
    Kind.REMINDER_WEEK: timedelta(days=7),
    Kind.PAPER: timedelta(days=7),
    Kind.SLIDES: timedelta(days=3),
    Kind.REMINDER_DAY: timedelta(days=1),
    Kind.REMINDER_HOUR: timedelta(hours=1),
}
#: How long before the start each begins to be too late, as after a night without a worker.
TOO_LATE = {
    Kind.INVITATION: timedelta(hours=1),
    Kind.REMINDER_WEEK: timedelta(days=3),
    Kind.PAPER: timedelta(days=1),
    Kind.SLIDES: timedelta(hours=3),
    Kind.REMINDER_DAY: timedelta(hours=3),
    Kind.REMINDER_HOUR: timedelta(0),
}
REMINDERS = (Kind.REMINDER_WEEK, Kind.REMINDER_DAY, Kind.REMINDER_HOUR)
#: Whoever has just planned a session may still correct it before everybody hears.
SETTLING = timedelta(minutes=10)


def due_from(kind: str, session: Session) -> datetime | None:
    """From when on a mailing of this kind is due; None for an invitation that only organisers send."""
    if kind == Kind.INVITATION:
        days = session.series.invite_days if session.series else DEFAULT_INVITE_DAYS
        return max(session.local_start - timedelta(days=days), session.created_at + SETTLING) if days else None
    ahead = AHEAD[Kind(kind)]
    # Arithmetic on a local time counts days of the wall clock; an hour is an hour.
    return session.local_start - ahead if ahead.days else session.starts_at - ahead


def useful_until(mailing: Mailing, session: Session) -> datetime:
    """From when on a mail of this mailing is of no use."""
    if mailing.kind not in TOO_LATE:
        return session.ends_at
    # Who asks for it by hand knows how late it is.
    return session.starts_at - (timedelta(0) if mailing.requested_by_id else TOO_LATE[Kind(mailing.kind)])


def is_timely(mailing: Mailing, session: Session, at: datetime) -> bool:
    """Whether it is neither too early, as after the session was moved, nor too late."""
    due = due_from(mailing.kind, session)
    return due is not None and due <= at < useful_until(mailing, session)


def due_kinds(session: Session, at: datetime, *, changed_at: datetime | None = None) -> Iterator[Mailing.Kind]:
    """What is due for a session that takes place, and whose last change people are told of was made at `changed_at`.

    A change that was told when a reminder was due already does for the reminder.
    """
    for kind in TOO_LATE:
        due = due_from(kind, session)
        does_for_it = kind in REMINDERS and changed_at and due and changed_at >= due
        if is_timely(Mailing(kind=kind), session, at) and not does_for_it:
            yield kind


def planned_event(kind: str, session: Session) -> str:
    """The name by which a mailing is planned once: for reminders, once for each day (or hour) that it may move to."""
    if kind == Kind.INVITATION:
        return invitation_event(session)
    moment = f"{session.local_start:%Y-%m-%dT%H}" if kind == Kind.REMINDER_HOUR else f"{session.local_start:%Y-%m-%d}"
    return f"session-{session.pk}-{kind}-{moment}"
