"""The ledger of questions: the index, one question, asking, wanting to know too, answering."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.models import Paper, Topic
from readinggroup.requests import MemberRequest
from readinggroup.throttling import is_too_often
from sessions.forms.questions import AnswerForm, QuestionEditForm, question_form
from sessions.forms.roles import fingerprint
from sessions.models import Question, Session
from sessions.queries.questions import answerable_among, narrow_questions, sessions_that_answered
from sessions.services.questions import (
    AnsweredMeanwhile,
    OthersAskToo,
    answer_question,
    ask_question,
    edit_question,
    may_answer,
    may_change_question,
    put_aside,
    reopen,
    take_back,
    unwant,
    want,
)

PER_PAGE = 30
MOST_PER_HOUR = 60


@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """All open questions, or the answered ones, narrowed by topic, paper, session and one's own."""
    topic = Topic.objects.filter(slug=_asked(request, "topic")).first()
    paper = _row(Paper.objects.visible_to(request.user), _asked(request, "paper"))
    session = _row(Session.objects.visible_to(request.user).select_related("series"), _asked(request, "session"))
    mine = request.user.is_authenticated and bool(_asked(request, "mine"))
    is_answered = _asked(request, "are") == "answered"
    seen = Question.objects.visible_to(request.user)
    narrowing = {"topic": topic, "paper": paper, "session": session, "mine": mine}
    found = narrow_questions(seen.answered() if is_answered else seen.open(), user=request.user, **narrowing)
    page = Paginator(found.for_listing(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "answerable": answerable_among(list(page.object_list), request.user),
        "topics": Topic.objects.filter(papers__questions__in=seen.on_show()).distinct().order_by("name"),
        "is_answered": is_answered,
        "is_narrowed": any(narrowing.values()),
        **narrowing,
    }
    return render(request, "sessions/question_list.html", context)


@require_safe
def question_detail(request: HttpRequest, pk: int) -> HttpResponse:
    question = _question_or_404(request, pk)
    context = {
        "question": question,
        "may_answer": may_answer(question, request.user),
        "may_change": may_change_question(question, request.user),
    }
    return render(request, "sessions/question_detail.html", context)


@login_required
def question_ask(request: MemberRequest) -> HttpResponse:
    """Ask something of a paper, for a session, or of both."""
    named = request.POST if request.method == "POST" else request.GET
    session = _row(Session.objects.visible_to(request.user).select_related("series"), named.get("session", ""))
    paper = _row(Paper.objects.visible_to(request.user), named.get("paper", ""))
    if session is None and paper is None:
        messages.error(request, "Ask on the page of a paper or a session, so that others know what it is about.")
        return redirect("sessions:question_list")
    form = question_form(request.POST or None, user=request.user, session=session, paper=paper)
    if request.method == "POST" and form.is_valid():
        if is_too_often("question", request.user.pk, limit=MOST_PER_HOUR, seconds=3600):
            form.add_error(None, f"More than {MOST_PER_HOUR} questions in an hour are too many. Wait a little.")
        else:
            data = form.cleaned_data
            question = ask_question(data["text"], asked_by=request.user, session=session, paper=data["paper"])
            messages.success(request, "Asked. Others can say that they want to know it too.")
            return redirect(f"{(session or paper).get_absolute_url()}#question-{question.pk}")
    context = {"form": form, "session": session, "paper": paper}
    return render(request, "sessions/question_form.html", context, status=_status(form))


@login_required
@require_POST
def question_vote(request: MemberRequest, pk: int) -> HttpResponse:
    """Want to know it too, or no longer; the pressed button says which."""
    question = _question_or_404(request, pk)
    if not question.is_open:
        messages.error(request, "This question is no longer open.")
    elif request.POST.get("do") == "unwant":
        unwant(question, member=request.user)
    else:
        want(question, member=request.user)
    return redirect(_place(request, question))


@login_required
def question_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer it, or change the answer; who comes second sees what is there, and loses nothing."""
    question = _question_or_404(request, pk)
    if question.status == Question.Status.ASIDE or not may_answer(question, request.user):
        raise Http404
    asked = _row(Session.objects.visible_to(request.user), _named(request, "session"))
    sessions = sessions_that_answered(question, request.user, asked)
    chosen = question.answered_in_id or (asked and asked.pk)
    form = AnswerForm(request.POST or None, question=question, sessions=sessions, initial={"session": chosen})
    theirs = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["before"] != fingerprint(question.answer):
                raise AnsweredMeanwhile(question)
            answer_question(
                question, answer=data["answer"], by=request.user, seen=question.answer, session=data["session"]
            )
        except AnsweredMeanwhile as error:
            theirs = error.question
            form.data = {**request.POST.dict(), "before": fingerprint(theirs.answer)}
            form.add_error("answer", "Somebody else answered meanwhile: theirs stands below, yours above. Join them.")
        else:
            messages.success(request, "Answered. It stands with the question from now on.")
            return redirect(_place(request, question))
    context = {"form": form, "question": question, "theirs": theirs, "back": _place(request, question)}
    return render(request, "sessions/question_answer.html", context, status=409 if theirs else _status(form))


@login_required
def question_edit(request: MemberRequest, pk: int) -> HttpResponse:
    question = _changeable_or_404(request, pk)
    form = QuestionEditForm(request.POST or None, initial={"text": question.text})
    if request.method == "POST" and form.is_valid():
        try:
            edit_question(question, text=form.cleaned_data["text"], by=request.user)
        except OthersAskToo as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved.")
            return redirect(question)
    context = {"form": form, "question": question}
    return render(request, "sessions/question_edit.html", context, status=_status(form))


@login_required
@require_POST
def question_change(request: MemberRequest, pk: int) -> HttpResponse:
    """Put it aside, open it again or take it back: the pressed button says which."""
    question = _question_or_404(request, pk)
    may_settle, may_change = may_answer(question, request.user), may_change_question(question, request.user)
    if not may_settle and not may_change:
        raise Http404
    match request.POST.get("do"):
        case "aside" if may_settle:
            put_aside(question)
            messages.success(request, "Put aside. It is on no list any more and can be opened again.")
        case "reopen" if may_settle:
            reopen(question)
            messages.success(request, "The question is open again.")
        case "take_back" if may_change:
            return _take_back(request, question)
        case _:
            messages.error(request, "Nothing was changed: choose what to do with the question.")
    # Who put it aside may not see it any more: it is its asker's and the organisers'.
    is_seen = Question.objects.visible_to(request.user).filter(pk=pk).exists()
    return redirect(question if is_seen else "sessions:question_list")


def _take_back(request: MemberRequest, question: Question) -> HttpResponse:
    about = question.session or question.paper
    try:
        take_back(question, by=request.user)
    except OthersAskToo as error:
        messages.error(request, str(error))
        return redirect(question)
    messages.success(request, "The question was taken back.")
    return redirect(about or "sessions:question_list")


def _question_or_404(request: HttpRequest, pk: int) -> Question:
    rows = Question.objects.visible_to(request.user).for_listing(request.user)
    question: Question = get_object_or_404(rows, pk=pk)
    return question


def _changeable_or_404(request: MemberRequest, pk: int) -> Question:
    question = _question_or_404(request, pk)
    if not may_change_question(question, request.user):
        raise Http404
    return question


def _place(request: HttpRequest, question: Question) -> str:
    """Back to where the button was pressed: a session's or a paper's page, the index, or the question's own."""
    session = _row(Session.objects.visible_to(request.user), _named(request, "session"))
    if session is not None:
        return f"{session.get_absolute_url()}#question-{question.pk}"
    if _named(request, "from") == "paper" and question.paper:
        return f"{question.paper.get_absolute_url()}#question-{question.pk}"
    return question.get_absolute_url()


def _named(request: HttpRequest, name: str) -> str:
    """A parameter of the form, or of its address."""
    return str(request.POST.get(name) or request.GET.get(name, ""))


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def _row(rows: Any, pk: str) -> Any:
    """The row with this key, None for whatever is no key."""
    return rows.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
