"""Replies of members: whether they come."""

from django.db import transaction

from readinggroup.models import Member
from sessions.models import Attendance, Rsvp, Session
from sessions.services.seats import ask_for_seat, hold_seats, let_in

#: What somebody may answer; who waits does so because all seats are taken.
ANSWERS = (Rsvp.YES, Rsvp.MAYBE, Rsvp.NO)


def reply_to_session(session: Session, *, member: Member, rsvp: str) -> Attendance:
    """Record whether `member` is coming ("yes", "maybe" or "no"); the last reply counts.

    A "yes" takes a seat while there is one, else a place in line; whoever gives up a seat lets the next one in, who is
    told by mail. Presenters, role players and the host have a seat in any case. Raises RepliesClosed.
    """
    rsvp = Rsvp(rsvp)
    if rsvp not in ANSWERS:
        raise ValueError(rsvp)
    with transaction.atomic():
        row = hold_seats(session)
        attendance, _ = Attendance.objects.get_or_create(session=row, member=member)
        if rsvp == Rsvp.YES:
            ask_for_seat(row, attendance)
        else:
            attendance.rsvp = rsvp
            attendance.save(update_fields=attendance.SAID)
            let_in(row)
    return attendance


def take_back_reply(session: Session, *, member: Member) -> None:
    """Forget what `member` replied, as if they had not; twice equals once. Raises RepliesClosed."""
    with transaction.atomic():
        row = hold_seats(session)
        replies = Attendance.objects.filter(session=row, member=member)
        replies.filter(attended=None).delete()
        replies.update(rsvp="", waiting_since=None)
        let_in(row)
