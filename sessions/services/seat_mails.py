"""What people are written about their seat."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from readinggroup.models import Mail
from readinggroup.services.mailing import send_once, send_once_to_address
from sessions.calendars.events import message_of
from sessions.calendars.words import programme_of
from sessions.models import Attendance, Guest, Session
from sessions.telling_words import group_time, own_time

KIND = "changes"


def tell_of_seat(session: Session, row: Attendance | Guest, *, since: datetime | None) -> Mail | None:
    """Tell somebody who has waited for a seat since then that they have one."""
    event = f"session-{session.pk}-seat-{since:%Y%m%d%H%M%S%f}" if since else f"session-{session.pk}-seat"
    template = "sessions/mail/seat"
    if isinstance(row, Guest):
        return write_to_guest(as_guests_see(session), row, event=event, template=template, calendar_method="REQUEST")
    member = row.member
    shown: Session = Session.objects.for_calendar(member).get(pk=session.pk)
    calendar = message_of(
        shown, method="REQUEST", name=member.display_name, address=member.email.lower(), reader=member
    )
    return send_once(
        to=member,
        event=event,
        kind=KIND,
        template=template,
        context=about(shown) | {"own_when": own_time(shown, member)},
        calendar=calendar,
        calendar_method="REQUEST",
        expires_at=session.ends_at,
    )


def write_to_guest(
    session: Session,
    guest: Guest,
    *,
    event: str,
    template: str,
    kind: str = KIND,
    context: dict[str, Any] | None = None,
    calendar_method: str = "",
    expires_at: datetime | None = None,
) -> Mail | None:
    """Write to a guest about a session, once for an `event`; whoever is forgotten gets nothing.

    Each such mail carries the link, and the headers for the single click, that give up the seat and end such mails.

    Templates know `is_guest`, the name as `member`, `guest_url`, what `about` tells of the session, and the `link` to
    the meeting where this guest may know it. `session` comes from `as_guests_see`.
    """
    if not guest.email:
        return None
    calendar = ""
    if calendar_method:
        calendar = message_of(session, method=calendar_method, name=str(guest), address=guest.email, reply=guest.rsvp)
    return send_once_to_address(
        guest.email,
        name=str(guest),
        event=event,
        kind=kind,
        template=template,
        stop_url=guest_stop_url(guest),
        context={**about(session), **_about_guest(guest, session), **(context or {})},
        calendar=calendar,
        calendar_method=calendar_method,
        expires_at=expires_at or session.ends_at,
    )


def about(session: Session) -> dict[str, Any]:
    """What every mail about a seat knows of the session."""
    return {
        "session": session,
        "path": session.get_absolute_url(),
        "when": group_time(session),
        "programme": programme_of(session),
    }


def _about_guest(guest: Guest, session: Session) -> dict[str, Any]:
    return {
        "guest": guest,
        "guest_url": guest_url(guest),
        "guest_is_confirmed": guest.confirmed_at is not None,
        "link": link_for(guest, session),
    }


def link_for(guest: Guest, session: Session) -> str:
    """The meeting link where this guest may know it: with a confirmed address, a seat, and the organisers' leave."""
    may_know = guest.confirmed_at and guest.is_coming and session.tells_guests_link and not session.is_cancelled
    return session.meeting_url if may_know else ""


def guest_url(guest: Guest) -> str:
    return settings.SITE_URL + guest.get_absolute_url()


def guest_stop_url(guest: Guest) -> str:
    return settings.SITE_URL + reverse("sessions:guest_cancel", args=[guest.key])


def as_guests_see(session: Session) -> Session:
    """The session with what everybody may know of its programme."""
    rows = Session.objects.select_related("series", "role_play__paper").with_presentations(AnonymousUser())
    shown: Session = rows.prefetch_related("role_play__paper__identifiers").get(pk=session.pk)
    return shown
