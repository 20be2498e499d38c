"""Taking a deck in, drawing it, and putting its slides in the old ones' place."""

import hashlib
import logging
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from readinggroup.jobs import LeaseLost
from readinggroup.models import Member
from readinggroup.search import index_after_commit
from sessions.models import Condition, Presentation, Slide, SlideDeck
from sessions.slides.errors import RendererCrashed, SlideRenderError, error_for
from sessions.slides.renderer import Limits, RenderedSlide, render_deck

log = logging.getLogger(__name__)

RETRY_AFTER = timedelta(seconds=5)
PDF_MAGIC = b"%PDF-"
#: Readers accept some junk before the header, and so does PDFium.
MAGIC_WITHIN = 1024


class DeckRefused(Exception):
    """The upload is no deck we can take; the sentence says why and what to do."""


def attach_slide_deck(
    presentation: Presentation, upload: UploadedFile, *, uploaded_by: Member | None = None
) -> SlideDeck:
    """Keep an uploaded PDF as the newest deck of `presentation` and have its pages drawn.

    What the page shows now stays until the new deck is ready. The same file as the newest one is not taken twice: its
    deck is returned, and drawn again if that had failed. Raises DeckRefused for a file that is too large or no PDF.
    """
    _check(upload)
    digest = _digest(upload)
    same = presentation.slide_decks.order_by("-version").first()
    if same and same.sha256 == digest:
        if same.status == SlideDeck.Status.FAILED:
            same.restart()
        return same
    name = _store_original(upload, digest)
    for _ in range(20):
        try:
            with transaction.atomic():
                deck = _insert(presentation, name, upload, digest, uploaded_by)
                deck.enqueue()
            return deck
        except IntegrityError:
            # Two uploads at once took the same version; the other one has it.
            continue
    raise DeckRefused("Others are uploading to this presentation right now. Wait a moment and try again.")


def render_slides(deck: SlideDeck) -> None:
    """Draw a claimed deck and make it the current one, under its lease; failures are written on the row."""
    try:
        with tempfile.TemporaryDirectory(prefix="slides-") as folder:
            _render(deck, Path(folder))
    except SlideRenderError as error:
        deck.fail(error.code, error.message)
    except RendererCrashed as error:
        log.warning("Slide deck %s: %s (attempt %s)", deck.pk, error, deck.attempts)
        blamed = error_for("unreadable")
        deck.postpone(blamed.code, blamed.message, until=timezone.now() + RETRY_AFTER)


def render_slides_again(deck: SlideDeck) -> None:
    """Draw a deck anew, whatever became of it before; the slides it has stay until then."""
    deck.restart()


def delete_slide_deck(deck: SlideDeck) -> None:
    """Remove a deck with its slides and files; the newest ready one before it becomes current."""
    with transaction.atomic():
        presentation, was_current = deck.presentation, deck.is_current
        names = _file_names([deck])
        deck.delete()
        if was_current:
            _promote(presentation.slide_decks.ready().order_by("-version").first())
        transaction.on_commit(lambda: _delete_unused(names))


def _check(upload: UploadedFile) -> None:
    most = settings.SLIDES_MAX_MEGABYTES * 1_000_000
    if (upload.size or 0) > most:
        raise DeckRefused(
            f"This file is {filesizeformat(upload.size or 0)} large; the limit is {settings.SLIDES_MAX_MEGABYTES} MB. "
            "Shrink its pictures when you export it."
        )
    upload.seek(0)
    if PDF_MAGIC not in upload.read(MAGIC_WITHIN):
        raise DeckRefused("This file is not a PDF. Export your slides as a PDF and upload that.")
    upload.seek(0)


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _store_original(upload: UploadedFile, digest: str) -> str:
    """Keep the file under the name of its content; a file that is there already is the same one."""
    name = f"decks/{digest[:2]}/{digest}.pdf"
    if default_storage.exists(name):
        return name
    upload.seek(0)
    return default_storage.save(name, File(upload))


def _insert(
    presentation: Presentation, name: str, upload: UploadedFile, digest: str, uploaded_by: Member | None
) -> SlideDeck:
    last = presentation.slide_decks.aggregate(last=Max("version"))["last"] or 0
    return SlideDeck.objects.create(
        presentation=presentation,
        version=last + 1,
        original=name,
        original_name=_shown_name(upload.name or "slides.pdf"),
        sha256=digest,
        size=upload.size or 0,
        uploaded_by=uploaded_by,
    )


def _shown_name(name: str) -> str:
    """The name as the presenter knows it, without path, control and direction characters."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in base if c.isprintable()).strip().strip(".")
    return clean[:200] or "slides.pdf"


def _render(deck: SlideDeck, folder: Path) -> None:
    original = folder / "deck.pdf"
    with deck.original.open("rb") as stored, open(original, "wb") as local:
        local.writelines(File(stored).chunks())
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
        render_deck(original, pages, limits=limits, on_opened=opened, on_slide=drawn)
        _swap_in(deck, slides)
    except LeaseLost:
        if not SlideDeck.objects.filter(pk=deck.pk).exists():
            # Deleted meanwhile: nobody will ever name these files.
            _delete_unused({str(name) for slide in slides for name in (slide.image.name, slide.thumbnail.name)})
        raise


def _store_slide(deck: SlideDeck, rendered: RenderedSlide) -> Slide:
    return Slide(
        slide_deck=deck,
        number=rendered.number,
        image=_store_image(rendered.image),
        width=rendered.size[0],
        height=rendered.size[1],
        thumbnail=_store_image(rendered.thumbnail),
        thumbnail_width=rendered.thumbnail_size[0],
        thumbnail_height=rendered.thumbnail_size[1],
        text=rendered.text.replace("\x00", ""),
    )


def _store_image(path: Path) -> str:
    """Under the name of its content: drawn again after a crash, it is the same file and not a second one."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    name = f"slides/{digest[:2]}/{digest}.webp"
    path.unlink()
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))


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
        stale = _file_names([deck])
        deck.slides.all().delete()
        Slide.objects.bulk_create(slides)
        newer_is_ready = deck.presentation.slide_decks.current().filter(version__gt=deck.version).exists()
        if not newer_is_ready:
            _promote(deck)
        deck.finish()
        transaction.on_commit(lambda: _delete_unused(stale))
        # The words on the slides can be found from now on; nothing above told the search so.
        index_after_commit(deck.presentation)


def _promote(deck: SlideDeck | None) -> None:
    if deck is None:
        return
    SlideDeck.objects.filter(presentation=deck.presentation_id, is_current=True).update(is_current=False)
    SlideDeck.objects.filter(pk=deck.pk).update(is_current=True)
    Presentation.objects.filter(pk=deck.presentation_id).exclude(slides_condition=Condition.WITHHELD).update(
        slides_condition=Condition.AVAILABLE, slides_reason=""
    )


def _file_names(decks: Iterable[SlideDeck]) -> set[str]:
    names = {str(deck.original.name) for deck in decks}
    for image, thumbnail in Slide.objects.filter(slide_deck__in=list(decks)).values_list("image", "thumbnail"):
        names |= {image, thumbnail}
    return names


def _delete_unused(names: set[str]) -> None:
    """Delete files that no row names any more; several decks may share one file."""
    used = set(SlideDeck.objects.filter(original__in=names).values_list("original", flat=True))
    used |= set(Slide.objects.filter(image__in=names).values_list("image", flat=True))
    used |= set(Slide.objects.filter(thumbnail__in=names).values_list("thumbnail", flat=True))
    for name in names - used:
        try:
            default_storage.delete(name)
        except OSError as error:
            log.warning("Could not delete %s: %s", name, error)
