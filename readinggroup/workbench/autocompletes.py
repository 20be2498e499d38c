"""Autocompletes that know the chosen row already.

Django's own widget asks the database for the label of its chosen row: one query per line of an inline.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models
from django.forms import ModelForm


class KnowingAutocompleteSelect(AutocompleteSelect):
    known: models.Model | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list[Any]:
        if self.known is None or [str(self.known.pk)] != [str(chosen) for chosen in value]:
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, self.known.pk, str(self.known), True, len(empty))
        return [(None, [*empty, chosen], 0)]


class KnowingForm(ModelForm):
    """Hands each autocomplete the row that `select_related` has fetched."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget: Any = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnowingAutocompleteSelect):
                widget.known = self.instance._state.fields_cache.get(name)
