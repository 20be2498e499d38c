"""Which part of the term an organiser looks at."""

from datetime import date, timedelta
from typing import Any

from django import forms

from sessions.models import Series
from sessions.queries.term import usual_range

MOST_DAYS = 400


class TermForm(forms.Form):
    """A series and two days; what is left empty is the usual."""

    series = forms.ModelChoiceField(queryset=Series.objects.all(), required=False, empty_label="all series")
    first = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = self.range()
        if last < first:
            self.add_error("last", "The last day lies before the first one.")
        elif last - first > timedelta(days=MOST_DAYS):
            self.add_error("last", f"Choose at most {MOST_DAYS} days.")
        return data

    def range(self) -> tuple[date, date]:
        """The days that were asked for, and the usual ones where none were."""
        first, last = usual_range()
        given = getattr(self, "cleaned_data", {})
        return given.get("first") or first, given.get("last") or max(last, given.get("first") or last)
