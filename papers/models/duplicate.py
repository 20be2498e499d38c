"""Two papers that may be one work, and what was done when somebody said that they are."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from papers.models.paper import Paper


class PossibleDuplicateQuerySet(models.QuerySet["PossibleDuplicate"]):
    def open(self) -> Self:
        """Pairs about which nobody has said anything yet."""
        return self.filter(answer=PossibleDuplicate.Answer.OPEN)

    def for_listing(self) -> Self:
        """With all that a line about each pair shows, the surest first."""
        return self.prefetch_related(
            models.Prefetch("first", queryset=Paper.objects.for_card()),
            models.Prefetch("second", queryset=Paper.objects.for_card()),
        ).order_by("reason", "-found_at", "-pk")


class PossibleDuplicate(models.Model):
    """A pair that the site offers to organisers; the answer "not the same" is remembered for ever."""

    class Reason(models.TextChoices):
        IDENTIFIER = "1-identifier", "a source gives one the other\u2019s identifier"
        PUBLICATION = "2-publication", "one is the published version of the other, says a source"
        TITLE = "3-title", "same title, and authors and years that agree"

    class Answer(models.TextChoices):
        OPEN = "open", "nobody has looked yet"
        DISTINCT = "distinct", "not the same work"

    first = models.ForeignKey(Paper, models.CASCADE, related_name="possible_duplicates")
    second = models.ForeignKey(Paper, models.CASCADE, related_name="possible_duplicates_before")
    reason = models.CharField(max_length=20, choices=Reason)
    detail = models.CharField(max_length=300, blank=True)
    found_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN, db_index=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        ordering = ["reason", "-found_at"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_question_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"

    def get_absolute_url(self) -> str:
        return reverse("papers:duplicate_compare", args=[self.first_id, self.second_id])


class PaperMerge(models.Model):
    """One paper that was taken into another, with all that is needed to take it out again.

    `record` holds the row that went, the rows that moved, those that could not move, and what was filled in. While the
    merge stands, the old address leads to the paper that stayed.
    """

    kept = models.ForeignKey(Paper, models.CASCADE, related_name="merges")
    gone_id = models.PositiveBigIntegerField("number of the paper that went", db_index=True)
    gone_title = models.CharField(max_length=600, blank=True)
    record = models.JSONField(default=dict, editable=False)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    merged_at = models.DateTimeField(default=timezone.now, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["gone_id"], condition=Q(undone_at=None), name="one_merge_per_paper_gone")
        ]

    def __str__(self) -> str:
        return f"{self.gone_title or self.gone_id} into {self.kept}"
