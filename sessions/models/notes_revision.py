from django.conf import settings
from django.db import models
from django.utils import timezone

from sessions.models.session import Session


class NotesRevision(models.Model):
    """The shared notes of a session as they were after one accepted save."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="notes_revisions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["session", "version"], name="one_notes_revision_per_version")]

    def __str__(self) -> str:
        return f"version {self.version}"
