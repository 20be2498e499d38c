"""What organisers fill in about a session."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Session
from sessions.models.series import group_time_zone, validate_time_zone
from sessions.scheduling import FIRST_DAY, LAST_DAY


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


class OnItsClock(forms.ModelForm):
    """A form of a session whose times are typed on the session's own clock."""

    starts_at = WallClockField(label="Starts")

    def _on_clock(self, name: str) -> datetime | None:
        moment = getattr(self.instance, name)
        return moment.astimezone(self.instance.zone).replace(tzinfo=None) if moment else None

    def _moment(self, name: str, wall: datetime, zone: ZoneInfo) -> datetime:
        """The moment of a time on the wall; of one that comes twice in autumn, the first."""
        known = getattr(self.instance, name)
        if known and known.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
            # Untouched: the second of two equal times stays the second.
            return known
        if not FIRST_DAY <= wall.date() <= LAST_DAY:
            self.add_error(name, ValidationError(f"Choose a day from {FIRST_DAY.year} to {LAST_DAY.year}."))
            return wall.replace(tzinfo=UTC)
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != wall:
            self.add_error(name, ValidationError("The clocks skip this time on that day. Choose another."))
        return moment


class SessionForm(OnItsClock):
    """A session, with times on its own clock; a new one says how many slots it opens."""

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
            # Notes have a page of their own, on which nobody's are replaced unseen.
            del self.fields["slots"], self.fields["notes"]
            for name in ("starts_at", "ends_at"):
                self.initial[name] = self._on_clock(name)

    def clean_time_zone(self) -> str:
        """One that there is: the times are read on its clock."""
        name: str = self.cleaned_data["time_zone"] or self.initial.get("time_zone") or group_time_zone()
        validate_time_zone(name)
        return name

    def clean(self) -> dict[str, Any]:
        """Read the times on the clock of the session. A time that comes twice in autumn is its first."""
        cleaned = super().clean() or {}
        zone = ZoneInfo(cleaned.get("time_zone") or group_time_zone())
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name):
                cleaned[name] = self._moment(name, cleaned[name], zone)
        return cleaned


class MoveForm(OnItsClock):
    """Another time or place for a session, and why."""

    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=7 * 24 * 60)

    class Meta:
        model = Session
        fields = ["starts_at", "minutes", "place", "meeting_url", "moved_because"]
        labels = {"moved_because": "Why"}
        help_texts = {"moved_because": "Stands on its page and in the mail to those whom it concerns."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["starts_at"].help_text = f"On the clock of {self.instance.zone_city}."
        self.initial["starts_at"] = self._on_clock("starts_at")
        self.initial["minutes"] = round((self.instance.ends_at - self.instance.starts_at) / timedelta(minutes=1))
        # Why it moved the last time is not why it moves now.
        self.initial["moved_because"] = ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts_at"):
            cleaned["starts_at"] = self._moment("starts_at", cleaned["starts_at"], self.instance.zone)
        if not self.errors:
            cleaned["ends_at"] = cleaned["starts_at"] + timedelta(minutes=cleaned["minutes"])
            if cleaned["ends_at"] <= timezone.now():
                self.add_error("starts_at", "That is over. Choose a time to come.")
        return cleaned

    @property
    def moved(self) -> dict[str, Any]:
        """What `move_session` asks for."""
        values = {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "place", "meeting_url")}
        return {**values, "reason": self.cleaned_data["moved_because"]}
