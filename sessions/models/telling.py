"""Telling people of sessions: mailings as jobs, reminders as members choose them, posts to a chat."""

from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone

from readinggroup.jobs import Job
from sessions.models.session import Session


class ReminderChoice(models.Model):
    """When a member wants to be reminded of the sessions they come to; who chose nothing is reminded a day before."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_choice")
    week = models.BooleanField("a week before", default=False)
    day = models.BooleanField("a day before", default=True)
    hour = models.BooleanField("an hour before", default=False)

    #: How long before its start each reminder is due.
    AHEAD: ClassVar[dict[str, timedelta]] = {
        "week": timedelta(days=7),
        "day": timedelta(days=1),
        "hour": timedelta(hours=1),
    }

    def __str__(self) -> str:
        return f"reminders of {self.member}"


class Mailing(Job):
    """One thing to tell about a session, as a job that writes a mail to each whom it concerns.

    A worker may die in the middle: whoever takes over writes to those who have none yet, since a mail is unique by
    event and address.
    """

    task_name: ClassVar[str] = "sessions.send_mailing"
    task_argument: ClassVar[str] = "mailing_id"
    lease_seconds: ClassVar[int] = 300
    max_attempts: ClassVar[int] = 5

    class Kind(models.TextChoices):
        INVITATION = "invitation", "invitation"
        REMINDER_WEEK = "week", "reminder a week before"
        REMINDER_DAY = "day", "reminder a day before"
        REMINDER_HOUR = "hour", "reminder an hour before"
        SLIDES = "slides", "slides reminder for presenters"
        PAPER = "paper", "paper reminder for presenters"
        CHANGE = "change", "notice of a change"
        CANCELLATION = "cancellation", "notice of a cancellation"
        AFTERWARDS = "afterwards", "what is missing after a presentation"
        MESSAGE = "message", "message to those who come"

    session = models.ForeignKey(Session, models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=12, choices=Kind)
    event = models.CharField(max_length=120, unique=True, editable=False, help_text="It is planned once.")
    details = models.JSONField(default=dict, blank=True, help_text="What changed, as it was and as it is.")
    written = models.PositiveIntegerField(default=0, help_text="How many mails were written.")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.session}"


class Webhook(models.Model):
    """A chat to which the site posts."""

    class Format(models.TextChoices):
        SLACK = "slack", "Slack"
        MATTERMOST = "mattermost", "Mattermost"
        DISCORD = "discord", "Discord"

    name = models.CharField(max_length=80, help_text="Such as the channel.")
    url = models.CharField(
        "address", max_length=1000, validators=[URLValidator(schemes=["https", "http"])], help_text="A secret: keep it."
    )
    format = models.CharField(max_length=10, choices=Format, default=Format.SLACK)
    tells_sessions = models.BooleanField("sessions announced, moved and called off", default=True)
    tells_archive = models.BooleanField("presentations given and reports published", default=True)
    is_active = models.BooleanField("in use", default=True)
    paused_because = models.CharField(max_length=300, blank=True, editable=False, help_text="Why the site stopped.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_url(self) -> str:
        """Enough of the address to know it by; whoever has all of it can post."""
        return f"{urlsplit(self.url).hostname or 'an address'}/…{self.url[-4:]}"


class WebhookPost(Job):
    """One message to one chat, sent at most once."""

    task_name: ClassVar[str] = "sessions.post_to_chat"
    task_argument: ClassVar[str] = "webhook_post_id"
    max_attempts: ClassVar[int] = 5

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="posts")
    event = models.CharField(max_length=160)
    text = models.TextField()
    path = models.CharField(max_length=400, blank=True, help_text="The page it is about.")
    handed_over_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["webhook", "event"], name="one_post_per_event_and_webhook")
        ]

    def __str__(self) -> str:
        return self.text[:60]
