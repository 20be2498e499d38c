from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from readinggroup.markdown import TextRefused, check_markdown

MOST_LETTERS = 10_000


class CommentForm(forms.Form):
    """Words in Markdown."""

    body = forms.CharField(
        label="Your comment",
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Markdown, with $formulas$.",
    )
    reply_to = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"].strip()
        try:
            check_markdown(body)
        except TextRefused as error:
            raise ValidationError(str(error)) from None
        return body

    @staticmethod
    def shown(anchor: str) -> str:
        """The place that a comment points to, as people write it."""
        return ""

    def anchor(self) -> str:
        """The place that was written into the form, as it is kept."""
        return str(self.cleaned_data.get("pin", ""))

    @classmethod
    def first_words(cls, body: str, anchor: str) -> dict[str, Any]:
        """What the form holds when a comment is opened again."""
        return {"body": body, "pin": cls.shown(anchor)}


class ComplaintForm(forms.Form):
    """Why organisers should look at a comment."""

    reason = forms.CharField(
        label="What is wrong with it?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only organisers read this.",
    )
