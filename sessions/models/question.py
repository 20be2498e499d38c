"""The ledger of questions: asked of a paper or a session, voted up, brought to a session, answered there."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from papers.models import Paper
from sessions.models.session import Session


class QuestionQuerySet(models.QuerySet["Question"]):
    def open(self) -> Self:
        return self.filter(status=Question.Status.OPEN)

    def answered(self) -> Self:
        return self.filter(status=Question.Status.ANSWERED)

    def with_votes(self) -> Self:
        """Count the votes of each; the wanted ones first."""
        return self.annotate(vote_count=models.Count("votes", distinct=True)).order_by("-vote_count", "asked_at", "pk")


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

    def __str__(self) -> str:
        return self.text[:80]


class QuestionVote(models.Model):
    """A member who wants to know it too."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="question_votes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="one_vote_per_question_and_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.question}"
