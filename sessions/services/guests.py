"""Guests: people without an account who come to one session.

Whoever writes an address gets a mail, and nothing counts before a press on the page that it leads to. What the site
says is the same whether an address is known here or not.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from readinggroup.models import Mail, Member
from readinggroup.services.mailing import send_once_to_address
from sessions.models import Guest, Rsvp, Session, Visibility
from sessions.services.seat_mails import KIND, about, as_guests_see, write_to_guest
from sessions.services.seats import ask_for_seat, hold_seats, let_in

#: Who does not confirm within this is deleted.
CONFIRM_WITHIN = timedelta(days=2)
#: How long after the session names and addresses are kept.
KEPT_FOR = timedelta(weeks=4)


class GuestsNotWelcome(Exception):
    """Only members come to this session."""

    def __init__(self) -> None:
        super().__init__("This session takes no guests any more.")


def ask_as_guest(session: Session, *, name: str, email: str) -> None:
    """Send a mail that says how to go on: confirm, or sign in where the address is a member's; at most one an hour.

    Raises GuestsNotWelcome and RepliesClosed.
    """
    email = email.lower()
    with transaction.atomic():
        row = hold_seats(session)
        if not row.welcomes_guests or row.visibility != Visibility.PUBLIC:
            raise GuestsNotWelcome
        shown = as_guests_see(row)
        if Member.objects.active().filter(_has_address(email)).exists():
            _tell_to_sign_in(shown, name=name, email=email)
            return
        guest, is_new = Guest.objects.get_or_create(session=row, email=email, defaults={"name": name})
        if not is_new and not guest.confirmed_at:
            guest.name, guest.asked_at = name, timezone.now()
            guest.save(update_fields=["name", "asked_at"])
        event = f"session-{row.pk}-guest-{guest.pk}-link-{_this_hour()}"
        write_to_guest(shown, guest, event=event, template="sessions/mail/guest_link")


def confirm_guest(guest: Guest) -> Guest:
    """Take a seat, or a place in line, for the guest who pressed the button; twice equals once.

    Raises RepliesClosed, and GuestsNotWelcome where nobody new may come, or members alone by now.
    """
    with transaction.atomic():
        session = hold_seats(guest.session)
        row = Guest.objects.select_for_update().get(pk=guest.pk)
        is_new = row.confirmed_at is None
        if not is_new and (row.is_coming or row.is_waiting):
            return row
        if session.visibility != Visibility.PUBLIC or (is_new and not session.welcomes_guests):
            raise GuestsNotWelcome
        row.confirmed_at, row.rsvp = row.confirmed_at or timezone.now(), Rsvp.NO
        ask_for_seat(session, row)
        event = f"session-{session.pk}-guest-{row.pk}-confirmed-{timezone.now():%Y%m%d%H%M%S%f}"
        write_to_guest(
            as_guests_see(session),
            row,
            event=event,
            template="sessions/mail/guest_confirmed",
            calendar_method="REQUEST" if row.is_coming else "",
        )
    return row


def cancel_guest(guest: Guest) -> None:
    """Give up a guest's seat or place in line; who never confirmed is forgotten at once. Twice equals once."""
    with transaction.atomic():
        session = Session.objects.select_for_update(no_key=True).get(pk=guest.session_id)
        row = Guest.objects.filter(pk=guest.pk).first()
        if row is None:
            return
        if row.confirmed_at is None:
            _forget_mails(session.pk, [row.email])
            row.delete()
            return
        row.rsvp = Rsvp.NO
        row.save(update_fields=["rsvp"])
        if session.takes_replies:
            let_in(session)


def forget_guests(at: datetime | None = None) -> int:
    """Delete the names and addresses of guests whose session is past for so long, and who never confirmed.

    Of who came or meant to, a row without a name stays, so that numbers stay true. Returns how many were forgotten.
    """
    at = at or timezone.now()
    unconfirmed = Q(confirmed_at=None, asked_at__lte=at - CONFIRM_WITHIN)
    past = Q(session__ends_at__lte=at - KEPT_FOR)
    guests = Guest.objects.known().filter(unconfirmed | past)
    sessions = guests.order_by("session").values_list("session", flat=True).distinct()
    return sum(_forget(pk, guests.filter(session=pk)) for pk in list(sessions))


def _forget(session_pk: int, guests: Any) -> int:
    with transaction.atomic():
        found = dict(guests.select_for_update().values_list("pk", "email"))
        rows = Guest.objects.filter(pk__in=list(found))
        _forget_mails(session_pk, list(found.values()))
        rows.filter(Q(confirmed_at=None) | ~Q(rsvp=Rsvp.YES)).exclude(attended=True).delete()
        # No view finds a guest without an address, so this key opens nothing.
        key = Concat(Value("forgotten-"), Cast("pk", CharField()))
        rows.update(name="", email="", key=key)
    return len(found)


def _forget_mails(session_pk: int, addresses: list[str]) -> None:
    mails = Mail.objects.filter(member=None, event__startswith=f"session-{session_pk}-")
    mails.filter(address__in=addresses).delete()


def _tell_to_sign_in(session: Session, *, name: str, email: str) -> None:
    send_once_to_address(
        email,
        name=name,
        event=f"session-{session.pk}-guest-member-{_this_hour()}",
        kind=KIND,
        template="sessions/mail/guest_is_member",
        context=about(session),
        expires_at=session.ends_at,
    )


def _has_address(email: str) -> Q:
    return Q(email__iexact=email) | Q(emailaddress__email__iexact=email, emailaddress__verified=True)


def _this_hour() -> str:
    return f"{timezone.now():%Y%m%d%H}"
