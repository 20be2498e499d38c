"""Taking a deck in, as a file or by its address; drawing it again, removing it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from readinggroup.models import Member
from readinggroup.storage import digest_of
from sessions.models import Condition, Presentation, SlideDeck
from sessions.services.slide_files import delete_unused, file_names, store_document
from sessions.slides.errors import REASONS
from sessions.slides.formats import OFFICE, format_of
from sessions.slides.links import NotALink, file_address, file_name
from sessions.slides.office import office_program


class DeckRefused(Exception):
    """The upload is no deck we can take; the sentence says why and what to do."""


def attach_slide_deck(
    presentation: Presentation, upload: UploadedFile, *, uploaded_by: Member | None = None
) -> SlideDeck:
    """Keep an uploaded file as the newest deck of `presentation` and have its pages drawn.

    A PDF is drawn as it is; PowerPoint and OpenDocument files become PDFs first, where LibreOffice is installed. What
    the page shows now stays until the new deck is ready. The same file as the newest one is not taken twice: its deck
    is returned, and drawn again if that had failed. Raises DeckRefused for a file that is too large or no deck.
    """
    extension = _accepted_format(upload)
    digest = digest_of(upload)
    same = presentation.slide_decks.order_by("-version").first()
    if same and same.sha256 == digest:
        if same.status == SlideDeck.Status.FAILED:
            same.restart()
        return same
    return _insert(
        presentation,
        original=store_document(upload, digest, extension),
        original_name=shown_name(upload.name or f"slides.{extension}"),
        sha256=digest,
        size=upload.size or 0,
        uploaded_by=uploaded_by,
    )


def attach_linked_slide_deck(
    presentation: Presentation, address: str, *, uploaded_by: Member | None = None
) -> SlideDeck:
    """Have a worker fetch the slides at `address` (a file, or a page of Google Slides, GitHub, Speaker Deck and such).

    Asked for again while the newest deck comes from there, it is fetched and drawn anew. Raises DeckRefused for what is
    no address of slides.
    """
    try:
        url = file_address(address)
    except NotALink as error:
        raise DeckRefused(str(error)) from error
    if len(url) > 1000:
        raise DeckRefused("This address is too long. Download the slides and upload the file.")
    same = presentation.slide_decks.order_by("-version").first()
    if same and same.source_url == url and same.is_waiting:
        return same
    return _insert(presentation, source_url=url, original_name=shown_name(file_name(url)), uploaded_by=uploaded_by)


def render_slides_again(deck: SlideDeck) -> None:
    """Draw a deck anew, whatever became of it before; the slides it has stay until then."""
    deck.restart()


def delete_slide_deck(deck: SlideDeck) -> None:
    """Remove a deck with its slides and files; the newest ready one before it becomes current."""
    with transaction.atomic():
        presentation, was_current = deck.presentation, deck.is_current
        names = file_names([deck])
        deck.delete()
        if was_current:
            promote(presentation.slide_decks.ready().order_by("-version").first())
        transaction.on_commit(lambda: delete_unused(names))


def promote(deck: SlideDeck | None) -> None:
    """Show this deck on its presentation's page."""
    if deck is None:
        return
    SlideDeck.objects.filter(presentation=deck.presentation_id, is_current=True).update(is_current=False)
    SlideDeck.objects.filter(pk=deck.pk).update(is_current=True)
    Presentation.objects.filter(pk=deck.presentation_id).exclude(slides_condition=Condition.WITHHELD).update(
        slides_condition=Condition.AVAILABLE, slides_reason="", updated_at=timezone.now()
    )


def shown_name(name: str) -> str:
    """The name as the presenter knows it, without path, control and direction characters."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in base if c.isprintable()).strip().strip(".")
    return clean[:200] or "slides.pdf"


def accepted_formats() -> list[str]:
    """File name extensions that can be drawn here."""
    return ["pdf", *(OFFICE if office_program(settings.OFFICE_PROGRAM) else ())]


def _accepted_format(upload: UploadedFile) -> str:
    most = settings.SLIDES_MAX_MEGABYTES * 1_000_000
    if (upload.size or 0) > most:
        raise DeckRefused(
            f"This file is {filesizeformat(upload.size or 0)} large; the limit is {settings.SLIDES_MAX_MEGABYTES} MB. "
            "Shrink its pictures when you export it."
        )
    found = format_of(upload)  # type: ignore[arg-type]
    if found in accepted_formats():
        return found
    raise DeckRefused(REASONS[{"key": "keynote", **dict.fromkeys(OFFICE, "no_office")}.get(found, "not_a_pdf")])


def _insert(presentation: Presentation, **fields: Any) -> SlideDeck:
    for _ in range(20):
        last = presentation.slide_decks.aggregate(last=Max("version"))["last"] or 0
        try:
            with transaction.atomic():
                deck = SlideDeck.objects.create(presentation=presentation, version=last + 1, **fields)
                deck.enqueue()
            return deck
        except IntegrityError:
            # Two uploads at once took the same version; the other one has it.
            continue
    raise DeckRefused("Others are uploading to this presentation right now. Wait a moment and try again.")
