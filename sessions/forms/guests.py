"""What somebody without an account fills in to come to a session."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

SALT = "guest-form"
#: Nobody types a name and an address faster, and nobody leaves a page open longer.
FASTEST, LONGEST = 2, 24 * 3600


class GuestForm(forms.Form):
    """A name and an address; a field that nobody sees and a signed moment keep simple programs out."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="Members see it in the list of who comes.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="Only the organisers see it. It is deleted four weeks after the session.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(required=False)
    began = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["began"] = signing.TimestampSigner(salt=SALT).sign("guest")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if "://" in name or "www." in name.lower():
            raise ValidationError("Write a name without an address.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            raise ValidationError("Leave the field “Website” empty, and send the form again.")
        self._check_time(cleaned.get("began", ""))
        return cleaned

    def _check_time(self, began: str) -> None:
        signer = signing.TimestampSigner(salt=SALT)
        try:
            signer.unsign(began, max_age=LONGEST)
        except signing.BadSignature:
            # A fresh moment stands in the page that says so.
            self.data = {**dict(self.data.items()), "began": self.initial["began"]}
            raise ValidationError("This page was open for too long. Send the form once more.") from None
        try:
            signer.unsign(began, max_age=FASTEST)
        except signing.SignatureExpired:
            return
        raise ValidationError("That was faster than anybody types. Send the form once more.")
