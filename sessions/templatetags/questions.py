"""The ledger of questions, where a page shows it."""

from typing import Any

from django import template
from django.template import RequestContext

from papers.models import Paper
from sessions.forms.questions import question_form
from sessions.models import Session
from sessions.queries.questions import Ledger, questions_of_paper, questions_of_session

register = template.Library()


@register.inclusion_tag("sessions/_session_questions.html", takes_context=True)
def session_questions(context: RequestContext, session: Session) -> dict[str, Any]:
    """What is asked and answered in a session, and a form for members; a constant number of queries."""
    user = context["user"]
    form = question_form(None, user=user, session=session) if user.is_authenticated else None
    return {**_shared(context), "session": session, "ledger": questions_of_session(session, user), "form": form}


@register.inclusion_tag("sessions/_paper_questions.html", takes_context=True)
def paper_questions(context: RequestContext, paper: Paper) -> dict[str, Any]:
    """What is open and what was answered about a paper, and a form for members."""
    user = context["user"]
    form = question_form(None, user=user, paper=paper) if user.is_authenticated else None
    return {**_shared(context), "paper": paper, "ledger": questions_of_paper(paper, user), "form": form}


@register.simple_tag(takes_context=True)
def questions_for(context: RequestContext, session: Session) -> Ledger:
    """The questions that are brought to a session."""
    return questions_of_session(session, context["user"])


def _shared(context: RequestContext) -> dict[str, Any]:
    return {"user": context["user"], "csrf_token": context.get("csrf_token", "")}
