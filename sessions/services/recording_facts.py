"""The worker's part of a recording: what its host or its file says of it, and a guess at the slides' times."""

import logging
import tempfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.utils import timezone

from readinggroup.images import ImageRefused, accept_image
from readinggroup.storage import store_by_content
from sessions.models import CueSuggestion, Recording, SlideDeck
from sessions.recordings.aligning import suggest_cues
from sessions.recordings.media import MediaUnreadable, look_into
from sessions.recordings.oembed import HostedFacts, RecordingAway, RecordingUnknown, ask_host
from sessions.recordings.transcripts import read_webvtt

log = logging.getLogger(__name__)

RETRY_AFTER = timedelta(minutes=5)
POSTER_SIDE = 1280
NOTHING_FITS = (
    "The words of the transcript and of the slides have too little in common. Set the times yourself: play the "
    "recording and press the button whenever the slide changes."
)


def describe_recording(recording: Recording) -> None:
    """Fill in title, duration and poster of a claimed recording; a title that a person gave stays."""
    try:
        facts = _facts(recording)
    except RecordingAway as away:
        wait = max(RETRY_AFTER, timedelta(seconds=away.retry_after or 0))
        recording.postpone("host_away", str(away), until=timezone.now() + wait)
    except (RecordingUnknown, MediaUnreadable) as error:
        recording.fail("unknown", str(error))
    else:
        poster = _store_poster(facts.poster)
        with recording.holding_lease():
            recording.title = recording.title or facts.title
            recording.duration_seconds = facts.duration_seconds or recording.duration_seconds
            recording.poster = poster or recording.poster
            recording.save(update_fields=["title", "duration_seconds", "poster"])
            recording.finish()


def fill_cue_suggestion(suggestion: CueSuggestion) -> None:
    """Compute a claimed suggestion from the transcript and the words of the slides on show."""
    recording = suggestion.recording
    deck = SlideDeck.objects.current().filter(presentation=recording.presentation_id).first()
    slides = list(deck.slides.order_by("number").values_list("text", flat=True)) if deck else []
    cues = suggest_cues(read_webvtt(recording.transcript), slides)
    if not cues:
        suggestion.fail("nothing_fits", NOTHING_FITS)
        return
    with suggestion.holding_lease():
        suggestion.cues = [list(cue) for cue in cues]
        suggestion.save(update_fields=["cues"])
        suggestion.finish()


def _facts(recording: Recording) -> HostedFacts:
    if recording.host == Recording.Host.FILE:
        return _facts_of_file(recording)
    if recording.host == Recording.Host.LINK:
        return HostedFacts("", None, b"")
    return ask_host(recording)


def _facts_of_file(recording: Recording) -> HostedFacts:
    with tempfile.TemporaryDirectory(prefix="recording-") as name:
        folder = Path(name)
        video = folder / f"video.{recording.extension}"
        with recording.file.open("rb") as stored, open(video, "wb") as local:
            local.writelines(File(stored).chunks())
        facts = look_into(video, folder)
    return HostedFacts("", facts.duration_seconds, facts.poster)


def _store_poster(picture: bytes) -> str:
    """Keep a poster, encoded anew; "" for what is no picture."""
    if not picture:
        return ""
    try:
        accepted = accept_image(BytesIO(picture), max_side=POSTER_SIDE)
    except ImageRefused as refused:
        log.info("A poster was no picture: %s", refused)
        return ""
    return store_by_content(ContentFile(accepted.content), folder="recordings", extension="webp")
