from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest

from readinggroup.workbench import WorkbenchAdmin, WorkbenchTabularInline
from sessions.models import Series, SeriesPause
from sessions.scheduling import NotARule, check_it_meets, clean_rule, rule_in_words
from sessions.services.series import follow, make_sessions, planned_by


class PauseInline(WorkbenchTabularInline):
    model = SeriesPause
    fields = ["starts_on", "ends_on", "is_yearly", "reason"]


class SeriesAdminForm(ModelForm):
    def clean_recurrence(self) -> str:
        rule = self.cleaned_data["recurrence"]
        try:
            return clean_rule(rule) if rule else ""
        except NotARule as error:
            raise ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, rule = cleaned.get("starts_on"), cleaned.get("recurrence")
        if first and rule:
            try:
                check_it_meets(Series(recurrence=rule, starts_on=first, ends_on=cleaned.get("ends_on")))
            except NotARule as error:
                raise ValidationError(str(error)) from None
        return cleaned


@admin.register(Series)
class SeriesAdmin(WorkbenchAdmin):
    """Sessions to come follow a series that is changed here as they do on its page."""

    form = SeriesAdminForm
    list_display = ["name", "rule", "starts_at", "time_zone", "place", "format", "slots", "is_active"]
    list_filter = ["is_active", "format", "visibility"]
    search_fields = ["name", "place"]
    autocomplete_fields = ["host"]
    inlines = [PauseInline]
    actions = ["make_sessions_now"]

    @admin.display(description="meets", ordering="recurrence")
    def rule(self, series: Series) -> str:
        return rule_in_words(series.recurrence)

    @admin.action(description="Make the sessions that are due")
    def make_sessions_now(self, request: HttpRequest, queryset: QuerySet[Series]) -> None:
        made = sum(len(make_sessions(series)) for series in queryset)
        messages.success(request, f"{made} session{'' if made == 1 else 's'} made.")

    def save_model(self, request: HttpRequest, obj: Series, form: Any, change: bool) -> None:
        form.before = planned_by(Series.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.before is None:
            make_sessions(form.instance)
            return
        kept = follow(form.instance, form.before).kept
        if kept:
            days = ", ".join(session.day_text for session in kept)
            messages.warning(request, f"These stay as they are, since somebody has touched them: {days}.")
