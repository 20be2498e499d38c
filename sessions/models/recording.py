"""A recording of a presentation, hosted elsewhere or uploaded."""

from pathlib import PurePosixPath
from typing import ClassVar

from django.db import models
from django.db.models import Q

from readinggroup.jobs import Job
from sessions.models.presentation import Presentation


class Recording(Job):
    """A video; the job is to ask its host, or to look into the file, for title, duration and poster."""

    task_name: ClassVar[str] = "sessions.describe_recording"
    task_argument: ClassVar[str] = "recording_id"

    class Host(models.TextChoices):
        YOUTUBE = "youtube", "YouTube"
        VIMEO = "vimeo", "Vimeo"
        PEERTUBE = "peertube", "PeerTube"
        LINK = "link", "another site"
        FILE = "file", "uploaded file"

    presentation = models.ForeignKey(Presentation, models.CASCADE, related_name="recordings")
    position = models.PositiveIntegerField("part", default=1)
    title = models.CharField(max_length=300, blank=True)
    host = models.CharField(max_length=8, choices=Host)
    url = models.URLField("address", max_length=1000, blank=True)
    video_id = models.CharField(max_length=100, blank=True, help_text="As the host names it.")
    starts_at_seconds = models.PositiveIntegerField(default=0)
    file = models.FileField(upload_to="recordings/", blank=True, max_length=200)
    file_name = models.CharField(max_length=255, blank=True, help_text="As the presenter called the file.")
    size = models.PositiveBigIntegerField("size in bytes", default=0)
    poster = models.FileField(upload_to="recordings/", blank=True, max_length=200)
    duration_seconds = models.PositiveIntegerField(null=True, blank=True)
    chapters = models.JSONField(default=list, blank=True, help_text="A list of [second, title].")
    transcript = models.TextField(blank=True, help_text="WebVTT.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "position"], name="one_recording_per_part"),
            models.CheckConstraint(condition=~Q(url="") | ~Q(file=""), name="recording_is_somewhere"),
        ]

    def __str__(self) -> str:
        return self.title or f"recording, part {self.position}"

    @property
    def extension(self) -> str:
        """ "mp4" or "webm" of an uploaded file, by its content; "" of what is elsewhere."""
        return PurePosixPath(self.file.name or "").suffix.removeprefix(".")


class Cue(models.Model):
    """From which second of the recording a slide is on screen."""

    recording = models.ForeignKey(Recording, models.CASCADE, related_name="cues")
    at_seconds = models.PositiveIntegerField()
    slide_number = models.PositiveIntegerField()

    class Meta:
        ordering = ["at_seconds"]
        constraints = [models.UniqueConstraint(fields=["recording", "at_seconds"], name="one_slide_at_a_time")]

    def __str__(self) -> str:
        return f"slide {self.slide_number} from {self.at_seconds} s"


class CueSuggestion(Job):
    """Which slide was on screen when, as a worker would guess from the transcript and the slides' words."""

    task_name: ClassVar[str] = "sessions.suggest_cues"
    task_argument: ClassVar[str] = "cue_suggestion_id"

    recording = models.OneToOneField(Recording, models.CASCADE, related_name="cue_suggestion")
    cues = models.JSONField(default=list, blank=True, help_text="A list of [second, slide number].")

    def __str__(self) -> str:
        return f"suggestion for {self.recording}"
