from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from readinggroup.requests import MemberRequest
from sessions.access import editable_presentation_or_404
from sessions.forms import RecordingForm
from sessions.services.recordings import attach_recording, state_no_recording


@login_required
def recording_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Link a recording, or say why there is none."""
    presentation = editable_presentation_or_404(request.user, pk)
    recording = presentation.recordings.first()
    initial = {
        "url": recording.url if recording else "",
        "condition": presentation.recording_condition,
        "reason": presentation.recording_reason,
    }
    form = RecordingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if data["url"]:
            attach_recording(presentation, data["url"])
        else:
            state_no_recording(presentation, condition=data["condition"], reason=data["reason"])
        messages.success(request, "Saved.")
        return redirect(presentation.get_absolute_url() + "#recording")
    return render(request, "sessions/recording_form.html", {"form": form, "presentation": presentation})
