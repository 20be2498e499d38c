"""People of the group, who sign in by e-mail."""

import secrets
from datetime import datetime
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from readinggroup.slugs import unique_slug


class MemberQuerySet(models.QuerySet["Member"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def reachable(self) -> Self:
        """Active members, but for those who have yet to confirm that the address is theirs."""
        confirmed = Q(emailaddress__verified=True, emailaddress__primary=True)
        return self.active().filter(Q(emailaddress=None) | confirmed).distinct()

    def listed(self) -> Self:
        """Members whose profile everybody may see."""
        return self.active().filter(is_public=True)

    def organisers(self) -> Self:
        return self.active().filter(is_organiser=True)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Create a member who signs in with `email`; without a password they cannot sign in by password."""
        if not email:
            raise ValueError("A member needs an e-mail address.")
        member = self.model(email=self.normalize_email(email), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_organiser=True, **fields)


class Member(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True, help_text="How the group calls you.")
    slug = models.SlugField(max_length=140, unique=True, editable=False)
    about = models.TextField(blank=True, help_text="A few words about you, in Markdown.")
    about_html = models.TextField(blank=True, editable=False)
    affiliation = models.CharField(max_length=200, blank=True)
    website = models.URLField(blank=True)
    time_zone = models.CharField(max_length=60, blank=True, help_text="Empty: the group's.")
    is_public = models.BooleanField("public profile", default=True)
    wants_digest = models.BooleanField(
        "weekly digest", default=False, help_text="One mail a week with what is new, and none when nothing is."
    )
    takes_turns = models.BooleanField(
        "takes turns in presenting", default=True, help_text="Without it, your name is not suggested for open slots."
    )
    unwanted_mail = models.JSONField(default=list, blank=True, editable=False)
    is_organiser = models.BooleanField("organiser", default=False)
    is_staff = models.BooleanField("may use the admin", default=False)
    is_active = models.BooleanField("active", default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="one_member_per_email", violation_error_message="This e-mail address is taken."
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(Member, self.name or "member")
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """The chosen name; never the e-mail address, which is nobody's business."""
        return self.name or f"Member {self.pk}"

    @property
    def zone(self) -> ZoneInfo | None:
        """The member's own clock; None when they chose none, or one that there is no more."""
        try:
            return ZoneInfo(self.time_zone) if self.time_zone else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    def get_absolute_url(self) -> str:
        return reverse("members:member_detail", args=[self.slug])


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def valid(self, at: datetime | None = None) -> Self:
        return self.filter(accepted_at=None, expires_at__gt=at or timezone.now())


def _invitation_key() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """An organiser's invitation to sign up, good once and for a while."""

    email = models.EmailField("e-mail address", max_length=254)
    key = models.CharField(max_length=64, unique=True, default=_invitation_key, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.email
