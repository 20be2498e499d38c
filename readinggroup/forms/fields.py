"""Fields that forms of every floor use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

#: No row has a key with more digits, and SQLite takes no longer number.
MOST_DIGITS = 18


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows to choose; a key longer than any row has is refused as one that no row has."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > MOST_DIGITS:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(key)[:40]}
                )
        return super().clean(value)
