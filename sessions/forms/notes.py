"""Shared notes: the whole text, or one paragraph more."""

from typing import Any

from django import forms
from markdownx.widgets import MarkdownxWidget

from readinggroup.markdown import MAX_CHARACTERS
from sessions.forms.questions import clean_markdown
from sessions.models import Session

MOST_LETTERS = 2_000


class NotesForm(forms.Form):
    """The notes, and the version that they were opened with."""

    notes = forms.CharField(
        required=False,
        strip=False,
        max_length=MAX_CHARACTERS,
        widget=MarkdownxWidget(attrs={"rows": 24, "spellcheck": "true"}),
        help_text="Markdown with $formulas$. A line “Q: …” becomes an open question, “A: …” below it its answer.",
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"notes": session.notes, "version": session.notes_version}

    def clean_notes(self) -> str:
        return clean_markdown(self.cleaned_data["notes"])


class NoteForm(forms.Form):
    """One paragraph more."""

    text = forms.CharField(
        label="Add a note",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One paragraph under your name. Begin with “Q:” to leave a question.",
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="note_%s")

    def clean_text(self) -> str:
        return clean_markdown(self.cleaned_data["text"])
