"""Inlines in an order that people can change: the positions typed decide, and are then numbered from one."""

from typing import Any

from django.db.models import F
from django.forms import BaseInlineFormSet, IntegerField

from readinggroup.workbench.autocompletes import KnowingForm
from readinggroup.workbench.base import WorkbenchTabularInline

#: Above any real position: rows step aside here while they change places, as the database allows no two in one.
ASIDE = 1_000_000


class OrderedForm(KnowingForm):
    position = IntegerField(required=False, min_value=0, help_text="Empty: at the end.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["position"] = None

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() | {"position"}  # type: ignore[misc]


class OrderedFormSet(BaseInlineFormSet):
    def save(self, commit: bool = True) -> Any:
        """Save the lines in the order of their positions; equal ones keep the order on the page."""
        if not commit:
            return super().save(commit=False)
        alive = [form for form in self.forms if self._stays(form)]
        alive.sort(key=lambda form: _place(form.cleaned_data.get("position")))
        assert self.model is not None
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        rows.update(position=F("position") + ASIDE)
        for position, form in enumerate(alive, start=2 * ASIDE):
            form.instance.position = position
        saved = super().save(commit=True)
        for position, form in enumerate(alive, start=1):
            rows.filter(pk=form.instance.pk).update(position=position)
        return saved

    def _stays(self, form: Any) -> bool:
        if self.can_delete and self._should_delete_form(form):  # type: ignore[attr-defined]
            return False
        return bool(form.instance.pk) or form.has_changed()


def _place(position: int | None) -> int:
    return ASIDE if position is None else position


class OrderedInline(WorkbenchTabularInline):
    form = OrderedForm
    formset = OrderedFormSet
    ordering = ("position",)
