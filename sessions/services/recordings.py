"""Adding a recording, or saying that there is none."""

from django.db import transaction

from sessions.models import Condition, Presentation, Recording
from sessions.recordings import ParsedRecording


def attach_recording(presentation: Presentation, parsed: ParsedRecording, *, title: str = "") -> Recording:
    """Make this the recording of `presentation`; one that was linked before gives way, with its cues."""
    with transaction.atomic():
        recording, _ = Recording.objects.update_or_create(
            presentation=presentation,
            position=1,
            defaults={
                "host": parsed.host,
                "video_id": parsed.video_id,
                "url": parsed.url,
                "starts_at_seconds": parsed.starts_at_seconds,
                "title": title,
            },
        )
        _say(presentation, Condition.AVAILABLE, "")
    return recording


def state_no_recording(presentation: Presentation, *, condition: str, reason: str = "") -> None:
    """Say that a recording is expected, withheld (with a reason) or that there is none; a link to one is removed."""
    with transaction.atomic():
        presentation.recordings.all().delete()
        _say(presentation, condition, reason)


def _say(presentation: Presentation, condition: str, reason: str) -> None:
    presentation.recording_condition, presentation.recording_reason = condition, reason
    presentation.save(update_fields=["recording_condition", "recording_reason", "updated_at"])
