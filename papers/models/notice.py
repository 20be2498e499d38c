"""What happened to a paper after it appeared."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from papers.models.paper import Paper


class PaperNotice(models.Model):
    """A retraction, a newer version, the published form: noticed at a source, shown on the paper's page."""

    class Kind(models.TextChoices):
        RETRACTION = "retraction", "retracted"
        WITHDRAWAL = "withdrawal", "withdrawn"
        CONCERN = "concern", "expression of concern"
        CORRECTION = "correction", "corrected"
        PUBLICATION = "publication", "published"
        VERSION = "version", "newer version"

    #: What a reader must know before reading on.
    GRAVE: ClassVar[tuple[str, ...]] = (Kind.RETRACTION, Kind.WITHDRAWAL, Kind.CONCERN)

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    detail = models.CharField(max_length=500, blank=True, help_text="A venue, a version such as v3, or a reason.")
    url = models.URLField("address", max_length=1000, blank=True)
    source = models.CharField(max_length=40, blank=True)
    noticed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [models.UniqueConstraint(fields=["paper", "kind", "url"], name="one_notice_per_address")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.detail}".strip()

    @property
    def is_grave(self) -> bool:
        return self.kind in self.GRAVE
