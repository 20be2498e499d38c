"""Seats: who has one, and who is next when one is free.

All that changes seats happens while the session's row is held, one change after the other, so that of any number of
replies in the same moment as many get a seat as there are, and all others a place in line.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from sessions.models import Attendance, Guest, Rsvp, Session
from sessions.queries.attendance import members_with_part
from sessions.services.seat_mails import tell_of_seat


class RepliesClosed(Exception):
    """The session is over or was called off."""

    def __init__(self) -> None:
        super().__init__("This session is over or was called off, so replies are closed.")


def hold_seats(session: Session) -> Session:
    """The session's row as it is now, held until the transaction ends. Raises RepliesClosed."""
    # Without the key, as rows that name the session may still be written.
    row: Session = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    if not row.takes_replies:
        raise RepliesClosed
    return row


def ask_for_seat(session: Session, row: Attendance | Guest) -> None:
    """Take a seat of a held session or, when all are taken, a place in line; who has either keeps it."""
    if row.is_coming or row.is_waiting:
        return
    row.rsvp, row.waiting_since = Rsvp.WAITING, _end_of_line(session)
    row.save(update_fields=row.SAID)
    let_in(session, besides=row)


def let_in(session: Session, *, besides: Attendance | Guest | None = None) -> int:
    """Give the free seats of a held session to the first in line, and tell them; return how many that are.

    `besides` is somebody who reads the answer on the page instead. Members with a part are let in whether a seat is
    free or not, since they are counted already.
    """
    rows = _with_part_in_line(session)
    free = free_seats(session)
    rows += _line(session, leave=rows, most=free) if free is None or free > 0 else []
    for row in rows:
        row = besides if besides == row and besides is not None else row
        since, row.rsvp = row.waiting_since, Rsvp.YES
        row.save(update_fields=["rsvp"])
        if row is not besides:
            tell_of_seat(session, row, since=since)
    return len(rows)


def fill_seats(session: Session) -> int:
    """Let in whoever is first in line, if a seat is free."""
    with transaction.atomic():
        try:
            return let_in(hold_seats(session))
        except RepliesClosed:
            return 0


def fill_all_seats() -> int:
    """The same for every session to come, whatever freed the seat: a slot given back, an account that was closed."""
    waiting = [rows.in_line().order_by().values("session") for rows in (Attendance.objects, Guest.objects)]
    sessions = Session.objects.planned().upcoming().filter(Q(pk__in=waiting[0]) | Q(pk__in=waiting[1]))
    return sum(fill_seats(session) for session in sessions)


def free_seats(session: Session) -> int | None:
    """How many seats are free, never less than none; None where there is no end of them."""
    if session.capacity is None:
        return None
    taken: Any = Session.objects.with_attendance().get(pk=session.pk)
    return max(session.capacity - taken.coming_count, 0)


def _with_part_in_line(session: Session) -> list[Any]:
    rows = session.attendances.in_line().select_related("member")
    return list(rows.filter(member__in=members_with_part(session)))


def _line(session: Session, *, leave: list[Any], most: int | None) -> list[Any]:
    """The first `most` members and guests in line, but those to `leave` out."""
    members = session.attendances.in_line().select_related("member").exclude(pk__in=[row.pk for row in leave])
    guests = session.guests.in_line()
    rows: list[Any] = [*members[:most], *guests[:most]]
    return sorted(rows, key=lambda row: row.waiting_since)[:most]


def _end_of_line(session: Session) -> Any:
    """A moment after the last in line began to wait, also where clocks of several machines disagree."""
    now = timezone.now()
    lines = (session.attendances.in_line(), session.guests.in_line())
    lasts = [line.order_by().aggregate(last=Max("waiting_since"))["last"] for line in lines]
    return max([now, *(last + timedelta(microseconds=1) for last in lasts if last)])
