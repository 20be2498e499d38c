"""What can happen to a report: saving, numbering, publishing, taking back."""

import re
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from papers.models import Report, ReportImage
from readinggroup.images import OWN_NAME
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from readinggroup.texts import notice_text

# The other kinds are known by their day, their part or their title; an organiser may still number them.
NUMBERED_KINDS = frozenset({Report.Kind.PAPER})
NUMBER_ATTEMPTS = 500
WRITTEN_FIELDS = (
    "kind", "title", "series_title", "part", "paper", "paper_title", "epigraph", "epigraph_html",
    "teaser", "teaser_html", "body", "body_html", "cover", "cover_width", "cover_height", "cover_display_width",
    "cover_alt", "code_url", "canonical_url", "dated_on", "period_ends_on",
)  # fmt: skip


class ReportChangedMeanwhile(Exception):
    """Somebody else saved this report since it was opened; `current` is what is stored now."""

    def __init__(self, current: Report) -> None:
        super().__init__("Somebody else saved this report while you were writing.")
        self.current = current


class NoFreeNumber(Exception):
    """The numbers of this kind are asked for faster than they can be given."""


def render_report(report: Report) -> None:
    """Fill the HTML fields of `report` from its Markdown, without saving."""
    report.epigraph_html = render_markdown(report.epigraph, id_prefix="epigraph-")
    report.teaser_html = render_markdown(report.teaser, id_prefix="teaser-")
    report.body_html = render_markdown(report.body)


@transaction.atomic
def save_report(
    report: Report, *, saved_by: Member, version: int | None = None, authors: Iterable[Member] | None = None
) -> Report:
    """Store `report` as one more revision, rendered. A new one is by `saved_by` unless `authors` says otherwise.

    `version` is the one that the writer started from. Raises `ReportChangedMeanwhile`, and writes nothing, when another
    save came first.
    """
    render_report(report)
    if report.pk is None:
        report.version = 1
        _insert(report)
        _set_authors(report, authors if authors is not None else [saved_by])
    else:
        started_from = report.version if version is None else version
        # One statement decides between two writers who press the button at the same moment.
        if not Report.objects.filter(pk=report.pk, version=started_from).update(version=F("version") + 1):
            raise ReportChangedMeanwhile(Report.objects.get(pk=report.pk))
        report.version = started_from + 1
        # Only what is written: a report published in this very moment stays published.
        report.save(update_fields=[*WRITTEN_FIELDS, "updated_at"])
        if authors is not None:
            _set_authors(report, authors)
    report.revisions.create(
        version=report.version, title=report.title, teaser=report.teaser, body=report.body, saved_by=saved_by
    )
    _adopt_images(report, saved_by)
    notice_text(report)
    return report


def publish_report(report: Report, *, number: int | None = None) -> Report:
    """Make `report` public and finished. A paper report gets the next number of its kind, or `number` if given.

    Raises `IntegrityError` when that number is taken.
    """
    return _make_public(report, Report.Status.PUBLISHED, number)


def mark_work_in_progress(report: Report) -> Report:
    """Make `report` public and marked as unfinished."""
    return _make_public(report, Report.Status.WORK_IN_PROGRESS, None)


@transaction.atomic
def withdraw_to_draft(report: Report) -> Report:
    """Take `report` out of public sight. Its number stays its own: old links and citations never mean another one."""
    report.status = Report.Status.DRAFT
    report.save(update_fields=["status", "updated_at"])
    notice_text(report)
    return report


def assign_number(report: Report) -> Report:
    """Give `report` the next free number of its kind; one that has a number keeps it.

    The unique constraint decides between many at once: who loses looks again.
    """
    for _ in range(NUMBER_ATTEMPTS):
        highest = Report.objects.filter(kind=report.kind).aggregate(highest=Max("number"))["highest"] or 0
        try:
            with transaction.atomic():
                Report.objects.filter(pk=report.pk, number=None).update(number=highest + 1)
        except IntegrityError:
            continue
        report.refresh_from_db(fields=["number"])
        return report
    raise NoFreeNumber("No number could be given just now. Try again in a moment.")


@transaction.atomic
def _make_public(report: Report, status: Report.Status, number: int | None) -> Report:
    if number is not None and report.number is None:
        report.number = number
        report.save(update_fields=["number"])
    elif report.number is None and report.kind in NUMBERED_KINDS:
        assign_number(report)
    now = timezone.now()
    report.status = status
    report.published_at = report.published_at or now
    report.dated_on = report.dated_on or timezone.localdate(now)
    report.save(update_fields=["status", "published_at", "dated_on", "updated_at"])
    notice_text(report)
    return report


def _insert(report: Report) -> None:
    for attempt in range(5):
        try:
            with transaction.atomic():
                report.save(force_insert=True)
        except IntegrityError:
            # Another report took the same address between our look and our insert; any other clash is the caller's.
            if attempt == 4 or not Report.objects.filter(slug=report.slug).exists():
                raise
            report.slug, report.pk = "", None
        else:
            return


def _set_authors(report: Report, authors: Iterable[Member]) -> None:
    """Make `authors` the members among the authors, in this order; names without an account stay, after them."""
    authors = list(authors)
    report.credits.filter(member__isnull=False).exclude(member__in=authors).delete()
    for position, member in enumerate(authors, start=1):
        report.credits.update_or_create(member=member, defaults={"position": position})
    report.credits.filter(member=None).update(position=len(authors) + 1)


def _adopt_images(report: Report, saved_by: Member) -> None:
    """Pictures shown in `report` are seen by whoever may see it; writers may carry their own from text to text."""
    names = set(re.findall(OWN_NAME, f"{report.teaser}\n{report.body}\n{report.epigraph}"))
    if names:
        homeless = Q(report=None) | Q(report__status=Report.Status.DRAFT)
        ReportImage.objects.filter(homeless, name__in=names, uploaded_by=saved_by).update(report=report)
