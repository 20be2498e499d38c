"""Recordings as files, for those who may see the presentation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from readinggroup.files import DAY, ranged_file_response, stored_file_response
from sessions.access import visible_recording_or_404
from sessions.models import Condition, Recording
from sessions.recordings.chapters import chapters_of, slide_chapters
from sessions.recordings.transcripts import as_webvtt

VTT = "text/vtt; charset=utf-8"


@require_safe
def recording_video(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An uploaded recording, whole or the range that a player asks for (RFC 9110, section 14)."""
    recording = visible_recording_or_404(request.user, pk)
    return ranged_file_response(request, recording.file, public=_is_for_everybody(recording))


@require_safe
def recording_poster(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture that is shown before the recording is played."""
    recording = visible_recording_or_404(request.user, pk)
    return stored_file_response(recording.poster, public=_is_for_everybody(recording), max_age=DAY)


@require_safe
def recording_transcript(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, as WebVTT."""
    recording = visible_recording_or_404(request.user, pk)
    if not recording.transcript:
        raise Http404
    return _vtt(recording, recording.transcript)


@require_safe
def recording_chapters(request: HttpRequest, pk: int) -> HttpResponse:
    """Chapters as WebVTT: those that were named, else (and with `?of=slides`) one for each slide that was on screen."""
    recording = visible_recording_or_404(request.user, pk)
    chapters = slide_chapters(recording) if request.GET.get("of") == "slides" else chapters_of(recording)
    if not chapters:
        raise Http404
    return _vtt(recording, as_webvtt(chapters))


def _vtt(recording: Recording, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type=VTT)
    response.headers["Cache-Control"] = "public, max-age=600" if _is_for_everybody(recording) else "private, no-cache"
    return response


def _is_for_everybody(recording: Recording) -> bool:
    presentation = recording.presentation
    return presentation.is_public and presentation.recording_condition != Condition.WITHHELD
