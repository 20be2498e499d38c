"""What organisers fill in about a session."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Session
from sessions.models.series import group_time_zone


class WallClockField(forms.DateTimeField):
    """A day and a time as a clock on some wall shows them, without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value: Any) -> datetime | None:
        # In UTC every time of day exists once, so none is refused or moved before its zone is known.
        with timezone.override("UTC"):
            moment = super().to_python(value)
        return moment.replace(tzinfo=None) if moment else None

    def prepare_value(self, value: Any) -> Any:
        return value


class SessionForm(forms.ModelForm):
    """A session, with times on its own clock; a new one says how many slots it opens."""

    starts_at = WallClockField(label="Starts")
    ends_at = WallClockField(label="Ends")
    slots = forms.IntegerField(label="Open slots", min_value=0, max_value=20, initial=1)

    class Meta:
        model = Session
        fields = [
            "title",
            "starts_at",
            "ends_at",
            "time_zone",
            "series",
            "place",
            "meeting_url",
            "host",
            "format",
            "capacity",
            "welcomes_guests",
            "tells_guests_link",
            "visibility",
            "notes",
        ]
        help_texts = {"time_zone": "The clock on which it starts and ends, such as Europe/Berlin. Empty: the group's."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["host"].queryset = Member.objects.active()
        fields["time_zone"].required = False
        fields["series"].empty_label = "none, it stands by itself"
        if self.instance.pk:
            del self.fields["slots"]
            for name in ("starts_at", "ends_at"):
                moment = getattr(self.instance, name)
                self.initial[name] = moment.astimezone(self.instance.zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        """Read the times on the clock of the session. A time that comes twice in autumn is its first."""
        cleaned = super().clean() or {}
        if "time_zone" not in self.errors:
            cleaned["time_zone"] = cleaned.get("time_zone") or self.initial.get("time_zone") or group_time_zone()
        zone = ZoneInfo(cleaned.get("time_zone") or group_time_zone())
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name):
                cleaned[name] = self._moment(name, cleaned[name], zone)
        return cleaned

    def _moment(self, name: str, wall: datetime, zone: ZoneInfo) -> datetime:
        known = getattr(self.instance, name)
        if known and known.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
            # Untouched: the second of two equal times stays the second.
            return known
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != wall:
            self.add_error(name, ValidationError("The clocks skip this time on that day. Choose another."))
        return moment
