"""Who was there: members say so themselves, organisers and hosts tick it at the door."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Attendance, Guest, Session

MOST_UNNAMED = 9999


class CheckInClosed(Exception):
    """Nobody can say that they are here before the session or long after it."""

    def __init__(self, session: Session) -> None:
        when = "when the session begins" if session.starts_at > timezone.now() else "no more: the session is over"
        reason = "This session was called off." if session.is_cancelled else f"You can say so {when}."
        super().__init__(reason)


def check_in(session: Session, *, member: Member) -> Attendance:
    """Record that `member` says they are here; the first time counts. Raises CheckInClosed."""
    if not session.takes_check_ins:
        raise CheckInClosed(session)
    return tick_member(session, member=member, is_here=True)


def tick_member(session: Session, *, member: Member, is_here: bool) -> Attendance:
    """Record that `member` was there, or take that back. Each tick concerns one person, so two at once do not meet."""
    with transaction.atomic():
        attendance, _ = Attendance.objects.get_or_create(session=session, member=member)
        _tick(Attendance.objects.filter(pk=attendance.pk), is_here=is_here)
        attendance.refresh_from_db()
        if not is_here:
            # What was made only to be ticked goes again.
            Attendance.objects.filter(pk=attendance.pk, rsvp="", attended=None).delete()
    return attendance


def tick_guest(guest: Guest, *, is_here: bool) -> None:
    """The same for somebody without an account."""
    _tick(Guest.objects.filter(pk=guest.pk), is_here=is_here)


def count_unnamed(session: Session, *, seen: int, step: int) -> bool:
    """Count one more person whom nobody knows, or one less; False when the number is not the one that was `seen`.

    So a press that arrives twice counts once.
    """
    rows = Session.objects.filter(pk=session.pk, unnamed_came=seen)
    fits = 0 <= seen + step <= MOST_UNNAMED
    return bool(fits and rows.update(unnamed_came=F("unnamed_came") + step))


def _tick(rows: Any, *, is_here: bool) -> None:
    if is_here:
        rows.filter(Q(attended=None) | Q(attended=False)).update(attended=True, checked_in_at=timezone.now())
    else:
        rows.update(attended=None, checked_in_at=None)
