"""The reader's own clock beside the group's."""

from typing import Any

from django import template

from sessions.models import Session

register = template.Library()


@register.filter
def time_of(session: Session, reader: Any) -> str:
    """When the session starts on the clock of `reader`, with the day where it differs; "" when it is the same.

    Of visitors, and of members who chose no zone, the browser knows the clock.
    """
    zone = getattr(reader, "zone", None)
    if zone is None:
        return ""
    theirs, ours = session.starts_at.astimezone(zone), session.local_start
    if theirs.utcoffset() == ours.utcoffset():
        return ""
    return f"{theirs:%H:%M}" if theirs.date() == ours.date() else f"{theirs:%a %H:%M}"
