from typing import ClassVar

from django.conf import settings
from django.db import models

from readinggroup.models.mail import MailJob


class Digest(MailJob):
    """One member's digest of one week; the job is to write and send it. At most one a week, whoever plans them."""

    task_name: ClassVar[str] = "readinggroup.send_digest"
    task_argument: ClassVar[str] = "digest_id"

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests")
    week = models.DateField(help_text="The Monday of its week.")

    class Meta:
        ordering = ["-week", "member"]
        constraints = [models.UniqueConstraint(fields=["member", "week"], name="one_digest_a_week")]

    def __str__(self) -> str:
        return f"digest of {self.week} for {self.member}"
