"""What the event of a session says, to everybody and to a member who has a part in it."""

import unicodedata
from typing import Any

from django.conf import settings

from sessions.models import Attendance, Session

REPLIES = {
    Attendance.Rsvp.YES: "You are coming.",
    Attendance.Rsvp.MAYBE: "You are perhaps coming.",
    Attendance.Rsvp.NO: "You are not coming.",
    Attendance.Rsvp.WAITING: "You wait for a seat.",
}


def summary_of(session: Session, reader: Any = None) -> str:
    """The event's title: the theme or what is presented, and what `reader` does there."""
    theme = theme_of(session)
    if session.is_cancelled:
        theme = f"Cancelled: {theme}"
    elif parts := parts_of(session, reader):
        theme = f"{theme} ({', '.join(parts)})"
    return one_line(theme)


def description_of(session: Session, reader: Any = None) -> str:
    """The reader's own part, the programme, for members the meeting link, and the address of the page."""
    lines = []
    if session.is_cancelled:
        lines.append(f"Cancelled. {session.cancelled_because}")
    elif reader is not None:
        lines += [f"{part[0].upper()}{part[1:]}." for part in parts_of(session, reader)]
        lines += [REPLIES[Attendance.Rsvp(reply.rsvp)] for reply in session.own_replies if reply.rsvp]  # type: ignore[attr-defined]
    lines += programme_of(session)
    if reader is not None and session.meeting_url:
        lines.append(f"Meeting: {session.meeting_url}")
    lines.append(settings.SITE_URL + session.get_absolute_url())
    return "\n".join(one_line(line) for line in lines)


def says_no(session: Session, reader: Any) -> bool:
    """Whether `reader` replied that they are not coming."""
    replies = session.own_replies if reader is not None else []  # type: ignore[attr-defined]
    return any(reply.rsvp == Attendance.Rsvp.NO for reply in replies)


def one_line(text: str) -> str:
    """`text` without line breaks and control characters, which would break a calendar file for some programs."""
    visible = "".join(letter for letter in " ".join(text.splitlines()) if unicodedata.category(letter) != "Cc")
    return visible.strip()


def theme_of(session: Session) -> str:
    """The theme; without one the series or group and what is presented, since the day stands beside it anyway."""
    if session.title:
        return session.title
    name = session.series.name if session.series else settings.SITE_NAME
    return ": ".join([name, *(talk.display_title for talk in session.talks[:1])])


def parts_of(session: Session, reader: Any) -> list[str]:
    """What `reader` does in the session: "you present", "you play the Hacker"."""
    if reader is None:
        return []
    presents = any(person.member_id == reader.pk for talk in session.talks for person in talk.presenters.all())
    parts = ["you present"] if presents else []
    return parts + [f"you play the {place.role.name}" for place in session.own_roles]  # type: ignore[attr-defined]


def programme_of(session: Session) -> list[str]:
    """What is read and presented, a line each, and how many slots are open."""
    role_play = getattr(session, "role_play", None)
    lines = [f"Read in roles: {role_play.paper.display_title}"] if role_play and role_play.paper else []
    for talk in session.talks:
        people = ", ".join(talk.presenter_names)
        lines.append(f"{talk.display_title} ({people})" if people else talk.display_title)
    if not session.is_over and not session.is_cancelled and (count := len(session.open_slots)):
        lines.append(f"{count} open slot{'s' if count > 1 else ''}")
    return lines
