"""Signs of life from the workers."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

SILENT_AFTER = timedelta(minutes=2)


class WorkerHeartbeatQuerySet(models.QuerySet["WorkerHeartbeat"]):
    def alive(self, at: datetime | None = None) -> Self:
        return self.filter(seen_at__gte=(at or timezone.now()) - SILENT_AFTER)


class WorkerHeartbeat(models.Model):
    """One row per worker process group, so that organisers can read "no worker since 14:02"."""

    name = models.CharField(max_length=200, unique=True)
    seen_at = models.DateTimeField()

    objects: ClassVar[Any] = WorkerHeartbeatQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.name
