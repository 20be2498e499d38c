"""When a session is on the clock of who reads of it."""

from typing import Any

from sessions.models import Session


def readers_time(session: Session, reader: Any) -> str:
    """The start on the clock of `reader`, with the day where it differs; "" when it is the same or nobody knows.

    For what is over too: nobody has to be on time for it.

    Of visitors, and of members who chose no zone, the browser knows the clock.
    """
    zone = getattr(reader, "zone", None)
    if zone is None or session.is_over:
        return ""
    theirs, ours = session.starts_at.astimezone(zone), session.local_start
    if theirs.utcoffset() == ours.utcoffset():
        return ""
    return f"{theirs:%H:%M}" if theirs.date() == ours.date() else f"{theirs:%a %H:%M}"
