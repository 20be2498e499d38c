from typing import ClassVar

from django.db import models
from django.utils import timezone

from papers.models.paper import Paper
from readinggroup.jobs import Job


class MetadataFetch(Job):
    """The job of asking a source what a paper is called, who wrote it and when it appeared."""

    task_name: ClassVar[str] = "papers.fetch_metadata"
    task_argument: ClassVar[str] = "paper_id"
    lease_seconds: ClassVar[int] = 90
    max_attempts: ClassVar[int] = 5

    paper = models.OneToOneField(Paper, models.CASCADE, primary_key=True, related_name="metadata_fetch")
    source = models.CharField(max_length=40, blank=True, help_text="Who answered, such as arXiv or Crossref.")
    requested_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "metadata fetch"
        verbose_name_plural = "metadata fetches"

    @property
    def is_refresh(self) -> bool:
        """Whether the paper was described before: then nothing is missing while it waits, or when it fails."""
        return bool(self.source)

    def __str__(self) -> str:
        return f"metadata of paper {self.pk}"
