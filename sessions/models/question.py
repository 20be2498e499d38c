"""The ledger of questions: asked of a paper or a session, voted up, brought to a session, answered there."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from papers.models import Paper
from readinggroup.relations import rows_behind
from sessions.models.series import Visibility
from sessions.models.session import Session


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        return self.filter(status=Question.Status.OPEN)

    def answered(self) -> Self:
        return self.filter(status=Question.Status.ANSWERED)

    def on_show(self) -> Self:
        """All but those that were put aside."""
        return self.exclude(status=Question.Status.ASIDE)

    def visible_to(self, user: Any) -> Self:
        """What everybody may see; members also see what was asked, noted or answered among members.

        What was put aside is seen by who asked it and by organisers: its text may be nobody else's any more.
        """
        if user.is_authenticated and user.is_active:
            return self if user.is_organiser else self.filter(~Q(status=Question.Status.ASIDE) | Q(asked_by=user))
        asked = Q(session=None) | Q(session__visibility=Visibility.PUBLIC)
        answered = Q(answered_in=None) | Q(answered_in__visibility=Visibility.PUBLIC)
        return self.on_show().filter(asked, answered, visibility=Visibility.PUBLIC)

    def answerable_by(self, user: Any) -> Self:
        """What `user` may answer: organisers all, others what they asked and what they present or play a part in."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_organiser:
            return self
        presenting = rows_behind(Session, "presentations").filter(presenters__member=user).exclude(status="cancelled")
        sessions = Session.objects.filter(
            Q(pk__in=presenting.values("session")) | Q(role_assignments__member=user)
        ).values("pk")
        places = rows_behind(Paper, "presentation_places").filter(
            Q(presentation__in=presenting.values("pk")) | Q(presentation__session__in=sessions)
        )
        plays = rows_behind(Paper, "role_plays").filter(session__in=sessions)
        concerns = Q(session__in=sessions) | Q(paper__in=places.values("paper")) | Q(paper__in=plays.values("paper"))
        return self.filter(Q(asked_by=user) | concerns)

    def most_wanted(self) -> Self:
        """Count the votes of each; the wanted ones first, of those the oldest."""
        votes = rows_behind(self.model, "votes").filter(question=models.OuterRef("pk")).order_by()
        counted = votes.values("question").annotate(count=models.Count("pk")).values("count")
        number = Coalesce(models.Subquery(counted), 0, output_field=models.IntegerField())
        return self.annotate(vote_count=number).order_by("-vote_count", "asked_at", "pk")

    def for_listing(self, user: Any) -> Self:
        """All that a list of questions shows to `user`, in a constant number of queries."""
        rows = self.most_wanted().select_related("paper", "session__series", "asked_by", "answered_by")
        rows = rows.select_related("answered_in__series").prefetch_related("paper__identifiers")
        own = rows_behind(self.model, "votes").filter(question=models.OuterRef("pk"), member=user.pk)
        return rows.annotate(is_wanted_by_reader=models.Exists(own))


class Question(models.Model):
    """An open question of a paper, of a session, or of both."""

    class Status(models.TextChoices):
        OPEN = "open", "open"
        ANSWERED = "answered", "answered"
        ASIDE = "aside", "put aside"

    class Source(models.TextChoices):
        ASKED = "asked", "asked here"
        NOTES = "notes", "notes of a session"
        ROLE = "role", "notes of a role"
        REPORT = "report", "a report"
        LIST = "list", "a reading list"
        COMMENT = "comment", "a comment"

    paper = models.ForeignKey(Paper, models.CASCADE, null=True, blank=True, related_name="questions")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, blank=True, related_name="questions", help_text="For which it was asked."
    )
    text = models.TextField("question", help_text="In Markdown.")
    text_html = models.TextField(blank=True, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    author_name = models.CharField(max_length=120, blank=True, help_text="As written, or kept of a former member.")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    source = models.CharField("where it was found", max_length=8, choices=Source, default=Source.ASKED)
    source_path = models.CharField(max_length=400, blank=True, editable=False, help_text="The page with its line.")
    source_key = models.CharField(
        max_length=160, null=True, blank=True, unique=True, editable=False, help_text="A line becomes one question."
    )
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN, db_index=True)
    answer = models.TextField(blank=True, help_text="In Markdown.")
    answer_html = models.TextField(blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="answered_questions"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_in = models.ForeignKey(Session, models.SET_NULL, null=True, blank=True, related_name="answered_questions")

    objects: ClassVar[Any] = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="answered") | ~Q(answer="") | Q(answered_in__isnull=False),
                name="answered_questions_say_how_or_where",
                violation_error_message="Write the answer, or say in which session it was answered.",
            )
        ]

    #: Counted by `most_wanted`.
    vote_count: int

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("sessions:question_detail", args=[self.pk])

    @property
    def asker_name(self) -> str:
        """Who asked; "" where nobody is named."""
        return self.asked_by.display_name if self.asked_by else self.author_name

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_for_members(self) -> bool:
        places = [place for place in (self.session, self.answered_in) if place]
        return self.visibility == Visibility.MEMBERS or any(one.visibility == Visibility.MEMBERS for one in places)


class QuestionVote(models.Model):
    """A member who wants to know it too."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="question_votes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="one_vote_per_question_and_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.question}"
