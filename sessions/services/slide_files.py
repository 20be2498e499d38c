"""Files of decks in the store: under the names of their contents, so that the same one is kept once."""

import logging
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models import Q

from readinggroup.storage import store_by_content
from sessions.models import Slide, SlideDeck

log = logging.getLogger(__name__)


def store_document(file: File, digest: str, extension: str) -> str:
    """Keep a deck's file and return its name."""
    return store_by_content(file, folder="decks", extension=extension, digest=digest)


def store_image(path: Path) -> str:
    """Keep a drawn page, which leaves its folder, and return its name."""
    name = store_by_content(ContentFile(path.read_bytes()), folder="slides", extension="webp")
    path.unlink()
    return name


def file_names(decks: Iterable[SlideDeck]) -> set[str]:
    """All files of these decks and their slides."""
    decks = list(decks)
    names = {str(file.name) for deck in decks for file in (deck.original, deck.pdf) if file}
    for image, thumbnail in Slide.objects.filter(slide_deck__in=decks).values_list("image", "thumbnail"):
        names |= {image, thumbnail}
    return names


def delete_unused(names: set[str]) -> None:
    """Delete files that no row names any more; several decks may share one file."""
    used: set[str] = set()
    for deck_files in SlideDeck.objects.filter(Q(original__in=names) | Q(pdf__in=names)).values_list("original", "pdf"):
        used |= set(deck_files)
    for slide_files in Slide.objects.filter(Q(image__in=names) | Q(thumbnail__in=names)).values_list(
        "image", "thumbnail"
    ):
        used |= set(slide_files)
    for name in names - used:
        try:
            default_storage.delete(name)
        except OSError as error:
            log.warning("Could not delete %s: %s", name, error)
