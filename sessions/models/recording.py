"""A recording of a presentation, hosted elsewhere or uploaded."""

from django.db import models
from django.db.models import Q

from sessions.models.presentation import Presentation


class Recording(models.Model):
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
    poster = models.ImageField(upload_to="recordings/posters/", blank=True, max_length=200)
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
