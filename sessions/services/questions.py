"""The ledger of questions: asking, wanting to know too, answering, putting aside."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from papers.models import Paper
from readinggroup.markdown import render_markdown
from readinggroup.models import Member
from readinggroup.search import index_after_commit
from sessions.models import Question, QuestionVote, Session, Visibility

Status = Question.Status


class AnsweredMeanwhile(Exception):
    """Somebody else answered, or changed the answer, since the writer began; `question` is as it is now."""

    def __init__(self, question: Question) -> None:
        self.question = question
        super().__init__("Somebody else answered this meanwhile.")


class NothingAnswered(Exception):
    """Neither an answer nor a session in which it was given."""


class OthersAskToo(Exception):
    """Others want to know it as well, so it is not one's own to change any more."""


def ask_question(
    text: str, *, asked_by: Member, session: Session | None = None, paper: Paper | None = None
) -> Question:
    """Put a question (Markdown) into the ledger, of a paper, for a session, or of both; who asks wants to know.

    The same words by the same member in the same place within a minute are the same question: a form may be sent twice.
    """
    lately = timezone.now() - timedelta(minutes=1)
    with transaction.atomic():
        # One after the other, also when both arrive in the same moment.
        Member.objects.select_for_update(no_key=True).get(pk=asked_by.pk)
        same = Question.objects.filter(text=text, asked_by=asked_by, session=session, paper=paper, asked_at__gt=lately)
        if known := same.first():
            found: Question = known
            return found
        question = Question.objects.create(
            text=text,
            text_html=render_question(text),
            asked_by=asked_by,
            session=session,
            paper=paper,
            visibility=session.visibility if session else Visibility.PUBLIC,
        )
        want(question, member=asked_by)
    return question


def edit_question(question: Question, *, text: str, by: Member) -> Question:
    """Change the words of an open question. Raises OthersAskToo for anybody but organisers once others voted for it."""
    if not by.is_organiser and is_wanted_by_others(question, by):
        raise OthersAskToo("Others want to know this too, so its words stay. Ask another question.")
    # From here on it is a person's: the text that it was found in changes it no more.
    Question.objects.filter(pk=question.pk).update(text=text, text_html=render_question(text))
    return _fresh(question)


def take_back(question: Question, *, by: Member) -> None:
    """Delete one's own open question. Raises OthersAskToo when somebody else wants to know it, or it has an answer."""
    with transaction.atomic():
        locked = Question.objects.select_for_update().filter(pk=question.pk).first()
        if locked is None:
            return
        if locked.status == Status.ANSWERED or is_wanted_by_others(locked, by):
            raise OthersAskToo("Others want to know this too, or answered it, so it stays. You can put it aside.")
        locked.delete()


def is_wanted_by_others(question: Question, member: Member) -> bool:
    return question.votes.exclude(member=member).exists()


def want(question: Question, *, member: Member) -> None:
    """Note that `member` wants to know it too; a second time changes nothing."""
    try:
        with transaction.atomic():
            QuestionVote.objects.get_or_create(question=question, member=member)
    except IntegrityError:
        # The question was taken back in this very moment.
        return


def unwant(question: Question, *, member: Member) -> None:
    QuestionVote.objects.filter(question=question, member=member).delete()


def answer_question(
    question: Question, *, answer: str, by: Member | None, seen: str, session: Session | None = None
) -> Question:
    """Answer a question in Markdown, or say that it was answered in `session`; of an answered one change the answer.

    `seen` is the answer that the writer started from. Raises AnsweredMeanwhile when there is another by now, and
    NothingAnswered without an answer and a session.
    """
    if not answer and session is None:
        raise NothingAnswered("Write the answer, or say in which session it was answered.")
    changed = Question.objects.filter(pk=question.pk, answer=seen).exclude(status=Status.ASIDE)
    if not changed.update(
        status=Status.ANSWERED,
        answer=answer,
        answer_html=render_question(answer),
        answered_by=by,
        answered_at=timezone.now(),
        answered_in=session,
    ):
        raise AnsweredMeanwhile(Question.objects.get(pk=question.pk))
    return _fresh(question)


def put_aside(question: Question) -> Question:
    """Take an open question off the lists; nothing is lost, and it can be opened again."""
    Question.objects.filter(pk=question.pk, status=Status.OPEN).update(status=Status.ASIDE)
    return _fresh(question)


def reopen(question: Question) -> Question:
    """Ask it again. The answer stays in the form of whoever answers next."""
    Question.objects.filter(pk=question.pk).update(
        status=Status.OPEN, answered_by=None, answered_at=None, answered_in=None
    )
    return _fresh(question)


def may_change_question(question: Question, user: Any) -> bool:
    """Who asked it and organisers may change its words or take it back, while it is open."""
    if not user.is_authenticated or not user.is_active or not question.is_open:
        return False
    return bool(user.is_organiser or question.asked_by_id == user.pk)


def may_answer(question: Question, user: Any) -> bool:
    return bool(Question.objects.filter(pk=question.pk).answerable_by(user).exists())


def render_question(text: str) -> str:
    # Anchors of footnotes must differ between all questions of a page.
    return render_markdown(text, top_heading=4, id_prefix=f"q{secrets.token_hex(4)}-")


def _fresh(question: Question) -> Question:
    question.refresh_from_db()
    index_after_commit(question)
    return question
