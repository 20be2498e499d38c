"""Background work: the row is the job.

A model that inherits `Job` carries its own state, so neither a dead worker nor a lost broker can lose work:

* a service inserts or resets the row and calls `job.enqueue()` in the same transaction; after the commit the broker is
  asked to wake a worker, and if the broker is away nothing breaks;
* the task calls `Model.objects.claim(pk)`: one conditional UPDATE takes a lease and counts the attempt before the work
  begins, so of many messages for one row exactly one works;
* effects are written inside `with job.holding_lease():`, together with `job.finish()`, `job.fail()` or
  `job.postpone()`; a worker that lost its lease gets `LeaseLost` there, and its writes are rolled back;
* `sweep()` wakes whatever is due, pending or with an expired lease, and gives up with a reason after `max_attempts`.
"""

import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from celery import current_app
from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

log = logging.getLogger(__name__)

GAVE_UP = "The work was interrupted {attempts} times, so the site has given up. Start it again when you like."


class LeaseLost(Exception):
    """Another worker holds the job now, or the row is gone: nothing may be written for it here."""


class JobQuerySet(models.QuerySet[Any]):
    """Rows as work to do; `at=None` means now."""

    def waiting(self) -> Self:
        return self.filter(status__in=(Job.Status.PENDING, Job.Status.RUNNING))

    def due(self, at: datetime | None = None) -> Self:
        """Rows a worker should take: pending and not put off, or running under a lease that ran out."""
        at = at or timezone.now()
        pending = Q(status=Job.Status.PENDING) & (Q(wake_at=None) | Q(wake_at__lte=at))
        return self.filter(pending | Q(status=Job.Status.RUNNING, lease_expires_at__lt=at))

    def exhausted(self, at: datetime | None = None) -> Self:
        """Rows whose last permitted attempt died without a word."""
        return self.filter(
            status=Job.Status.RUNNING,
            lease_expires_at__lt=at or timezone.now(),
            attempts__gte=self.model.max_attempts,
        )

    def claim(self, pk: int, at: datetime | None = None) -> Any | None:
        """Take the row `pk` for work and return it, or None when it is gone, done, put off or held by another."""
        at = at or timezone.now()
        lease = uuid.uuid4()
        taken = (
            self.due(at)
            .filter(pk=pk, attempts__lt=self.model.max_attempts)
            .update(
                status=Job.Status.RUNNING,
                attempts=F("attempts") + 1,
                lease=lease,
                claimed_at=at,
                lease_expires_at=at + timedelta(seconds=self.model.lease_seconds),
                wake_at=None,
            )
        )
        return self.get(pk=pk) if taken else None


