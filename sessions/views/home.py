from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from papers.models import ReadingList, Report
from papers.services.watching import recent_notices
from sessions.models import Presentation, Session
from sessions.queries.attendance import standing_of

SHELF = 6
COMING = 4
WRITINGS = 4
NOTICES = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is next and who presents, which slots are open, what one missed."""
    sessions = Session.objects.visible_to(request.user).planned().upcoming().for_listing(request.user)[: COMING + 1]
    coming = list(sessions)
    next_session = coming[0] if coming else None
    given = Presentation.objects.visible_to(request.user).given()
    context = {
        "next_session": next_session,
        "standing": standing_of(request.user, next_session) if next_session else None,
        "coming": [session for session in coming if session.has_slots][:COMING],
        "shelf": given.for_listing()[:SHELF],
        "given_count": given.count(),
        "notices": recent_notices()[:NOTICES],
        "reports": Report.objects.published().for_listing()[:WRITINGS],
        "reading_lists": ReadingList.objects.visible_to(request.user).for_listing()[:WRITINGS],
    }
    return render(request, "sessions/home.html", context)
