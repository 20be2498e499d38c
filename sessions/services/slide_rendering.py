"""The worker's part: from whatever was handed in to slides in the old ones' place."""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from readinggroup.jobs import LeaseLost
from readinggroup.search import index_after_commit
from sessions.models import Slide, SlideDeck
from sessions.services.slide_decks import promote
from sessions.services.slide_files import delete_unused, file_names, store_image
from sessions.services.slide_sources import LinkAway, bring_original, local_pdf
from sessions.slides.errors import RendererCrashed, SlideRenderError, error_for
from sessions.slides.renderer import Limits, RenderedSlide, render_deck

log = logging.getLogger(__name__)

RETRY_AFTER = timedelta(seconds=5)
#: A site that is away deserves more patience than a crashed process.
LINK_RETRY_AFTER = timedelta(seconds=60)


def render_slides(deck: SlideDeck) -> None:
    """Fetch, convert and draw a claimed deck and make it the current one; failures are written on the row."""
    try:
        with tempfile.TemporaryDirectory(prefix="slides-") as folder:
            bring_original(deck)
            _render(deck, local_pdf(deck, Path(folder)), Path(folder))
    except SlideRenderError as error:
        deck.fail(error.code, error.message)
    except LinkAway as away:
        deck.postpone("link_away", away.message, until=timezone.now() + max(LINK_RETRY_AFTER, away.retry_after))
    except RendererCrashed as error:
        log.warning("Slide deck %s: %s (attempt %s)", deck.pk, error, deck.attempts)
        blamed = error_for("unreadable")
        deck.postpone(blamed.code, blamed.message, until=timezone.now() + RETRY_AFTER)


def _render(deck: SlideDeck, pdf: Path, folder: Path) -> None:
    pages = folder / "pages"
    pages.mkdir()
    slides: list[Slide] = []

    def opened(total: int) -> None:
        deck.extend_lease()
        SlideDeck.objects.filter(pk=deck.pk, lease=deck.lease).update(pages_total=total, pages_done=0)

    def drawn(rendered: RenderedSlide) -> None:
        slides.append(_store_slide(deck, rendered))
        _tell_progress(deck, slides)

    limits = Limits(max_pages=settings.SLIDES_MAX_PAGES)
    try:
        render_deck(pdf, pages, limits=limits, on_opened=opened, on_slide=drawn)
        _swap_in(deck, slides)
    except LeaseLost:
        if not SlideDeck.objects.filter(pk=deck.pk).exists():
            # Deleted meanwhile: nobody will ever name these files.
            delete_unused({str(name) for slide in slides for name in (slide.image.name, slide.thumbnail.name)})
        raise


def _store_slide(deck: SlideDeck, rendered: RenderedSlide) -> Slide:
    return Slide(
        slide_deck=deck,
        number=rendered.number,
        image=store_image(rendered.image),
        width=rendered.size[0],
        height=rendered.size[1],
        thumbnail=store_image(rendered.thumbnail),
        thumbnail_width=rendered.thumbnail_size[0],
        thumbnail_height=rendered.thumbnail_size[1],
        text=rendered.text.replace("\x00", ""),
        pieces=rendered.pieces,
    )


def _tell_progress(deck: SlideDeck, slides: list[Slide]) -> None:
    """Say how far the work is, and keep the lease; the cover is worth a row at once."""
    if len(slides) == 1 or len(slides) % 5 == 0:
        deck.extend_lease()
    SlideDeck.objects.filter(pk=deck.pk, lease=deck.lease).update(pages_done=len(slides))
    newest = slides[-1]
    if newest.number == 1 and not deck.slides.exists():
        with deck.holding_lease():
            newest.save()
            newest.pk = None


def _swap_in(deck: SlideDeck, slides: list[Slide]) -> None:
    """In one transaction: these slides, this deck current, the work done."""
    with deck.holding_lease():
        stale = file_names([deck])
        deck.slides.all().delete()
        Slide.objects.bulk_create(slides)
        newer_is_ready = deck.presentation.slide_decks.current().filter(version__gt=deck.version).exists()
        if not newer_is_ready:
            promote(deck)
        deck.finish()
        transaction.on_commit(lambda: delete_unused(stale))
        # The words on the slides can be found from now on; nothing above told the search so.
        index_after_commit(deck.presentation)
