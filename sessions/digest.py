"""What sessions and presentations have to say in the weekly digest."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from readinggroup.digests import DigestLine, DigestSection, register_digest
from readinggroup.models import Member
from sessions.models import Presentation, Session
from sessions.readers_time import readers_time

MOST_LINES = 20
AHEAD = timedelta(days=14)


def coming(member: Member, since: datetime) -> DigestSection:
    """The sessions of the next two weeks."""
    until = timezone.now() + AHEAD
    sessions = Session.objects.visible_to(member).planned().upcoming().filter(starts_at__lt=until)[:MOST_LINES]
    lines = [
        DigestLine(session.display_title, session.get_absolute_url(), _when(session, member)) for session in sessions
    ]
    return DigestSection("Coming sessions", lines, is_news=False)


def _when(session: Session, member: Member) -> str:
    """The group's time, and beside it the member's where it differs."""
    theirs = readers_time(session, member)
    return f"{session.day_text}, {session.time_text}" + (f" · {theirs} your time" if theirs else "")


def given(member: Member, since: datetime) -> DigestSection:
    """What was presented, with its slides and recording by now."""
    lately = Q(presented_on__gte=since.date()) | Q(session__starts_at__gte=since)
    talks = Presentation.objects.visible_to(member).given().filter(lately).order_by("-pk")[:MOST_LINES]
    lines = [DigestLine(talk.display_title, talk.get_absolute_url(), talk.kicker) for talk in talks]
    return DigestSection("What was presented", lines)


def register_all() -> None:
    register_digest(coming)
    register_digest(given)
