from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from readinggroup.jobs import Job
from readinggroup.progress import Progress, progress_of

#: What a report counts, said of one and of several.
_FIGURES = {
    "lists": ("list", "lists"),
    "sections": ("section", "sections"),
    "entries": ("entry", "entries"),
    "links": ("link", "links"),
    "papers": ("paper", "papers"),
    "arxiv": ("paper at arXiv", "papers at arXiv"),
    "sessions": ("session", "sessions"),
    "presentations": ("presentation", "presentations"),
    "slides": ("presentation with slides", "presentations with slides"),
    "recordings": ("presentation with a recording", "presentations with a recording"),
    "reports": ("report", "reports"),
}


class ImportJob(Job):
    """A document that an organiser uploaded or pasted: first read for a preview, then, when told so, brought in.

    `report` is what the last reading said, in the form that `import_document --format json` prints.
    """

    task_name: ClassVar[str] = "sessions.import_document"
    task_argument: ClassVar[str] = "import_job_id"
    lease_seconds: ClassVar[int] = 900
    max_attempts: ClassVar[int] = 2

    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/")
    shape = models.CharField(max_length=40, blank=True)
    is_preview = models.BooleanField(default=True)
    report = models.JSONField(default=dict, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("sessions:import_detail", args=[self.pk])

    @property
    def progress_key(self) -> str:
        return f"import:{self.pk}"

    @property
    def progress(self) -> Progress | None:
        """How far the worker is, where that is known."""
        return progress_of(self.progress_key)

    @property
    def is_ready(self) -> bool:
        """Whether a preview waits for a decision."""
        return self.is_preview and self.status == self.Status.DONE

    @property
    def is_imported(self) -> bool:
        return not self.is_preview and self.status == self.Status.DONE

    @property
    def figures(self) -> list[tuple[str, Any]]:
        """What the document holds, in words, without what it has none of."""
        counts = self.report.get("counts", {})
        return [(_FIGURES.get(name, (name, name))[count != 1], count) for name, count in counts.items() if count]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What was done, or would be done, for each kind of row."""
        kinds = dict.fromkeys(kind for part in ("added", "changed", "unchanged") for kind in self.report.get(part, {}))
        told = []
        for kind in kinds:
            parts = [
                f"{self.report[part][kind]} {part}"
                for part in ("added", "changed", "unchanged")
                if self.report.get(part, {}).get(kind)
            ]
            told.append((kind, ", ".join(parts)))
        return told
