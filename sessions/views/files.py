"""Slides and decks as files, for those who may see the presentation."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from readinggroup.files import DAY, stored_file_response
from sessions.access import may_see_deck
from sessions.models import Presentation, Slide, SlideDeck, Visibility
from sessions.models.presentation import PresentationQuerySet


@require_safe
def slide_image(request: HttpRequest, pk: int, number: int, size: str) -> HttpResponseBase:
    """The picture of one page, "large" or "small"."""
    deck = _visible_deck_or_404(request, pk)
    slide = get_object_or_404(Slide, slide_deck=deck, number=number)
    file = slide.image if size == "large" else slide.thumbnail
    return stored_file_response(file, public=_is_for_everybody(deck), max_age=DAY)


@require_safe
def slide_deck_original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded, under the name its presenter gave it."""
    deck = _visible_deck_or_404(request, pk)
    return stored_file_response(
        deck.original, public=_is_for_everybody(deck), max_age=3600, download_name=deck.original_name
    )


def _visible_deck_or_404(request: HttpRequest, pk: int) -> SlideDeck:
    seen: PresentationQuerySet = Presentation.objects.visible_to(request.user)
    decks = SlideDeck.objects.select_related("presentation__session").filter(presentation__in=seen)
    deck = get_object_or_404(decks, pk=pk)
    if not may_see_deck(deck, request.user):
        raise Http404
    return deck


def _is_for_everybody(deck: SlideDeck) -> bool:
    presentation = deck.presentation
    return (
        deck.is_current
        and presentation.visibility == Visibility.PUBLIC
        and not presentation.is_for_members
        and presentation.slides_condition != "withheld"
    )
