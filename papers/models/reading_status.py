from django.conf import settings
from django.db import models

from papers.models.paper import Paper


class ReadingStatus(models.Model):
    """How far a member is with a paper, and a note that only they see."""

    class Status(models.TextChoices):
        TO_READ = "to_read", "to read"
        READING = "reading", "reading"
        READ = "read", "read"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading")
    paper = models.ForeignKey(Paper, models.CASCADE, related_name="reading")
    status = models.CharField(max_length=8, choices=Status, default=Status.TO_READ)
    note = models.TextField(blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "reading statuses"
        constraints = [models.UniqueConstraint(fields=["member", "paper"], name="one_status_per_member_and_paper")]

    def __str__(self) -> str:
        return self.get_status_display()
