"""Questions noted in texts become questions of the ledger, each line one, however often its text is saved."""

import hashlib
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction

from papers.models import ReadingList, Report
from readinggroup.markdown import NotedQuestion, find_questions
from readinggroup.models import Comment
from readinggroup.search import index_after_commit
from sessions.models import Question, RoleAssignment, Session, Visibility
from sessions.noted_texts import NotedText, noted_texts
from sessions.services.questions import AnsweredMeanwhile, answer_question, render_question

#: From which likeness on a changed line is the same question.
ALIKE = 0.6
#: With more lines gone and new than so many pairs, a text is another one, and none of its lines is followed.
MOST_PAIRS = 2_500
#: Stands in the key of a question whose line is gone.
GONE = "gone-"


def harvest_row(row: Any, *, is_going: bool = False) -> None:
    """Follow what is noted in the texts of `row`; when the row is to be deleted, as if it said nothing any more."""
    # An imported list has ten thousand texts; those that never held a question are not asked about one by one.
    known: dict[str, set[str]] = {}
    asked = []
    for noted in noted_texts(row):
        if noted.source not in known:
            known[noted.source] = _texts_with_questions(noted.source)
        noted = replace(noted, text="", path="") if is_going else noted
        found = find_questions(noted.text)
        if found or noted.key in known[noted.source]:
            asked.append((noted, found))
    for noted, found in asked:
        harvest(noted, found)


def forget_row(sender: Any, instance: Any, **signal: Any) -> None:
    """A row is about to be deleted, alone or with what it belongs to."""
    harvest_row(instance, is_going=True)


def _texts_with_questions(source: str) -> set[str]:
    keys = Question.objects.filter(source=source).exclude(source_key=None).values_list("source_key", flat=True)
    return {str(key).rpartition(":")[0] for key in keys}


def harvest(noted: NotedText, questions: list[NotedQuestion]) -> None:
    """Make the `questions` of one text those of the ledger.

    New lines become questions. The question of a line that changed follows it, and that of a line that is gone is put
    aside, as long as nobody voted for it, answered it or changed its words here. A line that returns brings it back.
    """
    found = {_key(noted, question): question for question in reversed(questions)}
    with transaction.atomic():
        rows = Question.objects.filter(source_key__startswith=f"{noted.key}:")
        known = {str(row.source_key): row for row in rows}
        gone = [known[key] for key in sorted(known.keys() - found.keys()) if _is_only_the_text(known[key])]
        are_followed = len(gone) * len(found.keys() - known.keys()) <= MOST_PAIRS
        for key, question in reversed(found.items()):
            if key in known:
                _keep(known[key], question, noted)
            else:
                _adopt(_like(question, gone) if are_followed else None, key, question, noted)
        for row in gone:
            _set(row, status=Question.Status.ASIDE, source_key=f"{noted.key}:{GONE}{row.pk}")
        # Those that people made their own lead to the text as long as there is one to read.
        for key in known.keys() - found.keys():
            _keep_path(known[key], noted)


def harvest_everything() -> int:
    """Go through all that was ever written; return how many questions were found in texts by now."""
    for model in (Session, RoleAssignment, Report, ReadingList, Comment):
        for row in model._default_manager.order_by("pk").iterator(chunk_size=200):
            harvest_row(row)
    return int(Question.objects.exclude(source_key=None).count())


def _key(noted: NotedText, question: NotedQuestion) -> str:
    return f"{noted.key}:{_digest(question.text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(_bare(text).encode()).hexdigest()[:24]


def _bare(text: str) -> str:
    """The words alone: capitals, spaces, emphasis and the mark at the end make no other question."""
    words = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign not in "*_`")
    return " ".join(words.split()).rstrip("?!. ")


def _is_only_the_text(question: Question) -> bool:
    """Whether it is only what the text said: nobody voted for it, answered it, put it aside or changed its words."""
    digest = str(question.source_key).rpartition(":")[2]
    if question.status == Question.Status.ASIDE:
        return digest.startswith(GONE)
    return question.is_open and digest == _digest(question.text) and not question.votes.exists()


