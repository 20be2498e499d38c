"""Discussion under a paper, report, presentation or list."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class Comment(models.Model):
    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    subject_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    author_name = models.CharField(max_length=120, blank=True, help_text="Kept when the account is gone.")
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    anchor = models.CharField(
        "place", max_length=20, blank=True, help_text="Where in its subject it points, such as slide=12 or t=754."
    )
    body = models.TextField()
    body_html = models.TextField(editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "created_at"], name="comments_of_subject")]

    #: Filled in by `discussion_of`.
    answers: list["Comment"]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def shown_author(self) -> str:
        return self.written_by.name if self.written_by else self.author_name or "A former member"
