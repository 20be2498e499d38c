import logging

from celery import shared_task

from readinggroup.jobs import LeaseLost
from sessions.models import SlideDeck

log = logging.getLogger(__name__)


@shared_task(name="sessions.render_slides")
def render_slides(*, slide_deck_id: int) -> None:
    """Draw one deck, unless it is gone, done or in another worker's hands."""
    from sessions.services.slide_rendering import render_slides

    deck = SlideDeck.objects.claim(slide_deck_id)
    if deck is None:
        return
    try:
        render_slides(deck)
    except LeaseLost:
        log.info("Slide deck %s went to another worker or was deleted", slide_deck_id)
