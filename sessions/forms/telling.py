"""Forms about what people are told."""

import secrets
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings

from readinggroup.fetching import FetchError, vet
from readinggroup.models import Member
from sessions.models import ReminderChoice, Webhook


class ReminderForm(forms.Form):
    """When a member is reminded; who has chosen nothing yet is, a day before."""

    TIMES: ClassVar[list[tuple[str, str]]] = [
        (name, ReminderChoice._meta.get_field(name).verbose_name)  # type: ignore[union-attr, misc]
        for name in ReminderChoice.AHEAD
    ]
    times = forms.MultipleChoiceField(label="When", required=False, choices=TIMES, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, member: Member, **kwargs: Any) -> None:
        choice = ReminderChoice.objects.filter(member=member).first() or ReminderChoice(member=member)
        chosen = [name for name in ReminderChoice.AHEAD if getattr(choice, name)]
        super().__init__(data, initial={"times": chosen}, **kwargs)
        self.member = member

    def save(self) -> None:
        chosen = {name: name in self.cleaned_data["times"] for name in ReminderChoice.AHEAD}
        ReminderChoice.objects.update_or_create(member=self.member, defaults=chosen)


class MessageForm(forms.Form):
    """What an organiser writes to those who come; the key makes a second press the same message."""

    subject = forms.CharField(max_length=150)
    words = forms.CharField(
        label="Message",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="In Markdown. Replies to the mail reach nobody, so say where to write.",
    )
    key = forms.SlugField(max_length=40, widget=forms.HiddenInput, initial=lambda: secrets.token_hex(8))


class ChatForm(forms.ModelForm):
    """A chat; its address is a secret, so it is shown to nobody again and kept when nothing is typed."""

    url = forms.CharField(
        label="Address of the incoming webhook",
        max_length=1000,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="The chat shows it when you add an incoming webhook there. Whoever has it can post.",
    )

    class Meta:
        model = Webhook
        fields: ClassVar[list[str]] = ["name", "format", "url", "tells_sessions", "tells_archive"]
        labels: ClassVar[dict[str, str]] = {
            "format": "Kind of chat",
            "tells_sessions": "Tell when sessions are announced, tomorrow, moved and called off",
            "tells_archive": "Tell when presentations were given and reports published",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["url"] = ""
            self.fields["url"].required = False
            self.fields["url"].help_text = f"Now {self.instance.masked_url}; leave it empty to keep it."

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"].strip()
        if not url and self.instance.pk:
            return self.instance.url
        try:
            vet(url)
        except FetchError:
            raise forms.ValidationError("The site cannot post there. Copy the whole address from the chat.") from None
        if not url.startswith("https://") and urlsplit(url).netloc not in settings.FETCH_ALLOWED_PRIVATE_HOSTS:
            raise forms.ValidationError("The address must begin with https://, so that nobody on the way reads it.")
        return url
