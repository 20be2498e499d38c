"""Whether the links in lists and reports still lead somewhere."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from readinggroup.jobs import Job, JobQuerySet


def link_key(url: str) -> str:
    """What an address is found by: addresses are too long for an index."""
    return hashlib.sha256(url.encode("utf-8", errors="replace")).hexdigest()


class LinkCheckQuerySet(JobQuerySet):
    def gone(self) -> Self:
        return self.filter(health=LinkCheck.Health.GONE)

    def needing_care(self) -> Self:
        """Links that are gone or moved, and that nobody wants left alone."""
        return self.filter(health__in=(LinkCheck.Health.GONE, LinkCheck.Health.MOVED), is_left_alone=False)

    def over(self, at: datetime | None = None) -> Self:
        """Links whose turn has come."""
        at = at or timezone.now()
        return self.exclude(status__in=(Job.Status.PENDING, Job.Status.RUNNING)).filter(due_at__lte=at)


class LinkCheck(Job):
    """One address and how it was found; the job is to look again.

    It is gone when it could not be found on three different days; a host that does not answer proves nothing.
    """

    task_name: ClassVar[str] = "papers.check_link"
    task_argument: ClassVar[str] = "link_check_id"

    class Health(models.TextChoices):
        UNKNOWN = "unknown", "not checked yet"
        FINE = "fine", "fine"
        MOVED = "moved", "moved"
        GONE = "gone", "gone"
        UNSURE = "unsure", "could not be checked"

    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.TextField("address")
    health = models.CharField(max_length=8, choices=Health, default=Health.UNKNOWN, db_index=True)
    reason = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField("days not found", default=0)
    failed_on = models.DateField(null=True, blank=True)
    moved_to = models.TextField(blank=True)
    archived_url = models.TextField("archived copy", blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    is_left_alone = models.BooleanField("left alone", default=False, help_text="A person looked and wants it as it is.")

    objects: ClassVar[Any] = LinkCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "pk"]

    def __str__(self) -> str:
        return self.url[:120]