def _like(question: NotedQuestion, gone: list[Question]) -> Question | None:
    """The question of a line that is gone which this one is a new wording of; it is taken out of `gone`."""
    ratios = [(likeness(one.text, question.text), index) for index, one in enumerate(gone)]
    best = max(ratios, default=(0.0, 0))
    return gone.pop(best[1]) if best[0] >= ALIKE else None


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1: the part of their pairs of neighbouring letters that both have.

    Unlike the longest common parts that difflib looks for, its time grows with the length alone, whatever is written.
    """
    first, second = (Counter(pairwise(f" {_bare(text)} ")) for text in (one, other))
    return 2 * (first & second).total() / max(first.total() + second.total(), 1)


def _adopt(known: Question | None, key: str, question: NotedQuestion, noted: NotedText) -> None:
    """Give a new line its question: the one that it was before, or one of its own."""
    if known is not None:
        html = render_question(question.text)
        _set(known, text=question.text, text_html=html, source_key=key, status=Question.Status.OPEN)
        _keep(known, question, noted)
        return
    if _is_asked_already(question, noted):
        return
    try:
        with transaction.atomic():
            made = Question.objects.create(
                text=question.text,
                text_html=render_question(question.text),
                paper=noted.paper,
                session=noted.session,
                asked_by=None if question.speaker else noted.writer,
                author_name=(question.speaker or noted.writer_name)[:120],
                source=noted.source,
                source_path=noted.path[:400],
                source_key=key,
                visibility=noted.visibility,
            )
    except IntegrityError:
        # Another save of the same text was faster.
        return
    _take_answer(made, question, noted)


def _is_asked_already(question: NotedQuestion, noted: NotedText) -> bool:
    """Whether the same words stand in the ledger for the same paper or session: notes repeat what was brought along."""
    if noted.session:
        rows = Question.objects.filter(session=noted.session)
    elif noted.paper:
        rows = Question.objects.filter(paper=noted.paper, session=None)
    else:
        return False
    if noted.session and noted.paper:
        rows |= Question.objects.filter(paper=noted.paper, session=None)
    words = _bare(question.text)
    # An answer for members makes a question theirs where its session does; elsewhere it would stand with everybody's.
    is_hidden = noted.session is not None and noted.session.visibility == Visibility.MEMBERS
    would_leak = question.answer and noted.visibility == Visibility.MEMBERS and not is_hidden
    for same in rows:
        if would_leak and not same.is_for_members:
            continue
        if _bare(same.text) == words:
            _take_answer(same, question, noted)
            return True
    return False


def _keep(known: Question, question: NotedQuestion, noted: NotedText) -> None:
    """The line is still there: what surrounds it may have changed."""
    _keep_path(known, noted)
    around = {"paper": noted.paper, "session": noted.session, "visibility": noted.visibility}
    changed = {name: value for name, value in around.items() if getattr(known, name) != value}
    if changed:
        _set(known, **changed)
    _take_answer(known, question, noted)


def _keep_path(known: Question, noted: NotedText) -> None:
    path = noted.path[:400]
    if known.source_path != path:
        _set(known, source_path=path)


def _take_answer(known: Question, question: NotedQuestion, noted: NotedText) -> None:
    """An answer noted below the line answers the question, unless a person did."""
    if not question.answer or known.status == Question.Status.ASIDE:
        return
    is_theirs = known.status == Question.Status.ANSWERED and known.answered_by_id is not None
    if is_theirs or known.answer == question.answer:
        return
    try:
        answer_question(known, answer=question.answer, by=None, seen=known.answer, session=noted.session)
    except AnsweredMeanwhile:
        return


def _set(question: Question, **fields: Any) -> None:
    Question.objects.filter(pk=question.pk).update(**fields)
    question.refresh_from_db()
    index_after_commit(question)
