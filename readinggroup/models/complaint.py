from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from readinggroup.models.comment import Comment


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)


class Complaint(models.Model):
    """A member's word that organisers should look at a comment; each member says it once for each comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="complaints")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="complaints")
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["comment", "made_by"], name="one_complaint_per_member")]

    def __str__(self) -> str:
        return self.reason[:60]
