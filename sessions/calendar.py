"""Sessions as events of a calendar (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from sessions.models import Session, Visibility

MEDIA_TYPE = "text/calendar"
#: How often a program should ask again (RFC 7986, 5.7).
ASK_AGAIN = timedelta(hours=6)
_STATUS = {Session.Status.CANCELLED: "CANCELLED"}


def calendar_of(sessions: Iterable[Session], *, name: str, reader: Any = None, method: str = "") -> bytes:
    """A calendar of `sessions`; the meeting links and one's own part are in it only for a member, the `reader`.

    A session keeps its UID however it is moved, and one that was called off stays, so that it leaves calendars. Needs
    `for_calendar()`.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//readinggroup//sessions//EN")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    days = []
    for session in sessions:
        calendar.add_component(_event(session, reader))
        days += [session.local_start.date(), session.local_end.date()]
    if days:
        # Without a range it would tell a zone's changes of a century.
        year = timedelta(days=366)
        calendar.add_missing_timezones(first_date=min(days) - year, last_date=max(days) + year)
    return bytes(calendar.to_ical())


def uid_of(session: Session) -> str:
    """The name by which calendars know a session, for ever."""
    return f"session-{session.pk}@{settings.SITE_HOST}"


def _event(session: Session, reader: Any) -> Event:
    event = Event()
    event.add("uid", uid_of(session))
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.updated_at)
    event.add("last-modified", session.updated_at)
    event.add("dtstart", session.local_start)
    event.add("dtend", session.local_end)
    event.add("summary", _summary(session, reader))
    event.add("description", _description(session, reader))
    if session.place:
        event.add("location", session.place)
    event.add("url", settings.SITE_URL + session.get_absolute_url())
    event.add("status", _STATUS.get(Session.Status(session.status), "CONFIRMED"))
    if session.visibility == Visibility.MEMBERS:
        event.add("class", "PRIVATE")
    organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    organiser.params["CN"] = vText(settings.SITE_NAME)
    event.add("organizer", organiser)
    return event


def _summary(session: Session, reader: Any) -> str:
    presents = reader and any(
        person.member_id == reader.pk for talk in session.presentations.all() for person in talk.presenters.all()
    )
    return f"{session.display_title} (you present)" if presents else session.display_title


def _description(session: Session, reader: Any) -> str:
    lines = []
    if session.is_cancelled:
        lines.append(f"Cancelled. {session.cancelled_because}".strip())
    lines += [f"{talk.display_title} ({', '.join(talk.presenter_names)})".replace(" ()", "") for talk in session.talks]
    if reader is not None:
        lines += [f"Your role: {place.role.name}" for place in session.role_assignments.all() if _is(place, reader)]
        if session.meeting_url:
            lines.append(f"Meeting: {session.meeting_url}")
    return "\n".join([*lines, settings.SITE_URL + session.get_absolute_url()])


def _is(place: Any, reader: Any) -> bool:
    return bool(place.member_id == reader.pk)
