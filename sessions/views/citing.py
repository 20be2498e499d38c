"""Citing what was presented: in one presentation, in a session, in the whole archive."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from papers.citations import csl_item
from papers.citing import citation_response
from papers.models import Paper
from sessions.access import visible_presentation_or_404, visible_session_or_404
from sessions.models import Presentation, Visibility


@require_safe
def presentation_citation(request: HttpRequest, pk: int, slug: str, extension: str) -> HttpResponse:
    """The papers of a presentation, in its order."""
    presentation = visible_presentation_or_404(request.user, pk, Presentation.objects.select_related("session"))
    return _answer([presentation.pk], extension, name=presentation.slug, public=presentation.is_public)


@require_safe
def session_citation(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The papers of a session: the one it reads with roles, and those presented in it."""
    session = visible_session_or_404(request.user, pk)
    shown = session.presentations.visible_to(request.user).values_list("pk", flat=True)
    is_public = session.visibility == Visibility.PUBLIC and not request.user.is_authenticated
    played = Paper.objects.for_card().filter(role_plays__session=session)
    return _answer(shown, extension, name=f"session-{pk}", public=is_public, also=played)


@require_safe
def archive_citation(request: HttpRequest, extension: str) -> HttpResponse:
    """The papers of all that was given."""
    shown = Presentation.objects.visible_to(request.user).given().values_list("pk", flat=True)
    return _answer(shown, extension, name="archive", public=not request.user.is_authenticated)


def _answer(presentations: Any, extension: str, *, name: str, public: bool, also: Iterable[Paper] = ()) -> HttpResponse:
    papers = Paper.objects.for_card().filter(presentation_places__presentation__in=presentations)
    in_order = papers.order_by("presentation_places__presentation", "presentation_places__position")
    unique = {paper.pk: paper for paper in (*also, *in_order)}
    return citation_response([csl_item(paper) for paper in unique.values()], extension, name=name, public=public)
