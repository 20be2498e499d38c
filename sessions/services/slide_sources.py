"""Getting the file of a deck: fetched when only its address was given, converted when it is no PDF."""

import logging
import tempfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File

from readinggroup.fetching import (
    Answer,
    FetchError,
    FetchNotFound,
    FetchRefused,
    FetchRejected,
    FetchTooLarge,
    FetchUnavailable,
    fetch,
)
from readinggroup.storage import digest_of
from sessions.models import SlideDeck
from sessions.services.slide_files import store_document
from sessions.slides.errors import REASONS, SlideRenderError, error_for
from sessions.slides.formats import OFFICE, format_of
from sessions.slides.links import pdf_in_page
from sessions.slides.office import convert_to_pdf, office_program

log = logging.getLogger(__name__)

ACCEPT = "application/pdf, application/vnd.openxmlformats-officedocument.presentationml.presentation, */*;q=0.5"
SECONDS = 90


class LinkAway(Exception):
    """The site did not answer; worth another try after `retry_after`."""

    def __init__(self, retry_after: float | None = None) -> None:
        self.message = REASONS["link_away"]
        self.retry_after = timedelta(seconds=retry_after or 0)
        super().__init__(self.message)


def bring_original(deck: SlideDeck) -> None:
    """Fetch the file of a deck that was given by its address, unless that is done; under the deck's lease.

    Raises SlideRenderError, and LinkAway when trying again may help.
    """
    if deck.original:
        return
    data = _fetch_slides(deck.source_url)
    found = format_of(BytesIO(data))
    if found == "html" or not found:
        raise error_for("not_slides")
    if found == "key":
        raise error_for("keynote")
    file = ContentFile(data)
    digest = digest_of(file)
    name = store_document(file, digest, found)
    with deck.holding_lease():
        deck.original, deck.sha256, deck.size = name, digest, len(data)
        if not deck.original_name.lower().endswith(f".{found}"):
            deck.original_name = f"{deck.original_name[:200]}.{found}"
        deck.save(update_fields=["original", "original_name", "sha256", "size"])


def local_pdf(deck: SlideDeck, folder: Path) -> Path:
    """Put the deck's pages as a PDF into `folder`; one that is made here is kept beside the original.

    Raises SlideRenderError and RendererCrashed.
    """
    if deck.pdf or deck.is_pdf:
        return _copy(deck.pdf or deck.original, folder / "deck.pdf")
    document = _copy(deck.original, folder / f"deck.{deck.extension}")
    if deck.extension not in OFFICE:
        raise error_for("not_a_pdf")
    deck.extend_lease()
    with tempfile.TemporaryDirectory(prefix="office-", dir=folder) as own:
        made = convert_to_pdf(document, Path(own), program=office_program(settings.OFFICE_PROGRAM))
        pdf = made.rename(folder / "deck.pdf")
    with open(pdf, "rb") as file:
        name = store_document(File(file), digest_of(File(file)), "pdf")
    with deck.holding_lease():
        deck.pdf = name
        deck.save(update_fields=["pdf"])
    return pdf


def _copy(stored: File, target: Path) -> Path:
    with stored.open("rb") as source, open(target, "wb") as local:
        local.writelines(File(source).chunks())
    return target


def _fetch_slides(url: str) -> bytes:
    """What is at `url`; of a page that offers a PDF, the PDF."""
    answer = _fetch(url)
    if format_of(BytesIO(answer.body)) != "html":
        return answer.body
    offered = pdf_in_page(answer.body, answer.url)
    if not offered:
        raise error_for("not_slides")
    return _fetch(offered).body


def _fetch(url: str) -> Answer:
    most = settings.SLIDES_MAX_MEGABYTES
    try:
        return fetch(url, accept=ACCEPT, max_bytes=most * 1_000_000, seconds=SECONDS)
    except FetchTooLarge as error:
        raise error_for("link_too_large", megabytes=most) from error
    except FetchUnavailable as error:
        raise LinkAway(error.retry_after) from error
    except FetchError as error:
        raise _final(error) from error


def _final(error: FetchError) -> SlideRenderError | LinkAway:
    if isinstance(error, FetchNotFound):
        return error_for("not_found")
    if isinstance(error, FetchRejected):
        return error_for("not_allowed")
    if isinstance(error, FetchRefused):
        return error_for("link_refused")
    return LinkAway()
