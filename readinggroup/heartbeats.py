"""Signs of life from the workers."""

import logging

from django.db import DatabaseError, connections
from django.utils import timezone

from readinggroup.models import WorkerHeartbeat

log = logging.getLogger(__name__)


def record_heartbeat(name: str) -> None:
    """Note that the worker `name` is alive. Without a database it is only logged: the worker must not die of it."""
    try:
        WorkerHeartbeat.objects.update_or_create(name=name[:200], defaults={"seen_at": timezone.now()})
    except DatabaseError as error:
        log.warning("No heartbeat written: %s", error)
    finally:
        # Pool children are forked from this process and must not inherit its connection.
        connections.close_all()
