"""Questions can be found by their words and those of their answer."""

from typing import Any

from papers.models import Paper
from readinggroup.markdown import summarise
from readinggroup.search import Document, register
from sessions.models import Question, Session
from sessions.search.presentations import visibility_of


def question_document(question: Question) -> Document | None:
    if question.status == Question.Status.ASIDE:
        return None
    return Document(
        title=summarise(question.text, words=30) or "A question",
        body="\n".join([question.text, question.answer, question.paper.title if question.paper else ""]),
        url=question.get_absolute_url(),
        visibility=visibility_of(question.is_for_members),
        dated_at=question.answered_at or question.asked_at,
    )


def _questions() -> Any:
    return Question.objects.select_related("paper", "session", "answered_in")


def register_all() -> None:
    register(
        Question,
        kind="question",
        label="Questions",
        queryset=_questions,
        document=question_document,
        depends_on={
            Session: lambda session: [
                *session.questions.values_list("pk", flat=True),
                *session.answered_questions.values_list("pk", flat=True),
            ],
            Paper: lambda paper: paper.questions.values_list("pk", flat=True),
        },
    )
