"""Asking a host no faster than it likes, over all workers of the site."""

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from readinggroup.fetching.errors import HostBusy
from readinggroup.models import FetchTurn

MAX_RETRY_AFTER = 6 * 3600.0
#: So many failures in a row break the circuit: the host is left alone, longer with each further failure.
MANY_FAILURES = 5
FIRST_BREAK = 60.0
MAX_BREAK = 3600.0


@dataclass(frozen=True)
class Pace:
    """At most one request per `seconds` to whatever goes by `name`; who must wait longer than `patience` is told so."""

    name: str
    seconds: float = 1.0
    patience: float = 8.0


def wait_for_turn(pace: Pace) -> None:
    """Reserve the next free moment and sleep until it comes. Raises HostBusy with the seconds to wait."""
    if pace.seconds <= 0:
        return
    row, _ = FetchTurn.objects.get_or_create(name=pace.name)
    while True:
        now = timezone.now()
        start = max(now, row.free_at)
        seconds = (start - now).total_seconds()
        if seconds > pace.patience:
            raise HostBusy(f"{pace.name} is asked by others", retry_after=seconds + random.uniform(0, 10))  # noqa: S311
        if _reserve(row, start + timedelta(seconds=pace.seconds)):
            break
        row.refresh_from_db()
    if seconds > 0:
        time.sleep(seconds)


def leave_alone(pace: Pace, seconds: float) -> None:
    """Ask nothing of `pace.name` for so long, as it requested."""
    until = timezone.now() + timedelta(seconds=min(seconds, MAX_RETRY_AFTER))
    FetchTurn.objects.get_or_create(name=pace.name)
    FetchTurn.objects.filter(name=pace.name, free_at__lt=until).update(free_at=until)


def count_failure(pace: Pace) -> None:
    """The host did not answer, or only that it cannot. After several times in a row nobody asks it for a while."""
    FetchTurn.objects.get_or_create(name=pace.name)
    rows = FetchTurn.objects.filter(name=pace.name)
    rows.update(failures=F("failures") + 1)
    failures = rows.values_list("failures", flat=True).get()
    if failures >= MANY_FAILURES:
        seconds = min(FIRST_BREAK * 2 ** min(failures - MANY_FAILURES, 10), MAX_BREAK)
        leave_alone(pace, seconds * random.uniform(1, 1.3))  # noqa: S311 -- spreads the load, keeps no secret


def forget_failures(pace: Pace) -> None:
    """The host answers again."""
    FetchTurn.objects.filter(name=pace.name, failures__gt=0).update(failures=0)


def _reserve(row: FetchTurn, until: datetime) -> bool:
    """One conditional UPDATE: of many workers that saw the same free moment, one gets it."""
    return bool(FetchTurn.objects.filter(pk=row.pk, free_at=row.free_at).update(free_at=until))
