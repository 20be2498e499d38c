"""The cells of the table of gaps."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from sessions.forms.presentations import NamesField
from sessions.models import Condition, Presentation
from sessions.recordings import NotARecording, parse_recording
from sessions.services.backfilling import Absence, Filling, state_of

_ABSENCE = re.compile(r"^(?P<word>none|no|withheld)\b\s*[:,–—-]?\s*(?P<reason>.*)$", re.IGNORECASE | re.DOTALL)


def read_absence(text: str) -> Absence | None:
    """“none”, “none: nobody pressed record”, “withheld: under review”; None for anything else.

    Raises ValidationError for slides or recordings that are withheld without a reason.
    """
    match = _ABSENCE.match(text.strip())
    if not match:
        return None
    is_withheld = match["word"].lower() == "withheld"
    reason = match["reason"].strip()[:300]
    if is_withheld and not reason:
        raise ValidationError("Say why: “withheld: under review”.")
    return Absence(Condition.WITHHELD if is_withheld else Condition.NONE, reason)


class GapForm(forms.Form):
    """One presentation: only the cells that are missing something, and what was seen when they were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    date = forms.DateField(label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    presenters = NamesField(label="Presenters", required=False, max_length=500)
    slides = forms.CharField(label="Slides", required=False, max_length=1000)
    slides_file = forms.FileField(label="Slides as a file", required=False)
    recording = forms.CharField(label="Recording", required=False, max_length=1000)

    def __init__(self, data: Any = None, files: Any = None, *, presentation: Presentation, gaps: set[str]) -> None:
        initial = {"seen": state_of(presentation)}
        super().__init__(data, files, prefix=f"p{presentation.pk}", initial=initial)
        self.presentation = presentation
        keep = {"seen", *gaps}
        if "presenter" in gaps:
            keep.add("presenters")
        if "slides" in gaps:
            keep.add("slides_file")
        for name in set(self.fields) - keep:
            del self.fields[name]

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if day and day > timezone.localdate():
            raise ValidationError("This day is still to come.")
        return day

    def clean_slides(self) -> str | Absence | None:
        text = self.cleaned_data["slides"].strip()
        if not text:
            return None
        if absence := read_absence(text):
            return absence
        try:
            URLValidator(["http", "https"])(text)
        except ValidationError:
            raise ValidationError("Paste an address, or write “none” or “withheld: why”.") from None
        return text

    def clean_recording(self) -> Any:
        text = self.cleaned_data["recording"].strip()
        if not text:
            return None
        if absence := read_absence(text):
            return absence
        try:
            return parse_recording(text)
        except NotARecording:
            raise ValidationError("Paste an address, or write “none” or “withheld: why”.") from None

    @property
    def is_filled(self) -> bool:
        """Whether somebody wrote anything into this row."""
        return bool(set(self.changed_data) - {"seen"})

    def filling(self) -> Filling:
        data = self.cleaned_data
        return Filling(
            presented_on=data.get("date"),
            presenters=data.get("presenters") or (),
            slides=data.get("slides_file") or data.get("slides"),
            recording=data.get("recording"),
        )

    def show_again(self, message: str) -> None:
        """Keep what was typed, beside what is here now."""
        self.data = {**dict(self.data.items()), self.add_prefix("seen"): state_of(self.presentation)}
        self.add_error(None, message)
