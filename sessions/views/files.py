"""Slides and decks as files, for those who may see the presentation."""

from pathlib import PurePosixPath

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from readinggroup.files import DAY, stored_file_response
from sessions.access import visible_deck_or_404
from sessions.models import Slide, SlideDeck


@require_safe
def slide_image(request: HttpRequest, pk: int, number: int, size: str) -> HttpResponseBase:
    """The picture of one page, "large" or "small"."""
    deck = visible_deck_or_404(request.user, pk)
    slide = get_object_or_404(Slide, slide_deck=deck, number=number)
    file = slide.image if size == "large" else slide.thumbnail
    return stored_file_response(file, public=_is_for_everybody(deck), max_age=DAY)


@require_safe
def slide_deck_original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded, under the name its presenter gave it."""
    deck = visible_deck_or_404(request.user, pk)
    return stored_file_response(
        deck.original, public=_is_for_everybody(deck), max_age=3600, download_name=deck.original_name
    )


@require_safe
def slide_deck_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The deck as a PDF, which is the original or was made from it."""
    deck = visible_deck_or_404(request.user, pk)
    name = f"{PurePosixPath(deck.original_name).stem}.pdf"
    return stored_file_response(
        deck.pdf or deck.original, public=_is_for_everybody(deck), max_age=3600, download_name=name
    )


@require_safe
def slide_text(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """The words of one page where they stand, as transparent SVG text to be laid over the picture."""
    deck = visible_deck_or_404(request.user, pk)
    slide = get_object_or_404(Slide, slide_deck=deck, number=number)
    response = render(request, "sessions/slide_text.svg", {"slide": slide}, content_type="image/svg+xml")
    response.headers["Cache-Control"] = f"public, max-age={DAY}" if _is_for_everybody(deck) else "private, no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _is_for_everybody(deck: SlideDeck) -> bool:
    return deck.is_current and deck.presentation.is_public and deck.presentation.slides_condition != "withheld"
