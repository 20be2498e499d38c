"""What organisers fill in about series: the rule as people say it, and the days on which nobody meets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Series, SeriesPause
from sessions.scheduling import (
    FIRST_DAY,
    LAST_DAY,
    WEEKDAYS,
    WEEKS_OF_MONTH,
    NotARule,
    Rule,
    as_rule,
    check_it_meets,
    clean_rule,
)

REPEATS = [("weekly", "on weekdays"), ("monthly", "on a weekday of the month"), ("own", "by a rule of your own")]
MOST_PAUSES = 40
A_WEEK = 7 * 24 * 60
OF_SERIES = [
    "name",
    "description",
    "starts_on",
    "ends_on",
    "starts_at",
    "duration_minutes",
    "time_zone",
    "place",
    "meeting_url",
    "host",
    "format",
    "slots",
    "capacity",
    "visibility",
    "weeks_ahead",
    "invite_days",
]
OF_PAUSE = ["starts_on", "ends_on", "is_yearly", "reason"]


class SeriesForm(forms.ModelForm):
    """A series; the rule is put together from what people choose."""

    repeats = forms.ChoiceField(label="It meets", choices=REPEATS, widget=forms.RadioSelect, initial="weekly")
    weekdays = forms.MultipleChoiceField(
        label="On",
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one day."},
    )
    week_of_month = forms.TypedChoiceField(
        label="Which of the month",
        coerce=int,
        choices=list(WEEKS_OF_MONTH.items()),
        required=False,
        initial=1,
    )
    every = forms.IntegerField(
        label="Every how many weeks or months", min_value=1, max_value=52, initial=1, help_text="1: each of them."
    )
    own_rule = forms.CharField(
        label="The rule",
        required=False,
        max_length=300,
        help_text="As calendars write it (RFC 5545): FREQ=MONTHLY;BYMONTHDAY=15",
    )

    class Meta:
        model = Series
        fields = OF_SERIES
        labels = {
            "starts_on": "From",
            "ends_on": "Until",
            "starts_at": "At",
            "duration_minutes": "Minutes",
            "weeks_ahead": "Weeks ahead",
            "invite_days": "Invite days before",
            "slots": "Open slots",
        }
        help_texts = {
            "starts_on": "The first day on which it may meet.",
            "time_zone": "The clock of the place, such as Europe/Berlin.",
            "weeks_ahead": "How far ahead sessions are made.",
            "invite_days": "How long before a session its members are invited.",
            "slots": "Presentations in one session.",
        }
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("starts_on", "starts_at"):
            fields[name].required = True
        fields["weekdays"].required = self.data.get("repeats") != "own"
        fields["host"].queryset = Member.objects.active()
        fields["slots"].validators.append(MaxValueValidator(20))
        fields["duration_minutes"].validators += [MinValueValidator(5), MaxValueValidator(A_WEEK)]
        if self.instance.recurrence:
            rule = as_rule(self.instance.recurrence)
            self.initial.update(repeats=rule.repeats, every=rule.every, weekdays=list(rule.weekdays))
            self.initial.update(week_of_month=rule.week_of_month or 1, own_rule=rule.own)
        elif not self.instance.pk:
            fields["starts_on"].initial = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        """Put the rule into `recurrence`, and refuse one that has no day."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "It ends before it starts.")
        if self.errors:
            return cleaned
        rule = self._rule(cleaned)
        if rule is None:
            return cleaned
        cleaned["recurrence"] = rule
        try:
            check_it_meets(Series(recurrence=rule, starts_on=first, ends_on=last))
        except NotARule as error:
            self.add_error("repeats" if FIRST_DAY <= cleaned["starts_on"] <= LAST_DAY else "starts_on", str(error))
        return cleaned

    def _rule(self, cleaned: dict[str, Any]) -> str | None:
        repeats = cleaned["repeats"]
        rule = Rule(
            repeats, cleaned["every"], tuple(cleaned["weekdays"]), cleaned["week_of_month"], cleaned["own_rule"]
        )
        try:
            return clean_rule(rule.text)
        except NotARule as error:
            self.add_error("own_rule" if repeats == "own" else "repeats", str(error))
            return None

    @property
    def series_values(self) -> dict[str, Any]:
        """The cleaned fields of the series itself."""
        return {name: self.cleaned_data[name] for name in [*OF_SERIES, "recurrence"]}


class PauseForm(forms.ModelForm):
    class Meta:
        model = SeriesPause
        fields = OF_PAUSE
        labels = {"starts_on": "From", "ends_on": "To", "is_yearly": "every year"}
        help_texts = {"ends_on": ""}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["starts_on"].required = fields["ends_on"].required = False

    def clean(self) -> dict[str, Any]:
        """A pause without an end is one of a day; one without any day is none."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if last and not first and "starts_on" not in self.errors:
            raise ValidationError("Say from which day on.")
        if first and not last:
            cleaned["ends_on"] = first
        elif first and last and last < first:
            raise ValidationError("A pause ends on its first day or later.")
        return cleaned


class PauseFormSet(forms.BaseFormSet):
    """The pauses of a series, with room for two more."""

    @property
    def pauses(self) -> list[SeriesPause]:
        """Those that are to be, in the order of their days. To be asked when the forms are valid."""
        kept = [form for form in self.forms if form.cleaned_data.get("starts_on") and not self._is_gone(form)]
        pauses = [SeriesPause(**{name: form.cleaned_data[name] for name in OF_PAUSE}) for form in kept]
        return sorted(pauses, key=lambda pause: pause.starts_on)

    def _is_gone(self, form: PauseForm) -> bool:
        return bool(form.cleaned_data.get("DELETE"))


def pause_forms(series: Series | None, data: Any = None) -> PauseFormSet:
    """The formset for the pauses of `series`."""
    known = [{name: getattr(one, name) for name in OF_PAUSE} for one in series.pauses.all()] if series else []
    factory = forms.formset_factory(
        PauseForm, formset=PauseFormSet, extra=2, can_delete=True, max_num=MOST_PAUSES, absolute_max=MOST_PAUSES + 10
    )
    # What was sent is all there is: compared with what is known, an unchanged pause would count as an empty line.
    return factory(data, initial=known if data is None else None, prefix="pauses")  # type: ignore[return-value]
