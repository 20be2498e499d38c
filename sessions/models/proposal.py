"""What the group might read next: the queue."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from papers.models import Paper
from sessions.models.presentation import Presentation
from sessions.models.presenting import PresentationPaper
from sessions.models.role import RolePlay
from sessions.models.session import Session


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def with_state(self) -> Self:
        """How often its paper is planned or was read, as `times_scheduled`; whether it therefore left the queue, as
        `is_scheduled`."""
        talks = PresentationPaper.objects.filter(takes_place("presentation__"), presentation__role_assignment=None)
        times = _count(talks) + _count(RolePlay.objects.exclude(session__status=Session.Status.CANCELLED))
        return self.annotate(times_scheduled=times).annotate(
            is_scheduled=models.Case(
                models.When(times_scheduled__gt=F("read_before"), then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )

    def in_queue(self) -> Self:
        """Those to choose from: not put aside, not planned, not read since they were proposed."""
        return self.with_state().filter(put_aside_at=None, is_scheduled=False)

    def put_aside(self) -> Self:
        return self.with_state().exclude(put_aside_at=None).filter(is_scheduled=False)

    def scheduled(self) -> Self:
        """Those whose paper is planned, or was read since."""
        return self.with_state().filter(is_scheduled=True)

    def with_votes(self) -> Self:
        return self.annotate(
            vote_count=Count("votes", distinct=True),
            volunteer_count=Count("votes", filter=Q(votes__would_present=True), distinct=True),
        )

    def most_wanted(self) -> Self:
        return self.with_votes().order_by("-vote_count", "proposed_at", "pk")

    def newest(self) -> Self:
        return self.with_votes().order_by("-proposed_at", "-pk")

    def nobody_would_present(self) -> Self:
        return self.exclude(models.Exists(Vote.objects.filter(proposal=models.OuterRef("pk"), would_present=True)))

    def volunteered_by(self, member: Any) -> Self:
        """Those that `member` would present."""
        mine = Vote.objects.filter(proposal=models.OuterRef("pk"), would_present=True, member=member)
        return self.filter(models.Exists(mine))

    def search(self, text: str) -> Self:
        """Proposals whose papers `text` finds, or in whose reasons all of it occurs."""
        if not text.strip():
            return self
        # In a subquery, since the joins of a search would multiply votes.
        return self.filter(Q(paper__in=Paper.objects.search(text).values("pk")) | Q(why__icontains=text.strip()))

    def for_listing(self) -> Self:
        """All that a row of the queue shows, in a constant number of queries."""
        votes = Vote.objects.select_related("member").order_by("voted_at", "pk")
        papers = Paper.objects.select_related("metadata_fetch").with_authors().prefetch_related("identifiers", "links")
        return self.select_related("proposed_by").prefetch_related(
            models.Prefetch("paper", queryset=papers), models.Prefetch("votes", queryset=votes)
        )


def takes_place(of: str = "") -> Q:
    """A presentation that was given, or is planned in a session that was not called off; `of` leads to it."""
    planned = Q(**{f"{of}status": Presentation.Status.CLAIMED})
    called_off = Q(**{f"{of}session__status": Session.Status.CANCELLED})
    return Q(**{f"{of}status": Presentation.Status.GIVEN}) | (planned & ~called_off)


def _count(rows: Any) -> Any:
    """How many of `rows` name the paper of a proposal."""
    counted = rows.filter(paper=models.OuterRef("paper")).order_by().values("paper").annotate(count=Count("pk"))
    return Coalesce(models.Subquery(counted.values("count")), 0)


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
    read_before = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often the group had read the paper when it was proposed again."
    )

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return str(self.paper)

    def get_absolute_url(self) -> str:
        """On its paper's page, where the reasons and votes stand."""
        return f"{self.paper.get_absolute_url()}#queue"

    @property
    def anchor(self) -> str:
        return f"proposal-{self.pk}"


class Vote(models.Model):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    would_present = models.BooleanField("I would present this", default=False)
    why = models.TextField(blank=True, help_text="What they say for it, in Markdown.")
    why_html = models.TextField(blank=True, editable=False)
    voted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "member"], name="one_vote_per_member")]

    def __str__(self) -> str:
        return f"{self.member} for {self.proposal}"