class Job(models.Model):
    """State of a piece of background work, kept on the row that the work is about."""

    class Status(models.TextChoices):
        PENDING = "pending", "waiting for a worker"
        RUNNING = "running", "being worked on"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    #: Name of the Celery task that does this work, and its keyword for the row's primary key.
    task_name: ClassVar[str]
    task_argument: ClassVar[str]
    #: How long one attempt may hold the row, longer than the work's own time limit.
    lease_seconds: ClassVar[int] = 120
    max_attempts: ClassVar[int] = 3

    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    wake_at = models.DateTimeField("not before", null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.status in (self.Status.PENDING, self.Status.RUNNING)

    def enqueue(self) -> None:
        """Wake a worker once the current transaction is committed. A dead broker is logged; the sweep comes later."""
        name, argument, pk = self.task_name, self.task_argument, self.pk

        def publish() -> None:
            wake_worker(name, argument, pk)

        transaction.on_commit(publish, robust=True)

    def restart(self) -> None:
        """Begin again from the first attempt, whatever happened before, and wake a worker."""
        self.status, self.attempts, self.lease = self.Status.PENDING, 0, None
        self.error_code = self.error = ""
        self.wake_at = self.lease_expires_at = self.finished_at = None
        self.save(update_fields=JOB_FIELDS)
        self.enqueue()

    @contextmanager
    def holding_lease(self) -> Iterator[None]:
        """Write the work's effects in one transaction, only while this worker still holds the row.

        Raises LeaseLost, undoing what was written, when another worker has taken over or the row was deleted.
        """
        with transaction.atomic():
            rows = type(self)._default_manager.filter(pk=self.pk, lease=self.lease, status=self.Status.RUNNING)
            if not rows.select_for_update().exists():
                raise LeaseLost(f"{self._meta.label} {self.pk}")
            yield

    def extend_lease(self) -> None:
        """Say that the work goes on. Raises LeaseLost when it may not."""
        until = timezone.now() + timedelta(seconds=self.lease_seconds)
        self._write_under_lease(lease_expires_at=until)

    def advance(self, **changes: Any) -> None:
        """Keep how far the work is and go on. Raises LeaseLost.

        Attempts count anew: what moves forward between interruptions needs no end of them.
        """
        until = timezone.now() + timedelta(seconds=self.lease_seconds)
        self._write_under_lease(lease_expires_at=until, attempts=0, **changes)

    def finish(self) -> None:
        """Mark the work done. Raises LeaseLost."""
        self._settle(self.Status.DONE, "", "")

    def fail(self, code: str, reason: str) -> None:
        """Mark the work failed for good, with a reason that a member can act on. Raises LeaseLost."""
        self._settle(self.Status.FAILED, code, reason)

    def postpone(self, code: str, reason: str, *, until: datetime) -> None:
        """Try again not before `until`, or fail when the attempts are used up. Raises LeaseLost."""
        if self.attempts >= self.max_attempts:
            return self.fail(code, reason)
        self._write_under_lease(
            status=self.Status.PENDING, lease=None, lease_expires_at=None, wake_at=until, error_code=code, error=reason
        )

    def put_off(self, code: str, reason: str, *, until: datetime) -> None:
        """Try again not before `until` without counting this attempt, since its work never began. Raises LeaseLost."""
        self._write_under_lease(
            status=self.Status.PENDING,
            attempts=self.attempts - 1,
            lease=None,
            lease_expires_at=None,
            wake_at=until,
            error_code=code,
            error=reason,
        )

    def _settle(self, status: "Job.Status", code: str, reason: str) -> None:
        self._write_under_lease(
            status=status,
            error_code=code,
            error=reason,
            lease=None,
            lease_expires_at=None,
            finished_at=timezone.now(),
        )

    def _write_under_lease(self, **changes: Any) -> None:
        rows = type(self)._default_manager.filter(pk=self.pk, lease=self.lease, status=self.Status.RUNNING)
        if not rows.update(**changes):
            raise LeaseLost(f"{self._meta.label} {self.pk}")
        for name, value in changes.items():
            setattr(self, name, value)


JOB_FIELDS = [field.name for field in Job._meta.local_fields]


def wake_worker(task_name: str, argument: str, pk: int) -> bool:
    """Ask the broker to wake a worker for one row; False, and a line in the log, when the broker is away."""
    try:
        # With retry=False kombu's own connection retries run for six seconds; the policy in the settings allows none.
        current_app.send_task(task_name, kwargs={argument: pk}, retry=True)
    except Exception as error:  # noqa: BLE001 -- whatever a broker throws, the page must go on
        log.warning("Broker away, %s %s waits for the sweep: %s", task_name, pk, error)
        return False
    return True


def job_models() -> list[type[Job]]:
    """Return every model that is a job."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def sweep(at: datetime | None = None, *, batch: int = 500) -> dict[str, int]:
    """Wake workers for all due rows and give up on exhausted ones; return how many of each."""
    counts = {"woken": 0, "given_up": 0}
    for model in job_models():
        counts["given_up"] += _give_up(model, at)
        for pk in model.objects.due(at).order_by("pk").values_list("pk", flat=True)[:batch]:
            if not wake_worker(model.task_name, model.task_argument, pk):
                return counts
            counts["woken"] += 1
    return counts


def _give_up(model: type[Job], at: datetime | None) -> int:
    reason = GAVE_UP.format(attempts=model.max_attempts)
    return model.objects.exhausted(at).update(
        status=Job.Status.FAILED,
        error_code="interrupted",
        error=reason,
        lease=None,
        lease_expires_at=None,
        finished_at=at or timezone.now(),
    )
