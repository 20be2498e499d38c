"""Questions about who comes and who came."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from sessions.models import Attendance


def times_attended(members: Iterable[Any], *, since: date | None = None) -> dict[int, int]:
    """Return {member's pk: how many sessions they were at} for rows or keys of members, in one query.

    Only what was ticked or said on the day counts, not what was promised. `since` narrows it to sessions that start
    from that day on. Members who never came have 0.
    """
    times: dict[int, int] = {getattr(member, "pk", member): 0 for member in members}
    rows = Attendance.objects.attended().filter(member__in=list(times))
    if since:
        rows = rows.filter(session__starts_at__date__gte=since)
    times.update(rows.order_by().values_list("member").annotate(times=Count("pk")))
    return times
