import secrets

from django.conf import settings
from django.db import models


def _key() -> str:
    return secrets.token_urlsafe(24)


class CalendarKey(models.Model):
    """The secret in the address of a member's own calendar; whoever has it reads that calendar."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_key")
    key = models.CharField(max_length=64, unique=True, default=_key, editable=False)

    def __str__(self) -> str:
        return f"calendar of {self.member}"
