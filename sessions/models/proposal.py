"""What the group might read next."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from papers.models import Paper


class Proposal(models.Model):
    paper = models.OneToOneField(Paper, models.CASCADE, related_name="proposal")
    why = models.TextField(blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="proposals")
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return str(self.paper)


class Vote(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    would_present = models.BooleanField("I would present this", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "member"], name="one_vote_per_member")]

    def __str__(self) -> str:
        return f"{self.member} for {self.proposal}"
