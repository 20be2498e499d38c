"""What the pages about reports ask of the database."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from papers.models import Paper, Report


@dataclass(frozen=True)
class Neighbours:
    """Where a reader can go on: within the series, and within the kind."""

    previous_part: Report | None
    next_part: Report | None
    previous: Report | None
    next: Report | None


def report_for_page(user: Any) -> QuerySet[Report]:
    """Reports with all that their page shows."""
    paper = Prefetch("paper", queryset=Paper.objects.for_card())
    return Report.objects.visible_to(user).with_authors().prefetch_related("topics", paper)


def neighbours_of(report: Report) -> Neighbours:
    """The public reports beside this one, by part in its series and by number or day in its kind."""
    public = (
        Report.objects.published().exclude(pk=report.pk).only("title", "slug", "kind", "number", "part", "dated_on")
    )
    previous_part = next_part = None
    if report.series_title and report.part is not None:
        parts = public.filter(series_title=report.series_title)
        previous_part = parts.filter(part__lt=report.part).order_by("-part").first()
        next_part = parts.filter(part__gt=report.part).order_by("part").first()
    before, after = _beside(report)
    same = public.filter(kind=report.kind)
    return Neighbours(
        previous_part,
        next_part,
        same.filter(before).order_by("-number", "-dated_on", "-pk").first() if before else None,
        same.filter(after).order_by("number", "dated_on", "pk").first() if after else None,
    )


def _beside(report: Report) -> tuple[Q | None, Q | None]:
    if report.number is not None:
        return Q(number__lt=report.number), Q(number__gt=report.number)
    if report.dated_on is not None:
        same_day = Q(number=None, dated_on=report.dated_on)
        before = Q(number=None, dated_on__lt=report.dated_on) | same_day & Q(pk__lt=report.pk)
        after = Q(number=None, dated_on__gt=report.dated_on) | same_day & Q(pk__gt=report.pk)
        return before, after
    return None, None
