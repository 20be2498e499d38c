"""Two papers that an organiser wants to see side by side."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.models import Paper
from papers.services.papers import NotAnIdentifier, find_paper

_OWN = re.compile(r"(?:.*/papers/)?(\d{1,18})(?:/.*)?")


class PaperField(forms.CharField):
    """The address of a paper here, its number, or any name it goes by; cleaned to the Paper."""

    def clean(self, value: Any) -> Paper:
        text = super().clean(value)
        own = _OWN.fullmatch(text.strip())
        try:
            paper = Paper.objects.filter(pk=int(own[1])).first() if own else None
            paper = paper or find_paper(text)
        except NotAnIdentifier as error:
            raise ValidationError(str(error)) from error
        if paper is None:
            raise ValidationError("The group has no such paper.")
        return paper


class CompareForm(forms.Form):
    one = PaperField(label="One paper", max_length=2000, help_text="Its address here, an arXiv id, a DOI or a link.")
    other = PaperField(label="The other", max_length=2000)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("one") and cleaned.get("one") == cleaned.get("other"):
            raise ValidationError("Both are one paper already.")
        return cleaned
