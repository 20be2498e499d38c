"""Who comes to a session, who waits for a seat, and who was there."""

import secrets
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from sessions.models.session import Session


class Rsvp(models.TextChoices):
    YES = "yes", "coming"
    MAYBE = "maybe", "perhaps"
    NO = "no", "not coming"
    WAITING = "waiting", "waiting for a seat"


class Reply(models.Model):
    """What members and guests have in common: whether they mean to come, since when they wait, whether they came."""

    Rsvp = Rsvp

    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    attended = models.BooleanField(null=True, blank=True)
    checked_in_at = models.DateTimeField(null=True, blank=True, editable=False)

    rsvp: Any
    #: What a reply writes. Whether somebody came is ticked by others, maybe in this very moment.
    SAID: ClassVar[list[str]]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever waits does so since some moment, and nobody else does."""
        if "rsvp" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "waiting_since"}
        if self.rsvp != Rsvp.WAITING:
            self.waiting_since = None
        elif self.waiting_since is None:
            self.waiting_since = timezone.now()
        super().save(*args, **kwargs)

    @property
    def is_coming(self) -> bool:
        return bool(self.rsvp == Rsvp.YES)

    @property
    def is_waiting(self) -> bool:
        return bool(self.rsvp == Rsvp.WAITING)


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def coming(self) -> Self:
        return self.filter(rsvp=Rsvp.YES)

    def in_line(self) -> Self:
        """Those who wait for a seat, longest first."""
        return self.filter(rsvp=Rsvp.WAITING).order_by("waiting_since", "pk")

    def attended(self) -> Self:
        return self.filter(attended=True)


class Attendance(Reply):
    """Whether a member means to come to a session, and whether they did."""

    SAID = ["rsvp", "answered_at"]

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances")
    rsvp = models.CharField("reply", max_length=8, choices=Rsvp, blank=True)
    answered_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[Any] = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="one_reply_per_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_rsvp_display()}"


def _guest_key() -> str:
    return secrets.token_urlsafe(24)


class GuestQuerySet(models.QuerySet["Guest"]):
    def known(self) -> Self:
        """All but those who are forgotten; whoever has the key of one of these may change it."""
        return self.exclude(email="")

    def confirmed(self) -> Self:
        return self.exclude(confirmed_at=None)

    def coming(self) -> Self:
        return self.confirmed().filter(rsvp=Rsvp.YES)

    def in_line(self) -> Self:
        return self.confirmed().filter(rsvp=Rsvp.WAITING).order_by("waiting_since", "pk")

    def attended(self) -> Self:
        return self.filter(attended=True)


class Guest(Reply):
    """Somebody without an account who comes to one session; the key in their mails is how they confirm and change."""

    SAID = ["rsvp", "confirmed_at"]

    session = models.ForeignKey(Session, models.CASCADE, related_name="guests")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", max_length=254, blank=True, help_text="Forgotten after the session.")
    key = models.CharField(max_length=64, unique=True, default=_guest_key, editable=False)
    rsvp = models.CharField("reply", max_length=8, choices=Rsvp, default=Rsvp.YES)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = GuestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                "session",
                Lower("email"),
                name="one_guest_per_session_and_address",
                condition=~models.Q(email=""),
                violation_error_message="This address has replied already.",
            )
        ]

    def __str__(self) -> str:
        return self.name or "A guest"

    def get_absolute_url(self) -> str:
        return reverse("sessions:guest_detail", args=[self.key])
