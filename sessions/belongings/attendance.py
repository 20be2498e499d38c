"""What members answered and where they were: in their export, gone with the account, counted for organisers."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Mail, Member
from sessions.models import Attendance, Guest, Session
from sessions.queries.attendance import attendance_of
from sessions.services.seats import fill_all_seats


def export_replies(member: Member) -> Rows:
    replies = Attendance.objects.filter(member=member).select_related("session__series")
    return [
        {
            "session": str(one.session),
            "starts_at": one.session.starts_at.isoformat(),
            "rsvp": one.rsvp,
            "attended": one.attended,
            "checked_in_at": one.checked_in_at.isoformat() if one.checked_in_at else None,
        }
        for one in replies
    ]


def release_replies(member: Member, name: str) -> None:
    """Free the seats; that somebody was there stays in the numbers of past sessions."""
    attended = Attendance.objects.filter(member=member).attended()
    Session.objects.filter(pk__in=attended.values("session")).update(unnamed_came=F("unnamed_came") + 1)
    Attendance.objects.filter(member=member).delete()
    transaction.on_commit(partial(fill_all_seats), robust=True)


def export_guest_replies(member: Member) -> Rows:
    """Where the member was as a guest, before there was an account with this address."""
    rows = Guest.objects.filter(email__iexact=member.email).select_related("session__series")
    return [
        {"session": str(one.session), "name": one.name, "asked_at": one.asked_at.isoformat(), "attended": one.attended}
        for one in rows
    ]


def release_guest_replies(member: Member, name: str) -> None:
    guests = Guest.objects.filter(email__iexact=member.email)
    attended = guests.attended().values("session")
    Session.objects.filter(pk__in=attended, ends_at__lte=timezone.now()).update(unnamed_came=F("unnamed_came") + 1)
    guests.delete()
    Mail.objects.filter(member=None, address=member.email.lower()).delete()


def _shown(member: Member, reader: Any) -> Any:
    """How often somebody came is between them and the organisers."""
    if not getattr(reader, "is_organiser", False):
        return []
    summary = attendance_of(member)
    return [summary] if summary.times or summary.promised else []


def register_attendance() -> None:
    register(
        Belonging(
            key="replies",
            export=export_replies,
            release=release_replies,
            heading="Attendance",
            template="sessions/_attendance_summary.html",
            row_name="attendance",
            shown=_shown,
        )
    )
    register(Belonging(key="replies_as_guest", export=export_guest_replies, release=release_guest_replies))
