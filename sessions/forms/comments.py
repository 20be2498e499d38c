import re

from django import forms
from django.core.exceptions import ValidationError

from readinggroup.forms.comments import CommentForm
from sessions.recordings.clock import NotATime, clock, parse_clock


class PinnedCommentForm(CommentForm):
    """Words, and the slide or second that they are about."""

    pin = forms.CharField(
        label="About",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "slide 12, or 12:34", "data-comment-pin": ""}),
    )
    field_order = ("body", "pin", "reply_to")

    def clean_pin(self) -> str:
        """The anchor: "slide=12", "t=754" or ""."""
        text = self.cleaned_data["pin"].strip().lower()
        if not text:
            return ""
        slide = re.fullmatch(r"(?:slide|page|#)?\s*(\d{1,4})", text, re.ASCII)
        if slide:
            return f"slide={int(slide[1])}"
        try:
            return f"t={parse_clock(text)}"
        except NotATime:
            raise ValidationError("Write a slide, such as “slide 12”, or a time, such as “12:34”.") from None

    @staticmethod
    def shown(anchor: str) -> str:
        """An anchor as people write it: "slide 12", "12:34"."""
        kind, _, number = anchor.partition("=")
        return f"slide {number}" if kind == "slide" else clock(int(number)) if kind == "t" else ""
