"""Forms in which members add papers and correct them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from papers.identifiers import NotAnIdentifier, parse_identifier
from papers.models import Paper
from papers.models.partial_date import DatePrecision
from papers.services.papers import add_paper, edit_paper, set_topics

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.A)


class PaperAddForm(forms.Form):
    text = forms.CharField(
        label="arXiv id, DOI or link",
        max_length=2000,
        help_text="For example 1706.03762, https://arxiv.org/abs/1706.03762 or 10.1038/nature14539.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        try:
            parse_identifier(text)
        except NotAnIdentifier as error:
            raise ValidationError(str(error)) from error
        return str(text)

    def save(self, *, added_by: Any) -> tuple[Paper, bool]:
        return add_paper(self.cleaned_data["text"], added_by=added_by)


class PartialDateField(forms.CharField):
    """A day, a month or a year, as `2015-06-08`, `2015-06` or `2015`; cleans to (date or None, precision)."""

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None, DatePrecision.DAY
        found = _DATE.fullmatch(text)
        if not found:
            raise ValidationError("Write a year, a month as 2015-06, or a day as 2015-06-08.")
        numbers = [int(part) for part in found.groups() if part]
        try:
            day = date(*(numbers + [1] * (3 - len(numbers))))
        except ValueError as error:
            raise ValidationError("There is no such day.") from error
        return day, (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.DAY)[len(numbers) - 1]

    def run_validators(self, value: Any) -> None:
        """Nothing more: the length of a pair says nothing."""

    def validate(self, value: Any) -> None:
        """An empty date is allowed."""


class PaperForm(forms.ModelForm):
    """Only what the member changed is written, so an answer of a source that arrives meanwhile is kept."""

    authors = forms.CharField(
        required=False,
        help_text="One name a line, in order.",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=60_000,
    )
    published = PartialDateField(
        required=False, help_text="A year, a month or a day: 2015, 2015-06 or 2015-06-08.", max_length=10
    )
    topics = forms.CharField(required=False, max_length=1000, help_text="Separated by commas.")

    class Meta:
        model = Paper
        fields = ["title", "authors", "published", "venue", "kind", "abstract", "language", "topics"]
        widgets = {"title": forms.TextInput, "abstract": forms.Textarea(attrs={"rows": 10})}
        help_texts = {"abstract": "Plain text; formulas between dollar signs."}

    field_order = ["title", "authors", "published", "venue", "kind", "abstract", "topics", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.instance
        self.initial["authors"] = "\n".join(paper.author_names)
        self.initial["published"] = _as_typed(paper)
        self.initial["topics"] = ", ".join(topic.name for topic in paper.topics.all())
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean_authors(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["authors"].splitlines())
        names = [line for line in lines if line]
        if any(len(name) > 300 for name in names):
            raise ValidationError("One of the lines is too long for a name. Write one name a line.")
        return names

    def clean_topics(self) -> list[str]:
        names = [" ".join(name.split()) for name in self.cleaned_data["topics"].split(",")]
        if any(len(name) > 80 for name in names):
            raise ValidationError("A topic's name may have up to 80 characters.")
        return [name for name in names if name]

    def save_for(self, member: Any) -> Paper:
        """Write what `member` changed and return the paper."""
        changed = set(self.changed_data)
        fields = {name: self.cleaned_data[name] for name in changed - {"published", "topics"}}
        if "published" in changed:
            fields["published_on"], fields["published_precision"] = self.cleaned_data["published"]
        paper = edit_paper(self.instance, edited_by=member, **fields)
        if "topics" in changed:
            set_topics(paper, self.cleaned_data["topics"])
        return paper


def _as_typed(paper: Paper) -> str:
    if paper.published_on is None:
        return ""
    length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}.get(DatePrecision(paper.published_precision), 10)
    return paper.published_on.isoformat()[:length]
