"""Questions that pages ask about more than one kind of row."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from papers.models import Topic
from sessions.models import Attendance, Presentation, Session


def reply_of(user: Any, session: Session | None) -> str:
    """What `user` answered to the invitation to a session; "" for nothing yet."""
    if session is None or not user.is_authenticated:
        return ""
    return Attendance.objects.filter(session=session, member=user).values_list("rsvp", flat=True).first() or ""


@dataclass(frozen=True)
class Facets:
    """What the archive can be narrowed by: years, topics and presenters, each with a number of presentations."""

    years: list[tuple[int, int]]
    topics: list[Topic]
    presenters: list[tuple[str, str, int]]


def archive_facets(seen: QuerySet[Presentation], *, presenters: int = 40) -> Facets:
    """Return the facets of the presentations `seen`, in three queries; the busiest presenters only."""
    given = seen.values("pk")
    years = (
        seen.exclude(presented_on=None)
        .order_by()
        .annotate(year=ExtractYear("presented_on"))
        .values_list("year")
        .annotate(count=Count("pk", distinct=True))
        .order_by("-year")
    )
    in_use = Q(presentations__in=given) | Q(papers__presentations__in=given)
    topics = Topic.objects.filter(in_use).distinct()
    return Facets(list(years), list(topics), _presenters(seen, presenters))


def _presenters(seen: QuerySet[Presentation], most: int) -> list[tuple[str, str, int]]:
    """(value of the filter, name, number): members by their slug, others by their name."""
    rows = (
        seen.order_by()
        .values("presenters__member__slug", "presenters__member__name", "presenters__name")
        .annotate(count=Count("pk", distinct=True))
        .order_by("-count")[:most]
    )
    people = []
    for row in rows:
        name = row["presenters__member__name"] or row["presenters__name"]
        if name:
            people.append((row["presenters__member__slug"] or name, name, row["count"]))
    return sorted(people, key=lambda person: person[1].casefold())


def by_presenter(seen: QuerySet[Presentation], person: str) -> QuerySet[Presentation]:
    """Presentations by a member's slug or by a plain name."""
    return seen.filter(Q(presenters__member__slug=person) | Q(presenters__name=person)).distinct()


def neighbours(presentation: Presentation, user: Any) -> dict[str, Presentation | None]:
    """The presentations before and after this one in the archive, by number or else by day."""
    seen = Presentation.objects.visible_to(user).given().exclude(pk=presentation.pk)
    if presentation.number:
        earlier = seen.filter(number__lt=presentation.number).order_by("-number")
        later = seen.filter(number__gt=presentation.number).order_by("number")
    elif presentation.presented_on:
        earlier = seen.filter(presented_on__lte=presentation.presented_on).order_by("-presented_on", "-pk")
        later = seen.filter(presented_on__gt=presentation.presented_on).order_by("presented_on", "pk")
    else:
        return {"previous": None, "next": None}
    return {"previous": earlier.first(), "next": later.first()}


def session_neighbours(session: Session, user: Any) -> dict[str, Session | None]:
    """The sessions before and after this one."""
    seen = Session.objects.visible_to(user).select_related("series").exclude(pk=session.pk)
    return {
        "previous": seen.filter(starts_at__lt=session.starts_at).order_by("-starts_at", "-pk").first(),
        "next": seen.filter(starts_at__gt=session.starts_at).order_by("starts_at", "pk").first(),
    }
