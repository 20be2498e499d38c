"""The term at a glance: sessions with all that is said of them, and work that failed; a few queries, however long."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count, Prefetch, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from readinggroup.jobs import Job
from sessions.attention import Lack, Tone, lacks_of, tone_of
from sessions.fairness import Suggestion
from sessions.models import Mailing, Presentation, Session, SlotSwap
from sessions.models.attendance import Rsvp

WEEKS_BEFORE = 4
WEEKS_AHEAD = 12
MOST_SESSIONS = 80


@dataclass(frozen=True)
class SlotOnOffer:
    """An open slot with whom to ask, or for whom it is held."""

    slot: Any
    suggestion: Suggestion | None = None
    name: str = ""
    held_for: str = ""
    held_until: datetime | None = None


@dataclass
class TermRow:
    """One session of the term."""

    session: Any
    lacks: list[Lack]
    tone: Tone
    slots: list[SlotOnOffer] = field(default_factory=list)

    @property
    def lacking_talks(self) -> list[Presentation]:
        """Presentations of which something is missing, each once."""
        return list({lack.talk.pk: lack.talk for lack in self.lacks if lack.talk}.values())


def usual_range(at: datetime | None = None) -> tuple[date, date]:
    """From four weeks ago to twelve ahead."""
    today = timezone.localdate(at)
    return today - timedelta(weeks=WEEKS_BEFORE), today + timedelta(weeks=WEEKS_AHEAD)


def sessions_of_term(user: Any, first: date, last: date, *, series: Any = None) -> list[Any]:
    """Sessions from the day `first` to `last`, soonest first, with all that `lacks_of` looks at.

    At most MOST_SESSIONS, and one more where there are more.
    """
    rows = Session.objects.visible_to(user).filter(starts_at__date__gte=first, starts_at__date__lte=last)
    if series is not None:
        rows = rows.filter(series=series)
    waiting = Count("attendances", filter=Q(attendances__rsvp=Rsvp.WAITING), distinct=True)
    rows = with_attention(rows.for_listing().annotate(waiting_count=waiting))
    return list(rows.prefetch_related("presentations__offer__member").order_by("starts_at", "pk")[: MOST_SESSIONS + 1])


def with_attention(rows: Any) -> Any:
    """Sessions with their presentations and roles (as `for_listing()` has them), and what else `lacks_of` looks at."""
    swaps = SlotSwap.objects.waiting().select_related("asked_by")
    failed = Mailing.objects.filter(status=Job.Status.FAILED)
    return rows.prefetch_related(
        "presentations__slide_decks",
        "presentations__recordings",
        Prefetch("presentations__swaps_offered", queryset=swaps),
        Prefetch("mailings", queryset=failed, to_attr="failed_mailings"),
    )


def term_rows(sessions: list[Any], at: datetime | None = None) -> list[TermRow]:
    return [TermRow(session, lacks_of(session, at), tone_of(session, at)) for session in sessions]


@dataclass(frozen=True)
class FailedJobs:
    """Jobs of one kind that gave up; `path` leads to them in the admin, where there is a page."""

    label: str
    count: int
    path: str


def failed_jobs() -> list[FailedJobs]:
    """Work that the site gave up, by kind; a query for each kind of work."""
    found = []
    for model in apps.get_models():
        if not issubclass(model, Job):
            continue
        count = model._default_manager.filter(status=Job.Status.FAILED).count()
        if count:
            meta = model._meta
            name = str(meta.verbose_name if count == 1 else meta.verbose_name_plural)
            try:
                path = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist") + "?status__exact=failed"
            except NoReverseMatch:
                path = ""
            found.append(FailedJobs(name, count, path))
    return found
