"""Sessions as events of a calendar (iCalendar, RFC 5545)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from sessions.calendars.words import description_of, one_line, says_no, summary_of
from sessions.calendars.zones import time_zone_component
from sessions.models import Session, Visibility

MEDIA_TYPE = "text/calendar"
#: How often a program should ask again (RFC 7986, 5.7); mostly it is told that nothing changed.
ASK_AGAIN = timedelta(hours=1)
#: What calendars call a reply.
PART_STATUS = {"yes": "ACCEPTED", "maybe": "TENTATIVE", "no": "DECLINED"}


def calendar_of(sessions: Iterable[Session], *, name: str, reader: Any = None) -> bytes:
    """A calendar of `sessions`; the meeting links and one's own part are in it only for a member, the `reader`.

    A session keeps its UID however it is moved, and one that was called off stays, so that it leaves calendars. Needs
    `for_calendar(reader)`.
    """
    calendar = _empty_calendar()
    calendar.add("name", one_line(name))
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    # What Outlook reads instead.
    calendar.add("x-published-ttl", vDuration(ASK_AGAIN))
    return _filled(calendar, [_event(session, reader) for session in sessions])


def message_of(session: Session, *, method: str, name: str, address: str, reader: Any = None, reply: str = "") -> str:
    """What is mailed to one person of a session (iTIP, RFC 5546): a REQUEST to put it into the calendar, or a CANCEL.

    Needs `own_roles` and `own_replies` where there is a `reader`; `reply` is what somebody else answered. Nobody reads
    what mail programs answer to the organiser's address, so no answer is asked for by mail: the mail's links are for
    that.
    """
    calendar = _empty_calendar()
    calendar.add("method", method)
    event = _event(session, reader)
    del event["DTSTAMP"]
    # Of a message, when it was made; of two with the same SEQUENCE the later one counts (RFC 5546, 2.1.5).
    event.add("dtstamp", timezone.now())
    attendee = vCalAddress(f"mailto:{address}")
    attendee.params["CN"] = vText(one_line(name))
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(_part_status(session, reader, reply))
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    return _filled(calendar, [event]).decode()


def _part_status(session: Any, reader: Any, reply: str) -> str:
    replies = [reply] if reader is None else [one.rsvp for one in session.own_replies]
    return next((PART_STATUS.get(one, "NEEDS-ACTION") for one in replies), "NEEDS-ACTION")


def _empty_calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//readinggroup//sessions//EN")
    calendar.add("version", "2.0")
    return calendar


def _filled(calendar: Calendar, events: list[Event]) -> bytes:
    """`calendar` with these events, and before them the zones that they name."""
    for zone, years in sorted(_years_by_zone(events).items()):
        calendar.add_component(time_zone_component(zone, years))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(session: Session) -> str:
    """The name by which calendars know a session, for ever."""
    return f"session-{session.pk}@{settings.SITE_HOST}"


def _event(session: Session, reader: Any) -> Event:
    event = Event()
    changed_at = _changed_at(session)
    starts, ends = _times(session)
    event.add("uid", uid_of(session))
    event.add("sequence", session.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("created", session.created_at)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", summary_of(session, reader))
    event.add("description", description_of(session, reader))
    event.add("url", settings.SITE_URL + session.get_absolute_url())
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    # Nobody is busy for what is called off, or for what they do not go to.
    event.add("transp", "TRANSPARENT" if session.is_cancelled or says_no(session, reader) else "OPAQUE")
    if session.visibility == Visibility.MEMBERS:
        event.add("class", "PRIVATE")
    _add_place(event, session, reader)
    event.add("organizer", _organiser())
    return event


def _add_place(event: Event, session: Session, reader: Any) -> None:
    meeting = one_line(session.meeting_url) if reader is not None else ""
    if place := one_line(session.place) or meeting:
        event.add("location", place)
    if meeting:
        event.add("conference", meeting, parameters={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Meeting link"})


def _organiser() -> vCalAddress:
    organiser = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    organiser.params["CN"] = vText(settings.SITE_NAME)
    return organiser


def _changed_at(session: Session) -> datetime:
    """When anything in the event changed for the last time: the session, or what is presented in it."""
    return max([session.updated_at, *(talk.updated_at for talk in session.presentations.all())])


def _times(session: Session) -> tuple[datetime, datetime]:
    """Start and end on the session's own clock.

    In UTC within the hour that the clock shows twice: the name of a zone and a time always mean the first of the two.
    """
    starts, ends = session.local_start, session.local_end
    return (starts.astimezone(UTC), ends.astimezone(UTC)) if starts.fold or ends.fold else (starts, ends)


def _years_by_zone(events: Iterable[Event]) -> dict[str, set[int]]:
    """In which years each zone is needed that an event names."""
    years = defaultdict(set)
    for event in events:
        moments: tuple[Any, Any] = (event["DTSTART"], event["DTEND"])
        for moment in moments:
            if zone := moment.params.get("TZID"):
                years[str(zone)].add(moment.dt.year)
    return dict(years)
