"""Files of decks in the store: under the names of their contents, so that the same one is kept once."""

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db.models import Q

from sessions.models import Slide, SlideDeck

log = logging.getLogger(__name__)


def digest_of(file: File) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def store_document(file: File, digest: str, extension: str) -> str:
    """Keep a document and return its name; a file that is there already is the same one."""
    name = f"decks/{digest[:2]}/{digest}.{extension}"
    if default_storage.exists(name):
        return name
    file.seek(0)
    return default_storage.save(name, File(file))


def store_image(path: Path) -> str:
    """Keep a drawn page: drawn again after a crash, it is the same file and not a second one."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    name = f"slides/{digest[:2]}/{digest}.webp"
    path.unlink()
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))


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
