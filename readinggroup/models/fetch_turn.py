from django.db import models
from django.utils import timezone


class FetchTurn(models.Model):
    """From when on a host on the internet may be asked again, whichever worker asks."""

    name = models.CharField(max_length=260, unique=True)
    free_at = models.DateTimeField(default=timezone.now)

    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row; many of them break the circuit.")

    def __str__(self) -> str:
        return self.name
