"""Roles of a role-playing seminar, after Jacobson and Raffel."""

from django.conf import settings
from django.db import models

from sessions.models.session import Session


class Role(models.Model):
    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=1)
    minutes = models.PositiveIntegerField(default=5)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """Who plays a role in a session: one member per role, one role per member."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="role_assignments")
    role = models.ForeignKey(Role, models.PROTECT, related_name="assignments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_assignments")
    contribution = models.TextField(blank=True)
    contribution_html = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["role__position"]
        constraints = [
            models.UniqueConstraint(fields=["session", "role"], name="one_member_per_role"),
            models.UniqueConstraint(fields=["session", "member"], name="one_role_per_member"),
        ]

    def __str__(self) -> str:
        return f"{self.member} as {self.role}"
