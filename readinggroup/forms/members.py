from typing import Any
from zoneinfo import available_timezones

from django import forms

from readinggroup.mail_kinds import MailKind, mail_kinds, wants_mail
from readinggroup.models import Member


def time_zones() -> list[tuple[str, str]]:
    """What a member may choose from: the group's own, UTC, and every place of the IANA database."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("", "the group's"), ("UTC", "UTC"), *((place, place) for place in places)]


class ProfileForm(forms.ModelForm):
    """What a member says about themselves."""

    name = forms.CharField(label="Name", max_length=120, help_text="How the group calls you.")
    time_zone = forms.ChoiceField(label="Time zone", required=False, choices=time_zones)

    class Meta:
        model = Member
        fields = ["name", "about", "affiliation", "website", "time_zone", "is_public", "wants_digest", "takes_turns"]
        help_texts = {"is_public": "Visitors may see your page. Your e-mail address is never shown."}


class MailForm(forms.Form):
    """Which kinds of mail a member wants, and what of each can be chosen."""

    wanted = forms.MultipleChoiceField(label="Mails about", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, member: Member) -> None:
        super().__init__(data)
        self.fields["wanted"].choices = [(kind.key, kind.label) for kind in mail_kinds()]  # type: ignore[attr-defined]
        self.fields["wanted"].initial = [kind.key for kind in mail_kinds() if wants_mail(member, kind.key)]
        self.options = {
            kind.key: kind.options(data, member=member, prefix=kind.key) for kind in mail_kinds() if kind.options
        }

    @property
    def rows(self) -> list[tuple[MailKind, Any, Any]]:
        """Each kind with its box and, where there are any, its options."""
        boxes = self["wanted"].subwidgets
        return [(kind, box, self.options.get(kind.key)) for kind, box in zip(mail_kinds(), boxes, strict=True)]

    def is_valid(self) -> bool:
        # All of them, so that all that is wrong is said at once.
        return all([super().is_valid(), *(form.is_valid() for form in self.options.values())])

    def save_options(self) -> None:
        for form in self.options.values():
            form.save()


class InvitationForm(forms.Form):
    email = forms.EmailField(label="E-mail address", max_length=254)


class DeleteAccountForm(forms.Form):
    """How the name stays behind, and the password as a sign that it is meant."""

    keep_name = forms.TypedChoiceField(
        label="What you presented and wrote stays in the archive",
        choices=[("yes", "under my name"), ("no", "as “a former member”")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    confirm = forms.CharField(label="Type your e-mail address to confirm", max_length=254)

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_confirm(self) -> str:
        if self.cleaned_data["confirm"].strip().casefold() != self.member.email.casefold():
            raise forms.ValidationError("This is not the e-mail address of your account.")
        return self.member.email
