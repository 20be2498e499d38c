"""A file of slides, and its pages once a worker has drawn them."""

from pathlib import PurePosixPath
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from readinggroup.jobs import Job, JobQuerySet
from sessions.models.presentation import Presentation


class SlideDeckQuerySet(JobQuerySet):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def ready(self) -> Self:
        return self.filter(status=Job.Status.DONE)

    def failed(self) -> Self:
        return self.filter(status=Job.Status.FAILED)


class SlideDeck(Job):
    """One uploaded version of a presentation's slides. The original is always kept; the deck is its own render job."""

    task_name: ClassVar[str] = "sessions.render_slides"
    task_argument: ClassVar[str] = "slide_deck_id"
    #: Longer than fetching a file, or turning one into a PDF, may take; drawing extends it.
    lease_seconds: ClassVar[int] = 240

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="slide_decks")
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=False, help_text="The rendered version that the page shows.")
    source_url = models.URLField(
        "address", max_length=1000, blank=True, help_text="Where the file is fetched from when it was not uploaded."
    )
    original = models.FileField(upload_to="decks/", max_length=200, blank=True)
    pdf = models.FileField("as a PDF", upload_to="decks/", max_length=200, blank=True)
    original_name = models.CharField(max_length=255, help_text="As the presenter called the file.")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("size in bytes", default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    pages_total = models.PositiveIntegerField(null=True, blank=True)
    pages_done = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = SlideDeckQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=~Q(original="") | ~Q(source_url=""), name="deck_comes_from_somewhere"),
            models.UniqueConstraint(fields=["presentation", "version"], name="one_deck_per_version"),
            models.UniqueConstraint(
                fields=["presentation"], condition=Q(is_current=True), name="one_current_deck_per_presentation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.original_name} (version {self.version})"

    @property
    def extension(self) -> str:
        """The kind of the original, as it was recognised: "pdf", "pptx", "ppt" or "odp"; "" before it is here."""
        return PurePosixPath(self.original.name or "").suffix.removeprefix(".")

    @property
    def is_pdf(self) -> bool:
        return self.extension == "pdf"


class Slide(models.Model):
    slide_deck = models.ForeignKey(SlideDeck, models.CASCADE, related_name="slides")
    number = models.PositiveIntegerField()
    image = models.FileField(upload_to="slides/", max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    thumbnail = models.FileField(upload_to="slides/", max_length=200)
    thumbnail_width = models.PositiveIntegerField()
    thumbnail_height = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    pieces = models.JSONField(
        default=list,
        blank=True,
        help_text="Where the text stands: [left, top, width, height, text] in pixels of the large image.",
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["slide_deck", "number"], name="one_slide_per_place")]

    def __str__(self) -> str:
        return f"slide {self.number}"
