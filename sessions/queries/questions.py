"""Which questions stand where: those brought to a session, those of a paper, all that are open."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from papers.models import Paper, Topic
from sessions.models import Presentation, Question, Session
from sessions.models.question import QuestionQuerySet

#: So many of each kind stand on a session's or a paper's page; the index has them all.
MOST_SHOWN = 50


@dataclass(frozen=True)
class Ledger:
    """The questions of one page, as its reader sees them."""

    open: list[Question]
    answered: list[Question]
    answerable: set[int]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        return not self.open and not self.answered


def papers_read_in(session: Session, user: Any) -> QuerySet[Paper]:
    """The papers that a session is about, as far as `user` may know: those presented, and the one read with roles."""
    talks = Presentation.objects.visible_to(user).filter(session=session, role_assignment=None)
    presented = Q(presentation_places__presentation__in=talks.exclude(status=Presentation.Status.CANCELLED))
    with_roles = Q(role_plays__session=session)
    return Paper.objects.filter(pk__in=Paper.objects.filter(presented | with_roles).values("pk"))


def questions_of_session(session: Session, user: Any) -> Ledger:
    """What was asked for a session and what is open of its papers; what was answered in it or asked for it."""
    seen = Question.objects.visible_to(user)
    brought = seen.open().filter(Q(session=session) | Q(paper__in=papers_read_in(session, user).values("pk")))
    answered = seen.answered().filter(Q(answered_in=session) | Q(session=session, answered_in=None))
    return _ledger(brought, answered, user)


def questions_of_paper(paper: Paper, user: Any) -> Ledger:
    seen = Question.objects.visible_to(user).filter(paper=paper)
    return _ledger(seen.open(), seen.answered(), user)


def _ledger(is_open: QuestionQuerySet, answered: QuestionQuerySet, user: Any) -> Ledger:
    shown = list(is_open.for_listing(user)[: MOST_SHOWN + 1])
    told = list(answered.for_listing(user).order_by("-answered_at", "pk")[: MOST_SHOWN + 1])
    is_cut = len(shown) > MOST_SHOWN or len(told) > MOST_SHOWN
    shown, told = shown[:MOST_SHOWN], told[:MOST_SHOWN]
    return Ledger(shown, told, answerable_among([*shown, *told], user), is_cut)


def answerable_among(questions: list[Question], user: Any) -> set[int]:
    """The keys of those that `user` may answer."""
    if not questions or not user.is_authenticated:
        return set()
    rows = Question.objects.filter(pk__in=[question.pk for question in questions])
    return set(rows.answerable_by(user).values_list("pk", flat=True))


def narrow_questions(
    seen: QuestionQuerySet, *, user: Any, topic: Topic | None, paper: Paper | None, session: Session | None, mine: bool
) -> QuestionQuerySet:
    """Those on a topic (of their paper), of a paper, of a session, and those that `user` asked or wants to know."""
    if topic is not None:
        seen = seen.filter(paper__topics=topic)
    if paper is not None:
        seen = seen.filter(paper=paper)
    if session is not None:
        seen = seen.filter(
            Q(session=session) | Q(answered_in=session) | Q(paper__in=papers_read_in(session, user).values("pk"))
        )
    if mine:
        wanted = Question.objects.filter(votes__member=user).values("pk")
        seen = seen.filter(Q(asked_by=user) | Q(pk__in=wanted))
    return seen


def sessions_that_answered(question: Question, user: Any, also: Session | None = None) -> QuerySet[Session]:
    """The sessions in which a question may have been answered: begun, and about it or its paper, or `also`."""
    about = Q(pk__in=[one.pk for one in (question.session, question.answered_in, also) if one])
    if question.paper_id:
        talks = Presentation.objects.filter(papers=question.paper_id, role_assignment=None)
        about |= Q(pk__in=talks.values("session")) | Q(role_play__paper=question.paper_id)
    begun = Session.objects.visible_to(user).planned().filter(about, starts_at__lte=timezone.now())
    rows: QuerySet[Session] = begun.select_related("series").order_by("-starts_at")
    return rows
