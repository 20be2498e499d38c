"""Filling in what is missing from the archive, many presentations at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from papers.services.import_runs import digest
from papers.services.known_names import member_called
from readinggroup.models import Member
from sessions.models import Condition, Presentation
from sessions.recordings import ParsedRecording
from sessions.services.presentations import edit_presentation, set_presenters
from sessions.services.recordings import attach_recording, state_no_recording
from sessions.services.slide_decks import attach_linked_slide_deck, attach_slide_deck


class ChangedMeanwhile(Exception):
    """Somebody else changed this presentation since it was looked at; nothing was written."""


@dataclass(frozen=True)
class Absence:
    """That there are no slides or no recording, or that they are withheld, and why."""

    condition: Condition
    reason: str = ""


@dataclass
class Filling:
    """What somebody filled in for one presentation; None and empty values leave things as they are."""

    presented_on: date | None = None
    presenters: Iterable[str] = ()
    slides: str | UploadedFile | Absence | None = None
    recording: ParsedRecording | Absence | None = None


def fill_in(presentation: Presentation, filling: Filling, *, seen: str, by: Member) -> Presentation:
    """Write what was filled in. Raises ChangedMeanwhile when the presentation is no longer as `seen` says.

    Raises DeckRefused for an uploaded file that is no deck; then nothing is written either.
    """
    with transaction.atomic():
        locked = Presentation.objects.select_for_update().get(pk=presentation.pk)
        if state_of(locked) != seen:
            raise ChangedMeanwhile("Somebody else changed this meanwhile. Look at what is here now, then save again.")
        if filling.presented_on:
            edit_presentation(locked, presented_on=filling.presented_on)
        if names := list(filling.presenters):
            members = {name: member_called(name) for name in names}
            set_presenters(
                locked,
                members=[member for member in members.values() if member],
                names=[name for name, member in members.items() if not member],
            )
        _fill_slides(locked, filling.slides, by)
        _fill_recording(locked, filling.recording)
        Presentation.objects.filter(pk=locked.pk).update(updated_at=timezone.now())
    return locked


def state_of(presentation: Presentation) -> str:
    """A short name for all that the table shows of a presentation; another state has another name."""
    return digest(
        [
            presentation.presented_on,
            presentation.presenter_names,
            [presentation.slides_condition, presentation.slides_reason, presentation.slides_url],
            [deck.version for deck in presentation.slide_decks.all()],
            [presentation.recording_condition, presentation.recording_reason],
            [recording.url for recording in presentation.recordings.all()],
        ]
    )


def _fill_slides(presentation: Presentation, slides: str | UploadedFile | Absence | None, by: Member) -> None:
    if isinstance(slides, Absence):
        edit_presentation(presentation, slides_condition=slides.condition, slides_reason=slides.reason, slides_url="")
    elif isinstance(slides, str):
        attach_linked_slide_deck(presentation, slides, uploaded_by=by)
    elif slides is not None:
        attach_slide_deck(presentation, slides, uploaded_by=by)


def _fill_recording(presentation: Presentation, recording: ParsedRecording | Absence | None) -> None:
    if isinstance(recording, Absence):
        state_no_recording(presentation, condition=recording.condition, reason=recording.reason)
    elif recording is not None:
        attach_recording(presentation, recording)
