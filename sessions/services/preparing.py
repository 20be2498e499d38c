"""Getting a presentation ready: answers to what it lacks."""

from django.db import transaction

from sessions.models import Condition, Presentation
from sessions.services.presentations import edit_presentation
from sessions.services.recordings import state_no_recording


def say_there_is_none(presentation: Presentation, *, what: str) -> bool:
    """Note that there will be no "slides" or no "recording". False, and nothing changed, when it was answered."""
    with transaction.atomic():
        locked = Presentation.objects.select_for_update().get(pk=presentation.pk)
        if what == "slides" and locked.slides_are_missing:
            edit_presentation(locked, slides_condition=Condition.NONE, slides_reason="")
        elif what == "recording" and locked.recording_is_missing:
            state_no_recording(locked, condition=Condition.NONE)
        else:
            return False
    return True
