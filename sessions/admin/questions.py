from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, WorkbenchTabularInline, badge
from sessions.models import NotesRevision, Question, QuestionVote
from sessions.services.questions import put_aside, reopen

TONES = {Question.Status.OPEN: "waiting", Question.Status.ANSWERED: "good", Question.Status.ASIDE: "quiet"}


class QuestionVoteInline(WorkbenchTabularInline):
    model = QuestionVote
    fields = ["member"]
    autocomplete_fields = ["member"]
    related = ["member", "question"]


@admin.register(Question)
class QuestionAdmin(WorkbenchAdmin):
    markdown_fields = {"text": "text_html", "answer": "answer_html"}
    list_display = ["__str__", "paper", "session", "asker_name", "state", "vote_count", "source", "asked_at"]
    list_filter = ["status", "source", "visibility"]
    list_select_related = ["paper", "session__series", "asked_by"]
    list_prefetch_related = ("paper__identifiers", "votes")
    search_fields = ["text", "answer", "paper__title", "asked_by__name", "author_name"]
    date_hierarchy = "asked_at"
    autocomplete_fields = ["paper", "session", "asked_by", "answered_by", "answered_in"]
    readonly_fields = ["source", "source_path"]
    inlines = [QuestionVoteInline]
    actions = ["put_aside", "open_again"]

    @admin.display(description="status", ordering="status")
    def state(self, question: Question) -> str:
        return badge(question.get_status_display(), TONES[Question.Status(question.status)])

    @admin.display(description="votes")
    def vote_count(self, question: Any) -> int:
        return len(question.votes.all())

    @admin.action(description="Put aside", permissions=["change"])
    def put_aside(self, request: HttpRequest, questions: QuerySet[Question]) -> None:
        chosen = list(questions.filter(status=Question.Status.OPEN))
        for question in chosen:
            put_aside(question)
        self.message_user(request, f"Put {len(chosen)} aside.", messages.SUCCESS)

    @admin.action(description="Open again", permissions=["change"])
    def open_again(self, request: HttpRequest, questions: QuerySet[Question]) -> None:
        chosen = list(questions.exclude(status=Question.Status.OPEN))
        for question in chosen:
            reopen(question)
        self.message_user(request, f"Opened {len(chosen)} again.", messages.SUCCESS)


@admin.register(NotesRevision)
class NotesRevisionAdmin(WorkbenchAdmin):
    """What notes once were; nothing of it changes."""

    list_display = ["session", "version", "saved_by", "saved_at"]
    list_select_related = ["session__series", "saved_by"]
    search_fields = ["session__title", "saved_by__name", "text"]
    date_hierarchy = "saved_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
