"""What members fill in about sessions, presentations, slides and recordings."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from papers.identifiers import NotAnIdentifier, parse_identifier
from papers.models import Paper
from readinggroup.forms.fields import RowsField
from readinggroup.models import Member
from sessions.models import Condition, Presentation, Session
from sessions.recordings import NotARecording, parse_recording
from sessions.recordings.clock import NotATime, clock, parse_timed_lines
from sessions.recordings.transcripts import MAX_BYTES, TranscriptRefused, parse_transcript

MAX_PAPERS = 30


class PapersField(forms.CharField):
    """One pasted paper a line: arXiv ids, DOIs, addresses; cleaned to a list of texts that name papers."""

    widget = forms.Textarea

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MAX_PAPERS:
            raise ValidationError(f"These are {len(lines)} papers; one presentation holds up to {MAX_PAPERS}.")
        for line in lines:
            try:
                parse_identifier(line)
            except NotAnIdentifier:
                raise ValidationError(
                    f"“{line[:80]}” names no paper. Paste an arXiv id, a DOI or an address, one a line."
                ) from None
        return lines


class NamesField(forms.CharField):
    """Names with commas or line ends between them."""

    def clean(self, value: Any) -> list[str]:
        names = [" ".join(name.split()) for name in re.split(r"[,\n;]", super().clean(value))]
        too_long = next((name for name in names if len(name) > 120), None)
        if too_long:
            raise ValidationError("A name has at most 120 characters; put commas between names.")
        return [name for name in names if name]


def describe_papers(papers: list[Paper]) -> str:
    """The papers as lines that `PapersField` reads back."""
    lines = []
    for paper in papers:
        first = next(iter(paper.identifiers.all()), None)
        lines.append(f"arXiv:{first.value}" if first and first.scheme == "arxiv" else first.value if first else "")
    return "\n".join(line for line in lines if line)


class PresentationForm(forms.ModelForm):
    """A presentation in the archive or in a session to come."""

    papers = PapersField(
        label="Papers",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "1706.03762"}),
        help_text="An arXiv id, a DOI or an address, one paper a line, in their order. None is fine.",
    )
    members = RowsField(label="Presenters from the group", queryset=Member.objects.none(), required=False)
    presenter_names = NamesField(
        label="Other presenters", required=False, help_text="People without an account, with commas between them."
    )

    class Meta:
        model = Presentation
        field_classes = {"topics": RowsField}
        fields = [
            "title",
            "papers",
            "summary",
            "members",
            "presenter_names",
            "session",
            "presented_on",
            "topics",
            "visibility",
        ]
        help_texts = {"title": "Empty: the first paper's title.", "topics": ""}
        widgets = {
            "presented_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "summary": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, user: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["members"].queryset = Member.objects.active()
        fields["session"].queryset = Session.objects.visible_to(user).order_by("-starts_at")
        fields["session"].empty_label = "none, or nobody remembers"

    def clean_presented_on(self) -> Any:
        day = self.cleaned_data["presented_on"]
        if day and day > timezone.localdate():
            raise ValidationError("This day is still to come. Choose the session instead.")
        return day


class SlideDeckForm(forms.Form):
    """A file, or the address from which a worker fetches one; of both, the file."""

    file = forms.FileField(label="Slides as a file", required=False)
    address = forms.CharField(
        label="Address of the slides",
        required=False,
        max_length=1000,
        help_text="Google Slides, GitHub, Speaker Deck, or wherever the PDF is. A copy is kept here.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("address"):
            self.add_error("file", "Choose a file, or paste the address of your slides.")
        return cleaned


class SlidesConditionForm(forms.ModelForm):
    """What to say while there is no deck to show."""

    class Meta:
        model = Presentation
        fields = ["slides_condition", "slides_reason", "slides_url"]


class RecordingForm(forms.Form):
    """A recording's address, or what to say when there is none."""

    url = forms.CharField(
        label="Address of the recording",
        required=False,
        max_length=1000,
        help_text="YouTube, Vimeo, PeerTube or any page.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        help_text="MP4 or WebM. It is played from this site; a large one is better kept at a video host.",
        widget=forms.FileInput(attrs={"accept": "video/mp4,video/webm"}),
    )
    condition = forms.ChoiceField(label="Otherwise", choices=[c for c in Condition.choices if c[0] != "available"])
    reason = forms.CharField(label="Reason", required=False, max_length=300, help_text="Needed when it is withheld.")

    def clean_url(self) -> Any:
        text = self.cleaned_data["url"].strip()
        try:
            return parse_recording(text) if text else None
        except NotARecording as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("url") and cleaned.get("file"):
            self.add_error("file", "Either an address or a file: take one of them away.")
        is_here = cleaned.get("url") or cleaned.get("file")
        if not is_here and cleaned.get("condition") == "withheld" and not cleaned.get("reason"):
            self.add_error("reason", "Say why the recording is withheld.")
        return cleaned


class RecordingWordsForm(forms.Form):
    """Transcript, pasted or as a file, and chapters."""

    transcript_file = forms.FileField(label="Transcript as a file", required=False, help_text="WebVTT or SRT.")
    transcript = forms.CharField(
        label="Transcript",
        required=False,
        max_length=MAX_BYTES,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="WebVTT, SRT, or lines such as “0:42 and now the loss”, as YouTube shows them.",
    )
    chapters = forms.CharField(
        label="Chapters",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="One a line: “0:00 Introduction”.",
    )

    def clean_transcript_file(self) -> Any:
        file = self.cleaned_data["transcript_file"]
        if file and file.size > MAX_BYTES:
            raise ValidationError(f"This file is larger than {MAX_BYTES // 1_000_000} MB.")
        return file

    def clean_chapters(self) -> list[tuple[int, str]]:
        try:
            chapters = parse_timed_lines(self.cleaned_data["chapters"])
        except NotATime as error:
            raise ValidationError(str(error)) from None
        untitled = next((second for second, title in chapters if not title), None)
        if untitled is not None:
            raise ValidationError(f"The chapter at {clock(untitled)} has no title.")
        return [(second, title[:200]) for second, title in chapters]

    def clean(self) -> dict[str, Any]:
        """Put the lines of whichever transcript was given into `lines`."""
        cleaned = super().clean() or {}
        file = cleaned.get("transcript_file")
        text = file.read().decode("utf-8", "replace") if file else cleaned.get("transcript", "")
        try:
            cleaned["lines"] = parse_transcript(text)
        except TranscriptRefused as error:
            self.add_error("transcript_file" if file else "transcript", str(error))
        return cleaned


class CuesForm(forms.Form):
    """Times and slides, a pair a line."""

    cues = forms.CharField(
        label="Times and slides",
        required=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "data-steps-lines": ""}),
        help_text="One a line: the time, and the slide that is on screen from then on: “12:30 7”.",
    )

    def __init__(self, *args: Any, slides: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slides = slides

    def clean_cues(self) -> list[tuple[int, int]]:
        try:
            pairs = parse_timed_lines(self.cleaned_data["cues"])
        except NotATime as error:
            raise ValidationError(str(error)) from None
        return [(second, self._slide(second, text)) for second, text in pairs]

    def _slide(self, second: int, text: str) -> int:
        number = text.lower().removeprefix("slide").strip()
        if not (number.isascii() and number.isdigit() and 1 <= int(number) <= self.slides):
            raise ValidationError(f"At {clock(second)} stands “{text[:40]}”: slides are numbered 1 to {self.slides}.")
        return int(number)
