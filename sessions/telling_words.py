"""What mails and chats say of a session: what is told of it, when it is on whose clock, and what changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from readinggroup.models import Member
from sessions.calendars.words import theme_of
from sessions.models import Session
from sessions.readers_time import readers_time

#: A change of one of these is told to people.
TOLD = ("title", "starts_at", "ends_at", "time_zone", "place", "meeting_url")
WHEN = ("starts_at", "ends_at", "time_zone", "is_cancelled")


@dataclass(frozen=True)
class Change:
    """One thing that changed, in words."""

    label: str
    was: str
    now: str
    #: Whether members alone may know.
    is_private: bool = False


def told_of(values: dict[str, Any]) -> dict[str, Any]:
    """What people are told of a session with these `values`, as plain data to compare and to keep."""
    told = {name: values[name] for name in TOLD}
    for name in ("starts_at", "ends_at"):
        told[name] = told[name].astimezone(ZoneInfo("UTC")).isoformat()
    return {**told, "is_cancelled": values["status"] == Session.Status.CANCELLED}


def told_now(session: Session) -> dict[str, Any]:
    return told_of({name: getattr(session, name) for name in (*TOLD, "status")})


def is_of_time(was: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether the change is one of time, which everybody who was invited must know."""
    return any(was[name] != now[name] for name in WHEN)


def changes_between(was: dict[str, Any], now: dict[str, Any]) -> list[Change]:
    """What changed, the most important first."""
    changes = []
    if was["is_cancelled"] and not now["is_cancelled"]:
        changes.append(Change("Takes place", "called off", "after all"))
    if _when(was) != _when(now):
        changes.append(Change("When", _when(was), _when(now)))
    for name, label in (("place", "Place"), ("meeting_url", "Meeting link"), ("title", "Theme")):
        if was[name] != now[name]:
            is_private = name == "meeting_url"
            changes.append(Change(label, was[name] or "none", now[name] or "none", is_private))
    return changes


def _when(told: dict[str, Any]) -> str:
    starts, ends = (datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at"))
    return span_text(starts, ends, told["time_zone"])


def span_text(starts: datetime, ends: datetime, time_zone: str) -> str:
    """On the clock of one zone: "Tuesday 24 November 2026, 16:00–17:00 Berlin"."""
    zone = ZoneInfo(time_zone)
    starts, ends = starts.astimezone(zone), ends.astimezone(zone)
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    day = "" if starts.date() == ends.date() else f"{ends:%a} {ends.day} {ends:%B}, "
    return f"{starts:%A} {starts.day} {starts:%B %Y}, {starts:%H:%M}–{day}{ends:%H:%M} {city}"


def group_time(session: Session) -> str:
    return span_text(session.starts_at, session.ends_at, session.time_zone)


def own_time(session: Session, member: Member | None) -> str:
    """When it is on the member's clock; "" where that shows the same."""
    if member is None or member.zone is None or not readers_time(session, member):
        return ""
    return span_text(session.starts_at, session.ends_at, member.zone.key)


def chat_words(session: Session, lead: str) -> str:
    """One line for a chat: "Tomorrow: Attention, Tuesday 24 November 2026, 16:00–17:00 Berlin, Room 4"."""
    return ", ".join(part for part in (f"{lead}: {theme_of(session)}", group_time(session), session.place) if part)


def chat_words_of_change(session: Session, changes: list[Change]) -> str:
    """What changed, for a chat; "" when it concerns members alone."""
    told = [f"{change.label}: {change.was} → {change.now}" for change in changes if not change.is_private]
    return f"Changed: {theme_of(session)}. {'; '.join(told)}" if told else ""


def moment_text(moment: datetime, time_zone: str) -> str:
    """On the clock of one zone: "Sun 29 November, 14:00 Berlin"."""
    local = moment.astimezone(ZoneInfo(time_zone))
    city = time_zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{local:%a} {local.day} {local:%B, %H:%M} {city}"
