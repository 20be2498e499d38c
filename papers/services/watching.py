"""Looking again, now and then, at the papers that the group has read."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from papers.models import MetadataFetch, Paper, PaperNotice, Report

#: A paper is asked about once in so long; sources change slowly.
WATCH_EVERY = timedelta(days=30)
#: How many at most in one round; a round an hour is 7,200 papers a month.
BATCH = 10
#: How long a notice is news.
NEWS_FOR = timedelta(days=60)


def watch_papers(at: datetime | None = None) -> int:
    """Have the sources asked anew about the papers that were checked longest ago; return about how many.

    Only papers that were presented or reported on are watched, and only those whose last fetch is over. Called twice,
    or by two schedulers at once, it asks about no paper twice.
    """
    at = at or timezone.now()
    over = MetadataFetch.objects.filter(
        status__in=(MetadataFetch.Status.DONE, MetadataFetch.Status.FAILED), finished_at__lt=at - WATCH_EVERY
    ).exclude(error_code="no_source")
    due = list(over.filter(paper__in=_read_papers()).order_by("finished_at")[:BATCH])
    for job in due:
        # The row changes from "over" to "waiting" once, whoever else looks at it.
        if over.filter(pk=job.pk).update(status=MetadataFetch.Status.PENDING, attempts=0, wake_at=None):
            job.enqueue()
    return len(due)


def recent_notices(at: datetime | None = None) -> QuerySet[PaperNotice]:
    """What was noticed lately about papers that the group has read, newest first, with their papers."""
    since = (at or timezone.now()) - NEWS_FOR
    rows = PaperNotice.objects.filter(noticed_at__gte=since, paper__in=_read_papers())
    return rows.select_related("paper").order_by("-noticed_at", "-pk")


def _read_papers() -> QuerySet[Any, Any]:
    written = Report.objects.published().values("paper")
    return Paper.objects.filter(Q(presentations__status="given") | Q(pk__in=written)).values("pk")
