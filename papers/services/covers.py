"""Covers of papers: the first page of the PDF, where the licence allows it to be shown."""

import tempfile
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from papers.licences import may_be_shown
from papers.models import Paper, PaperCover
from readinggroup.fetching import FetchError, FetchUnavailable, fetch
from readinggroup.first_pages import draw_first_page
from readinggroup.images import ImageRefused, accept_image
from readinggroup.storage import store_by_content

MAX_BYTES = 30_000_000
SECONDS = 60
RETRY_AFTER = timedelta(minutes=10)
SIDE = 1000


def request_cover(paper: Paper) -> PaperCover | None:
    """Have the first page of `paper` drawn, when its licence allows that and there is a PDF; else None.

    Asked for again, nothing happens: a cover is drawn once. One that may no longer be shown is taken away.
    """
    if not may_be_shown(paper.licence):
        PaperCover.objects.filter(paper=paper).delete()
        return None
    pdf = next((link.url for link in paper.ordered_links if link.kind == "pdf"), "")
    if not pdf:
        return None
    cover, created = PaperCover.objects.get_or_create(paper=paper, defaults={"pdf_url": pdf})
    if created:
        cover.enqueue()
    return cover


def draw_cover(cover: PaperCover) -> None:
    """Fetch the PDF of a claimed cover and draw its first page; what fails is on the row, and the paper goes on."""
    try:
        data = fetch(cover.pdf_url, accept="application/pdf", max_bytes=MAX_BYTES, seconds=SECONDS).body
    except FetchUnavailable:
        cover.postpone("away", "The PDF could not be fetched.", until=timezone.now() + RETRY_AFTER)
        return
    except FetchError as error:
        cover.fail("not_fetched", f"The PDF could not be fetched ({type(error).__name__}).")
        return
    with tempfile.TemporaryDirectory(prefix="cover-") as name:
        picture = _picture(data, Path(name))
    if picture is None:
        cover.fail("not_drawn", "The first page could not be drawn.")
        return
    content, width, height = picture
    stored = store_by_content(ContentFile(content), folder="covers", extension="webp")
    with cover.holding_lease():
        cover.image, cover.width, cover.height = stored, width, height
        cover.save(update_fields=["image", "width", "height"])
        cover.finish()


def _picture(data: bytes, folder: Path) -> tuple[bytes, int, int] | None:
    pdf = folder / "paper.pdf"
    pdf.write_bytes(data)
    drawn = draw_first_page(pdf, folder)
    if drawn is None:
        return None
    try:
        with open(drawn, "rb") as file:
            accepted = accept_image(file, max_side=SIDE)
    except ImageRefused:
        return None
    return accepted.content, accepted.width, accepted.height
