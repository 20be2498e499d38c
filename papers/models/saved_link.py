"""Links that members save during the week, for the next link collection."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from papers.models.paper import Paper
from papers.models.reading_list import Entry


class SavedLinkQuerySet(models.QuerySet["SavedLink"]):
    def waiting(self) -> Self:
        """Links in no collection yet, the oldest first; one whose entry was removed waits again."""
        return self.filter(entry=None).order_by("saved_at", "pk")


class SavedLink(models.Model):
    """One member's find; `entry` is its place in a collection once one was drafted."""

    url = models.CharField("address", max_length=1000)
    title = models.CharField(max_length=300, blank=True)
    why = models.TextField(blank=True, help_text="What others should know about it, in Markdown.")
    paper = models.ForeignKey(Paper, models.SET_NULL, null=True, blank=True, related_name="saved_links")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="saved_links"
    )
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    entry = models.OneToOneField(
        Entry, models.SET_NULL, null=True, blank=True, related_name="saved_link", editable=False
    )

    objects: ClassVar[Any] = SavedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["saved_by", "url"], condition=Q(entry=None), name="one_find_per_member")
        ]

    def __str__(self) -> str:
        return self.display_title

    @property
    def display_title(self) -> str:
        if self.title:
            return self.title
        return self.paper.title if self.paper and self.paper.title else self.url
