"""The Celery app: three queues, and a beat that only ever wakes the sweep.

The broker carries wake-up calls, never the work: see `readinggroup.jobs`.
"""

import os
from typing import Any

from celery import Celery, bootsteps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readinggroup.settings")

app = Celery("readinggroup")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Pulse(bootsteps.StartStopStep):
    """A sign of life of this worker in the database, every half minute, for organisers and health checks."""

    requires = ("celery.worker.components:Timer",)
    seconds = 30.0

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        self.timer: Any = None
        super().__init__(parent, **kwargs)

    def start(self, parent: Any) -> None:
        def beat() -> None:
            from readinggroup.heartbeats import record_heartbeat  # noqa: PLC0415 -- needs the models, loaded later

            record_heartbeat(parent.hostname)

        beat()
        self.timer = parent.timer.call_repeatedly(self.seconds, beat)

    def stop(self, parent: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()


app.steps["worker"].add(Pulse)
