"""Adding a recording, what was said in it, and which slide was on screen when."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.requests import MemberRequest
from sessions.access import editable_presentation_or_404
from sessions.forms.presentations import CuesForm, RecordingForm, RecordingWordsForm
from sessions.models import CueSuggestion, Presentation, Recording, SlideDeck
from sessions.recordings.clock import clock
from sessions.recordings.transcripts import read_webvtt
from sessions.services.recordings import (
    RecordingRefused,
    attach_recording,
    attach_recording_file,
    request_cue_suggestion,
    set_chapters,
    set_cues,
    set_transcript,
    state_no_recording,
)


@login_required
def recording_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Link or upload a recording, or say why there is none."""
    presentation = editable_presentation_or_404(request.user, pk)
    recording = presentation.recordings.first()
    initial = {
        "url": recording.url if recording else "",
        "condition": presentation.recording_condition,
        "reason": presentation.recording_reason,
    }
    form = RecordingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _save(presentation, recording, form)
        except RecordingRefused as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, "Saved.")
            return redirect(presentation.get_absolute_url() + "#recording")
    context = {"form": form, "presentation": presentation, "recording": recording}
    return render(request, "sessions/recording_form.html", context, status=400 if form.errors else 200)


def _save(presentation: Presentation, recording: Recording | None, form: RecordingForm) -> None:
    data = form.cleaned_data
    if data["file"]:
        attach_recording_file(presentation, data["file"])
    elif data["url"]:
        attach_recording(presentation, data["url"])
    elif not (recording and recording.file and data["condition"] == "expected"):
        state_no_recording(presentation, condition=data["condition"], reason=data["reason"])


@login_required
def recording_words(request: MemberRequest, pk: int) -> HttpResponse:
    """Transcript and chapters."""
    presentation, recording = _recording_or_404(request, pk)
    initial = {"transcript": recording.transcript, "chapters": _as_lines(recording.chapters)}
    form = RecordingWordsForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_transcript(recording, form.cleaned_data["lines"])
        set_chapters(recording, form.cleaned_data["chapters"])
        messages.success(request, "Saved.")
        return redirect(presentation.get_absolute_url() + "#recording")
    context = {"form": form, "presentation": presentation, "recording": recording}
    return render(request, "sessions/recording_words.html", context, status=400 if form.errors else 200)


@login_required
def recording_steps(request: MemberRequest, pk: int) -> HttpResponse:
    """Which slide was on screen when: by playing and pressing a button, by typing, or from a worker's guess."""
    presentation, recording = _recording_or_404(request, pk)
    deck = SlideDeck.objects.current().filter(presentation=presentation).first()
    slides = list(deck.slides.order_by("number")) if deck else []
    suggestion = CueSuggestion.objects.filter(recording=recording).first()
    cues = recording.cues.values_list("at_seconds", "slide_number")
    shown = suggestion.cues if suggestion and suggestion.cues and "suggested" in request.GET else cues
    form = CuesForm(request.POST or None, slides=len(slides), initial={"cues": _as_lines(shown)})
    if request.method == "POST" and form.is_valid():
        set_cues(recording, form.cleaned_data["cues"])
        messages.success(request, "Slides and recording are in step.")
        return redirect(presentation.get_absolute_url() + "#recording")
    context = {
        "form": form,
        "presentation": presentation,
        "recording": recording,
        "deck": deck,
        "slides": slides,
        "suggestion": suggestion,
    }
    return render(request, "sessions/recording_steps.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def recording_suggest(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a worker to guess the times."""
    _, recording = _recording_or_404(request, pk)
    if not read_webvtt(recording.transcript):
        messages.error(request, "There is no transcript to compare the slides with. Add one first.")
        return redirect("sessions:recording_words", pk)
    request_cue_suggestion(recording)
    return redirect("sessions:recording_steps", pk)


@login_required
@require_safe
def recording_suggestion_part(request: MemberRequest, pk: int) -> HttpResponse:
    """How far the guess is, for the page to bring itself up to date."""
    presentation, recording = _recording_or_404(request, pk)
    suggestion = CueSuggestion.objects.filter(recording=recording).first()
    context = {"presentation": presentation, "recording": recording, "suggestion": suggestion}
    response = render(request, "sessions/_cue_suggestion.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _recording_or_404(request: MemberRequest, pk: int) -> tuple[Presentation, Recording]:
    presentation = editable_presentation_or_404(request.user, pk)
    recording = presentation.recordings.first()
    if recording is None:
        raise Http404
    return presentation, recording


def _as_lines(pairs: Iterable[tuple[int, object]]) -> str:
    return "\n".join(f"{clock(second)} {what}" for second, what in pairs)
