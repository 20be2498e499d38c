"""Sessions in the site's own Markdown, with the roles that were played in them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from papers.documents.archive import RoleEntry, SessionEntry
from papers.documents.exchange.blocks import Fact, Lines, write_fact, write_facts, write_text
from papers.documents.exchange.inline import one_line, read_line, write_link
from papers.documents.links import TextLink

SESSION = re.compile(r"^Session of (?P<start>\S+ \S+) to (?P<end>\S+ \S+), (?P<zone>\S+)$")
_MOMENT = "%Y-%m-%d %H:%M"


def write_session(session: SessionEntry) -> str:
    """A session, its notes and its roles."""
    heading = (
        f"### Session of {write_moment(session.starts_at)} to {write_moment(session.ends_at)}, {session.time_zone}"
    )
    facts = write_facts(
        [
            ("Theme", session.title),
            ("Series", session.series),
            ("Place", session.place),
            ("Format", session.format),
            ("Status", session.status),
            ("Because", session.cancelled_because),
            ("Meeting link", session.meeting_url),
            ("Visible to", "members" if session.is_for_members else ""),
        ]
    )
    facts += [write_fact("Paper", write_link(link)) for link in session.papers]
    blocks = [heading, "\n".join(facts), write_text(session.notes), *map(_write_role, session.roles)]
    return "\n\n".join(block for block in blocks if block)


def _write_role(role: RoleEntry) -> str:
    facts = write_facts([("Player", role.player), ("Minutes", role.minutes)])
    for name, href in (("Code", role.code_href), ("Slides", role.slides_href)):
        facts += [write_fact(name, write_link(TextLink(href, name.lower())))] if href else []
    blocks = [f"#### Role: {one_line(role.name)}", "\n".join(facts), write_text(role.notes)]
    return "\n\n".join(block for block in blocks if block)


def write_moment(moment: datetime | None) -> str:
    """On the clock of the place, to the minute; "" for None."""
    return moment.strftime(_MOMENT) if moment else ""


def read_session(match: re.Match[str], lines: Lines) -> SessionEntry | None:
    """The session that a heading announces, with its facts; None for a heading that names no such moment."""
    starts_at, ends_at = read_moment(match["start"]), read_moment(match["end"])
    if starts_at is None or ends_at is None or not _is_zone(match["zone"]):
        return None
    session = SessionEntry(starts_at, ends_at, match["zone"], lines.number)
    for name, value in lines.take_facts():
        line = read_line(value)
        if name == "Paper":
            session.papers += line.links
        else:
            _take_session_fact(session, (name, line.words))
    return session


def read_role(name: str, lines: Lines) -> RoleEntry:
    """A role with its facts; its notes follow below."""
    role = RoleEntry(name.strip(), lines.number)
    for fact, value in lines.take_facts():
        line = read_line(value)
        href = next((link.href for link in line.links), "")
        if fact == "Player":
            role.player = line.words
        elif fact == "Minutes" and line.words.isdecimal():
            role.minutes = int(line.words[:4])
        elif fact == "Code":
            role.code_href = href
        elif fact == "Slides":
            role.slides_href = href
    return role


def _take_session_fact(session: SessionEntry, fact: Fact) -> None:
    name, words = fact
    if name == "Visible to":
        session.is_for_members = words == "members"
    elif field := {
        "Theme": "title",
        "Series": "series",
        "Place": "place",
        "Format": "format",
        "Status": "status",
        "Because": "cancelled_because",
        "Meeting link": "meeting_url",
    }.get(name):
        setattr(session, field, words)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        return False
    return True


def read_moment(words: str) -> datetime | None:
    """The opposite of `write_moment`; None for anything else."""
    try:
        return datetime.strptime(words, _MOMENT)  # noqa: DTZ007 -- on the clock of the place, named beside it
    except ValueError:
        return None
