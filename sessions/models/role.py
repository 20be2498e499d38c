"""Roles of a role-playing seminar, after Jacobson and Raffel: one paper, read by many pairs of eyes."""

from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from papers.models import Paper
from readinggroup.relations import rows_behind
from sessions.models.presentation import Presentation
from sessions.models.session import Session

MOST_MINUTES = 240
INTRO_MINUTES = 5
DISCUSSION_MINUTES = 15

_minutes = [MinValueValidator(0), MaxValueValidator(MOST_MINUTES)]


class Role(models.Model):
    """A way of reading a paper; organisers edit, add and retire roles."""

    class Emblem(models.TextChoices):
        SCALES = "scales", "scales"
        TROWEL = "trowel", "trowel"
        COMPASS = "compass", "compass"
        CRANE = "crane", "crane"
        TERMINAL = "terminal", "terminal"
        MAGNIFIER = "magnifier", "magnifying glass"
        GLOBE = "globe", "globe"
        MASK = "mask", "mask"

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    tagline = models.CharField(max_length=140, blank=True, help_text="What the role is about, in one sentence.")
    description = models.TextField("brief", blank=True, help_text="What whoever plays it does. Plain text.")
    questions = models.TextField(blank=True, help_text="What the role asks itself, one question a line.")
    minutes = models.PositiveIntegerField(default=5, validators=_minutes)
    position = models.PositiveIntegerField(default=1, help_text="The order in which roles speak.")
    emblem = models.CharField(max_length=12, choices=Emblem, default=Emblem.MASK)
    is_active = models.BooleanField("in use", default=True, help_text="A retired role stays in the sessions it was in.")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def question_lines(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]


class RolePlayQuerySet(models.QuerySet["RolePlay"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(session__in=Session.objects.visible_to(user))

    def for_listing(self) -> Self:
        """Of sessions that were not called off, newest first."""
        held = self.exclude(session__status=Session.Status.CANCELLED)
        return held.select_related("session__series").order_by("-session__starts_at")


class RolePlay(models.Model):
    """What a session read with roles has beside them: its paper, and time before and after the roles."""

    session = models.OneToOneField(Session, models.CASCADE, related_name="role_play")
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, blank=True, related_name="role_plays")
    intro_minutes = models.PositiveIntegerField("minutes to begin", default=INTRO_MINUTES, validators=_minutes)
    discussion_minutes = models.PositiveIntegerField(
        "minutes of discussion", default=DISCUSSION_MINUTES, validators=_minutes
    )

    objects: ClassVar[Any] = RolePlayQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.session}, with roles"


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def free(self) -> Self:
        return self.filter(member=None, name="")

    def played(self) -> Self:
        """Places that a member has or had, in sessions that were not called off."""
        return self.exclude(member=None).exclude(session__status=Session.Status.CANCELLED)

    def visible_to(self, user: Any) -> Self:
        return self.filter(session__in=Session.objects.visible_to(user))

    def in_order(self) -> Self:
        return self.order_by("position", "role__position", "pk")

    def for_cards(self) -> Self:
        """All that role cards show, in a constant number of queries."""
        decks = rows_behind(Presentation, "slide_decks").filter(is_current=True)
        first = rows_behind(decks.model, "slides").filter(number=1)
        decks = decks.prefetch_related(Prefetch("slides", queryset=first, to_attr="first_slides"))
        related = self.select_related("role", "member", "presentation", "session").in_order()
        return related.prefetch_related(Prefetch("presentation__slide_decks", queryset=decks, to_attr="current_decks"))


class RoleAssignment(models.Model):
    """The place of a role in a session, and who plays it: one member per role, one role per member.

    A place without a member is free. Of members who left, the name stays where they contributed.
    """

    class Filled(models.TextChoices):
        CLAIMED = "claimed", "claimed"
        ASSIGNED = "assigned", "assigned by an organiser"
        ROTATED = "rotated", "assigned by the rotation"

    session = models.ForeignKey(Session, models.CASCADE, related_name="role_assignments")
    role = models.ForeignKey(Role, models.PROTECT, related_name="assignments")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="role_assignments"
    )
    name = models.CharField("name of a former member", max_length=120, blank=True)
    filled = models.CharField("how it was filled", max_length=8, choices=Filled, blank=True)
    minutes = models.PositiveIntegerField(default=5, validators=_minutes)
    position = models.PositiveIntegerField(default=1)
    contribution = models.TextField("notes", blank=True, help_text="In Markdown.")
    contribution_html = models.TextField(blank=True, editable=False)
    code_url = models.URLField("code", max_length=1000, blank=True)
    presentation = models.OneToOneField(
        Presentation, models.SET_NULL, null=True, blank=True, related_name="role_assignment"
    )

    objects: ClassVar[Any] = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "role"], name="one_member_per_role"),
            models.UniqueConstraint(fields=["session", "member"], name="one_role_per_member"),
            models.CheckConstraint(condition=Q(member=None) | Q(name=""), name="role_has_a_member_or_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.player_name or 'Nobody yet'} as {self.role}"

    def get_absolute_url(self) -> str:
        return f"{reverse('sessions:session_detail', args=[self.session_id])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"role-{self.role.slug}"

    @property
    def player_name(self) -> str:
        """Who plays it; "" while it is free."""
        return self.member.display_name if self.member else self.name

    @property
    def is_free(self) -> bool:
        return self.member_id is None and not self.name

    @property
    def code_host(self) -> str:
        """Where the code is: "github.com"."""
        return urlsplit(self.code_url).netloc.removeprefix("www.")

    @property
    def has_contribution(self) -> bool:
        return bool(self.contribution or self.code_url or self.presentation_id)
