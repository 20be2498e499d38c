"""Questions about roles: who played what, and who tends to be there."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from papers.models import Paper
from readinggroup.models import Member
from sessions.models import Attendance, Presentation, Role, RoleAssignment, Session
from sessions.models.series import Format, Visibility
from sessions.models.session import SessionQuerySet

#: Who came, replied, presented or played in as many days belongs to the regulars.
REGULAR_DAYS = 180


def roles_played(
    members: Iterable[Any], *, since: date | None = None, until: datetime | None = None
) -> dict[int, dict[int, int]]:
    """Return {member's pk: {role's pk: how often}} for rows or keys of members, in one query.

    What is planned counts like what was played; sessions that were called off do not count. `since` and `until` narrow
    it to sessions that start from that day on, and before that moment. Members without roles have an empty table.
    """
    table: dict[int, dict[int, int]] = {getattr(member, "pk", member): {} for member in members}
    rows = RoleAssignment.objects.played().filter(member__in=list(table))
    if since:
        rows = rows.filter(session__starts_at__date__gte=since)
    if until:
        rows = rows.filter(session__starts_at__lt=until)
    for member, role, times in rows.order_by().values_list("member", "role").annotate(times=Count("pk")):
        table[member][role] = times
    return table


def role_plays() -> SessionQuerySet:
    """Sessions that are read with roles and were not called off."""
    planned: SessionQuerySet = Session.objects.planned().filter(format=Format.ROLE_PLAY)
    return planned


def roles_in_use() -> QuerySet[Role]:
    return Role.objects.filter(is_active=True)


def regulars(at: datetime | None = None) -> QuerySet[Member]:
    """Active members who came, meant to come, presented or played a role in the last half year, or will."""
    lately = (at or timezone.now()) - timedelta(days=REGULAR_DAYS)
    came = Attendance.objects.filter(session__starts_at__gte=lately).filter(
        Q(attended=True) | Q(rsvp=Attendance.Rsvp.YES, attended=None)
    )
    spoke = Presentation.objects.filter(Q(session__starts_at__gte=lately) | Q(presented_on__gte=lately.date()))
    played = RoleAssignment.objects.played().filter(session__starts_at__gte=lately)
    is_regular = (
        Q(pk__in=came.values("member"))
        | Q(pk__in=spoke.exclude(presenters__member=None).values("presenters__member"))
        | Q(pk__in=played.values("member"))
    )
    active: QuerySet[Member] = Member.objects.active()
    return active.filter(is_regular)


def members_away(session: Session) -> set[int]:
    """The keys of the members who replied that they cannot come."""
    return set(session.attendances.filter(rsvp=Attendance.Rsvp.NO).values_list("member_id", flat=True))


def talks_told(session: Session) -> Any:
    """What is presented in a session as far as everybody may know who may know of the session."""
    talks = Presentation.objects.filter(session=session, role_assignment=None)
    return talks.filter(visibility=Visibility.PUBLIC) if session.visibility == Visibility.PUBLIC else talks


def paper_of(session: Session) -> Paper | None:
    """The paper that a session reads with roles: the one chosen for it, else the first that is presented in it."""
    role_play = getattr(session, "role_play", None)
    if role_play and role_play.paper_id:
        chosen: Paper | None = Paper.objects.for_card().filter(pk=role_play.paper_id).first()
        return chosen
    presented = Paper.objects.for_card().filter(presentation_places__presentation__in=talks_told(session).values("pk"))
    first: Paper | None = presented.order_by(
        "presentation_places__presentation__position", "presentation_places__position"
    ).first()
    return first
