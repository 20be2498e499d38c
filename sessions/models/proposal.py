"""What the group might read next: the queue."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from papers.models import Paper
from sessions.models.presentation import Presentation

#: A paper that is planned or was given has left the queue.
PLANNED_OR_GIVEN = (Presentation.Status.CLAIMED, Presentation.Status.GIVEN)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def with_state(self) -> Self:
        """Tell of each whether its paper is planned or was read, as `is_scheduled`."""
        places = Presentation.objects.filter(papers=models.OuterRef("paper"), status__in=PLANNED_OR_GIVEN)
        return self.annotate(is_scheduled=models.Exists(places))

    def in_queue(self) -> Self:
        """Those to choose from: not put aside, not planned, not read yet."""
        return self.with_state().filter(put_aside_at=None, is_scheduled=False)

    def with_votes(self) -> Self:
        return self.annotate(
            vote_count=Count("votes", distinct=True),
            volunteer_count=Count("votes", filter=Q(votes__would_present=True), distinct=True),
        )

    def most_wanted(self) -> Self:
        return self.with_votes().order_by("-vote_count", "proposed_at", "pk")


class Proposal(models.Model):
    paper = models.OneToOneField(Paper, models.CASCADE, related_name="proposal")
    why = models.TextField(blank=True, help_text="Why the group should read it, in Markdown.")
    why_html = models.TextField(blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    proposed_at = models.DateTimeField(default=timezone.now, editable=False)
    put_aside_at = models.DateTimeField(null=True, blank=True)
    put_aside_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return str(self.paper)


class Vote(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    would_present = models.BooleanField("I would present this", default=False)
    voted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "member"], name="one_vote_per_member")]

    def __str__(self) -> str:
        return f"{self.member} for {self.proposal}"
