from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from readinggroup.jobs import Job


class MailJob(Job):
    """A mail as a job. It is marked before the server gets it, so a crash may lose it and never sends it twice."""

    handed_over_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was given to the mail server; from then on it is not sent again."
    )

    class Meta:
        abstract = True


class Mail(MailJob):
    """A mail about one event to one address; however often the event is told, it is sent once.

    `calendar` is an iCalendar object that goes along, `calendar_method` its METHOD, such as REQUEST or CANCEL. Where
    it goes to no member, `stop_url` is how whoever gets it ends such mails.
    """

    task_name: ClassVar[str] = "readinggroup.send_mail"
    task_argument: ClassVar[str] = "mail_id"

    event = models.CharField(max_length=160, help_text="What it is about: “session-12-reminder-day”.")
    kind = models.CharField(max_length=30)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mails")
    address = models.EmailField("e-mail address", max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=20, blank=True)
    stop_url = models.CharField(max_length=300, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="From then on it is of no use, and not sent.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["event", "address"], name="one_mail_per_event_and_address")]

    def __str__(self) -> str:
        return f"{self.subject} ({self.address})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.address = self.address.lower()
        super().save(*args, **kwargs)
