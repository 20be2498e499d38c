"""What happens to slots: who had them, who waits for one, who would like to swap."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sessions.models.presentation import Presentation
from sessions.models.session import Session


class SlotEvent(models.Model):
    """One step in the life of a slot; steps are only ever added."""

    class Kind(models.TextChoices):
        CLAIMED = "claimed", "claimed"
        ASSIGNED = "assigned", "assigned by an organiser"
        JOINED = "joined", "joined as a co-presenter"
        LEFT = "left", "left"
        RELEASED = "released", "released"
        SWAPPED = "swapped", "swapped"
        GIVEN = "given", "marked as given"
        UNDONE = "undone", "not given after all"
        CANCELLED = "cancelled", "called off"

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="slot_events")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="slot_events")
    kind = models.CharField(max_length=10, choices=Kind)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="slot_events",
        help_text="Whom it is about.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Who did it."
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["presentation", "at"], name="slot_events_in_order")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.member or 'nobody'}"


class SlotWaiterQuerySet(models.QuerySet["SlotWaiter"]):
    def in_line(self) -> Self:
        """Those who have not been offered a slot yet, longest first."""
        return self.filter(offered_slot=None).order_by("since", "pk")

    def offered(self, at: datetime | None = None) -> Self:
        """Those for whom a slot is held right now."""
        return self.exclude(offered_slot=None).filter(offer_ends_at__gt=at or timezone.now())


class SlotWaiter(models.Model):
    """A member who would present in a session whose slots are taken. Of a slot that is freed they hear first.

    While an offer stands, the slot is held for them; then it goes to the next in line, and at last to everybody.
    """

    session = models.ForeignKey(Session, models.CASCADE, related_name="slot_waiters")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="slot_waits")
    since = models.DateTimeField(default=timezone.now, editable=False)
    offered_slot = models.OneToOneField(
        Presentation, models.SET_NULL, null=True, blank=True, related_name="offer", help_text="Held for them."
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    offer_ends_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SlotWaiterQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="waits_once_per_session"),
            models.CheckConstraint(
                condition=Q(offered_slot=None) | Q(offer_ends_at__isnull=False), name="offers_of_slots_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} waits for {self.session}"


class SlotSwapQuerySet(models.QuerySet["SlotSwap"]):
    def waiting(self) -> Self:
        return self.filter(status=SlotSwap.Status.ASKED)


class SlotSwap(models.Model):
    """A presenter asks another to change places; both presentations keep their addresses and change their sessions."""

    class Status(models.TextChoices):
        ASKED = "asked", "asked"
        AGREED = "agreed", "agreed"
        DECLINED = "declined", "declined"
        WITHDRAWN = "withdrawn", "withdrawn"
        LAPSED = "lapsed", "no longer possible"

    given = models.ForeignKey(
        Presentation, models.CASCADE, related_name="swaps_offered", help_text="Of the member who asks."
    )
    wanted = models.ForeignKey(Presentation, models.CASCADE, related_name="swaps_wanted")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="swaps_asked")
    message = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ASKED)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SlotSwapQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["given", "wanted"], condition=Q(status="asked"), name="one_open_swap_per_pair"
            ),
            models.CheckConstraint(condition=~Q(given=F("wanted")), name="swap_is_of_two_slots"),
        ]

    def __str__(self) -> str:
        return f"{self.given} for {self.wanted}"
