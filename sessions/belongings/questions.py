"""The questions that a member asked, answered, and wants to know."""

from django.db.models import Q

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.models import Question, QuestionVote


def export_questions(member: Member) -> Rows:
    rows = Question.objects.filter(Q(asked_by=member) | Q(answered_by=member)).select_related("paper")
    return [
        {
            "question": one.text,
            "is_mine": one.asked_by_id == member.pk,
            "paper": one.paper.title if one.paper else "",
            "asked_at": one.asked_at.isoformat(),
            "status": one.status,
            "answer": one.answer if one.answered_by_id == member.pk else "",
        }
        for one in rows
    ]


def export_votes(member: Member) -> Rows:
    votes = QuestionVote.objects.filter(member=member).select_related("question")
    return [{"question": one.question.text} for one in votes]


def release_questions(member: Member, name: str) -> None:
    """What was asked stays with a name."""
    Question.objects.filter(asked_by=member).update(author_name=name)


def register_questions() -> None:
    register(Belonging(key="questions", export=export_questions, release=release_questions))
    register(Belonging(key="question_votes", export=export_votes, release=lambda member, name: None))
