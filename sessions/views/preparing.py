"""Getting a presentation ready."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from readinggroup.requests import MemberRequest
from sessions.access import editable_presentation_or_404, organisers_only, visible_session_or_404
from sessions.services.giving import NotGiven, hold_session
from sessions.services.preparing import say_there_is_none


@login_required
@require_POST
def presentation_without(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer what the checklist asks for with “there will be none”."""
    presentation = editable_presentation_or_404(request.user, pk)
    what = request.POST.get("what", "")
    if what not in ("slides", "recording"):
        messages.error(request, "Nothing was changed: choose slides or recording.")
    elif say_there_is_none(presentation, what=what):
        messages.success(request, f"Noted: there will be no {what}. You can still add {_them(what)} later.")
    else:
        messages.warning(request, f"There is an answer about the {what} already, so nothing was changed.")
    return redirect(presentation)


@login_required
@require_POST
def session_held(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything of a session took place; for organisers."""
    organisers_only(request.user)
    session = visible_session_or_404(request.user, pk)
    try:
        given = hold_session(session, by=request.user)
    except NotGiven as error:
        messages.error(request, str(error))
    else:
        numbers = ", ".join(str(talk.number) for talk in given)
        words = f"Presentation{'' if len(given) == 1 else 's'} {numbers} went into the archive." if given else ""
        messages.success(request, f"The session was held. {words}".strip())
    return redirect(session)


def _them(what: str) -> str:
    return "them" if what == "slides" else "it"
