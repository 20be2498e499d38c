"""Adding a recording, or saying that there is none; its transcript, chapters, and the slides in step with it."""

from collections.abc import Sequence

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from readinggroup.search import index_after_commit
from readinggroup.storage import store_by_content
from sessions.models import Condition, Cue, CueSuggestion, Presentation, Recording
from sessions.recordings import ParsedRecording
from sessions.recordings.media import media_format
from sessions.recordings.transcripts import Line, as_webvtt
from sessions.services.slide_decks import shown_name

MAX_CUES = 2_000


class RecordingRefused(Exception):
    """The upload is no recording we can take; the sentence says why and what to do."""


def attach_recording(presentation: Presentation, parsed: ParsedRecording, *, title: str = "") -> Recording:
    """Make this the recording of `presentation`, and have its host asked for title, duration and poster.

    The address of the recording that is there changes nothing else; another one takes its place, without transcript,
    chapters and cues, which belong to what was said in the other.
    """
    with transaction.atomic():
        rows = presentation.recordings.select_for_update().filter(position=1)
        same = rows.filter(host=parsed.host, video_id=parsed.video_id, url=parsed.url).first()
        if same:
            same.starts_at_seconds = parsed.starts_at_seconds
            same.title = title or same.title
            same.save(update_fields=["starts_at_seconds", "title"])
            _say(presentation, Condition.AVAILABLE, "")
            return same
        return _replace(
            presentation,
            host=parsed.host,
            video_id=parsed.video_id,
            url=parsed.url,
            starts_at_seconds=parsed.starts_at_seconds,
            title=title,
        )


def attach_recording_file(presentation: Presentation, upload: UploadedFile) -> Recording:
    """Keep an uploaded MP4 or WebM as the recording of `presentation`. Raises RecordingRefused."""
    most = settings.RECORDING_MAX_MEGABYTES
    if (upload.size or 0) > most * 1_000_000:
        raise RecordingRefused(
            f"This file is {filesizeformat(upload.size or 0)} large; the limit is {most} MB. Export it smaller, or "
            "upload it to a video host and paste its address."
        )
    extension = media_format(upload)  # type: ignore[arg-type]
    if not extension:
        raise RecordingRefused("This file is neither MP4 nor WebM. Export your video as one of them and upload that.")
    name = store_by_content(upload, folder="recordings", extension=extension)
    with transaction.atomic():
        presentation.recordings.select_for_update().filter(position=1).first()
        shown = shown_name(upload.name or f"recording.{extension}")
        return _replace(presentation, host=Recording.Host.FILE, file=name, file_name=shown, size=upload.size or 0)


def state_no_recording(presentation: Presentation, *, condition: str, reason: str = "") -> None:
    """Say that a recording is expected, withheld (with a reason) or that there is none; one that was is removed."""
    with transaction.atomic():
        _remove(presentation)
        _say(presentation, condition, reason)


def set_transcript(recording: Recording, lines: Sequence[Line]) -> None:
    """Keep what was said; an empty transcript removes the one that is there."""
    recording.transcript = as_webvtt(list(lines)) if lines else ""
    recording.save(update_fields=["transcript"])
    index_after_commit(recording.presentation)


def set_chapters(recording: Recording, chapters: Sequence[tuple[int, str]]) -> None:
    """Keep the chapters, pairs of second and title, in the order of time."""
    recording.chapters = [[second, title] for second, title in sorted(dict(chapters).items())]
    recording.save(update_fields=["chapters"])


def set_cues(recording: Recording, cues: Sequence[tuple[int, int]]) -> None:
    """Say from which second which slide was on screen; what was said before gives way. Of one second, the last."""
    with transaction.atomic():
        Recording.objects.select_for_update().get(pk=recording.pk)
        recording.cues.all().delete()
        Cue.objects.bulk_create(
            Cue(recording=recording, at_seconds=second, slide_number=number)
            for second, number in sorted(dict(cues).items())[:MAX_CUES]
        )


def request_cue_suggestion(recording: Recording) -> CueSuggestion:
    """Have a worker guess the cues; asked for again, it guesses anew."""
    suggestion, created = CueSuggestion.objects.get_or_create(recording=recording)
    if created:
        suggestion.enqueue()
    elif not suggestion.is_waiting:
        suggestion.restart()
    return suggestion


def _replace(presentation: Presentation, **fields: object) -> Recording:
    _remove(presentation)
    recording: Recording = Recording.objects.create(presentation=presentation, position=1, **fields)
    recording.enqueue()
    _say(presentation, Condition.AVAILABLE, "")
    return recording


def _remove(presentation: Presentation) -> None:
    names = {name for pair in presentation.recordings.values_list("file", "poster") for name in pair if name}
    presentation.recordings.all().delete()
    transaction.on_commit(lambda: delete_unused_media(names))
    index_after_commit(presentation)


def delete_unused_media(names: set[str]) -> None:
    """Delete files of recordings that no row names any more."""
    used = set(Recording.objects.filter(file__in=names).values_list("file", flat=True))
    used |= set(Recording.objects.filter(poster__in=names).values_list("poster", flat=True))
    for name in names - used:
        default_storage.delete(name)


def _say(presentation: Presentation, condition: str, reason: str) -> None:
    presentation.recording_condition, presentation.recording_reason = condition, reason
    presentation.save(update_fields=["recording_condition", "recording_reason", "updated_at"])
