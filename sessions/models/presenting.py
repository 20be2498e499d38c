"""Which papers a presentation presents, and who presents them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from papers.models import Paper
from sessions.models.presentation import Presentation


class PresentationPaper(models.Model):
    """A paper's place among the papers of a presentation."""

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="paper_places")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="presentation_places")
    position = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["presentation", "paper"], name="paper_once_per_presentation")]

    def __str__(self) -> str:
        return f"{self.position}. {self.paper}"


class Presenter(models.Model):
    """Who presents: a member, or a plain name for people without an account."""

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="presenters")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="presenter_places"
    )
    name = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "member"], name="member_presents_once"),
            models.CheckConstraint(condition=~Q(name="") | Q(member__isnull=False), name="presenter_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.member.display_name if self.member else self.name
