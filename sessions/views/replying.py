"""Answering an invitation from the mail, without signing in."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from readinggroup.models import Member
from sessions.models import Session
from sessions.models.attendance import Rsvp
from sessions.queries.sessions import reply_of
from sessions.services.attendance import reply_to_session
from sessions.services.replying import read_reply_token
from sessions.services.seats import RepliesClosed
from sessions.telling_words import group_time, own_time

ANSWERS = {"yes": "Yes, I will be there", "maybe": "Maybe", "no": "No, I cannot come"}
SAID = {"yes": "See you there.", "maybe": "Noted: maybe.", "no": "Noted. We will miss you."}
IN_LINE = "All seats are taken. You are in line, and hear when one is free."


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(label="Your answer", choices=list(ANSWERS.items()), widget=forms.RadioSelect)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_by_mail(request: HttpRequest, token: str) -> HttpResponse:
    """One member answers one session: the link chooses, a press answers, so that a scanner's look does nothing.

    The link signs nobody in, and is of no use once the session is over.
    """
    meant = read_reply_token(token)
    if meant is None:
        raise Http404
    session, member = meant
    chosen = request.GET.get("answer", "")
    form: AnswerForm | None = AnswerForm(request.POST or None, initial={"answer": chosen if chosen in ANSWERS else ""})
    context = {
        "session": session,
        "member": member,
        "when": group_time(session),
        "own_when": own_time(session, member),
        "reply": reply_of(member, session),
    }
    if session.is_over or session.is_cancelled:
        form = None
    elif form and request.method == "POST" and form.is_valid():
        context |= _answer(session, member, form.cleaned_data["answer"])
        form = None
    return render(request, "sessions/reply_by_mail.html", {**context, "form": form})


def _answer(session: Session, member: Member, answer: str) -> dict[str, str]:
    try:
        attendance = reply_to_session(session, member=member, rsvp=answer)
    except RepliesClosed:
        session.refresh_from_db()
        return {}
    return {"reply": attendance.rsvp, "said": IN_LINE if attendance.rsvp == Rsvp.WAITING else SAID[answer]}
