from django import forms
from django.core.validators import URLValidator


class SavedLinkForm(forms.Form):
    """A find for the next link collection."""

    url = forms.CharField(
        label="Address",
        max_length=1000,
        validators=[URLValidator(["http", "https"], message="Paste a whole address, beginning with https://.")],
        widget=forms.URLInput(attrs={"placeholder": "https://", "autocomplete": "off"}),
    )
    title = forms.CharField(
        label="Title", max_length=300, required=False, help_text="Empty: the paper's own, when it is one."
    )
    why = forms.CharField(
        label="Why it is worth reading",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In Markdown; it goes into the collection.",
    )
