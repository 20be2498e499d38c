"""What can be found: one row per searchable thing, filled by readinggroup.search."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class SearchEntry(models.Model):
    """A document as the search engines see it; what only its authors may see has none."""

    class Visibility(models.TextChoices):
        PUBLIC = "public", "everybody"
        MEMBERS = "members", "members"

    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=30, db_index=True)
    title = models.TextField()
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    dated_at = models.DateTimeField(null=True, blank=True)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_entry_per_subject")]

    def __str__(self) -> str:
        return self.title
