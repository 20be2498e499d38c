"""Rules from which sessions are made ahead."""

from datetime import date, time
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from readinggroup.relations import rows_behind
from readinggroup.slugs import unique_slug

MOST_WEEKS_AHEAD = 104


class Visibility(models.TextChoices):
    PUBLIC = "public", "everybody"
    MEMBERS = "members", "members only"


class Format(models.TextChoices):
    TALKS = "talks", "talks"
    ROLE_PLAY = "role_play", "role-playing seminar"
    DISCUSSION = "discussion", "discussion"
    BOOK_CLUB = "book_club", "book club"


def validate_time_zone(name: str) -> None:
    """Raise ValidationError unless `name` is an IANA time zone such as Europe/Berlin."""
    if name not in available_timezones():
        raise ValidationError("“%(name)s” is no time zone; write one such as Europe/Berlin.", params={"name": name})


def group_time_zone() -> str:
    return settings.TIME_ZONE


class SeriesQuerySet(models.QuerySet["Series"]):
    def visible_to_everybody(self) -> Self:
        """All but those that have sessions for members only."""
        kinds = rows_behind(self.model, "sessions").filter(series=models.OuterRef("pk"))
        public = kinds.filter(visibility=Visibility.PUBLIC)
        return self.filter(models.Exists(public) | ~models.Exists(kinds))

    def visible_to(self, user: Any) -> Self:
        """Members see all; others those that are public and have no sessions for members only."""
        if user.is_authenticated and user.is_active:
            return self
        return self.visible_to_everybody().filter(visibility=Visibility.PUBLIC)

    def with_next_session(self, seen_by: Any) -> Self:
        """The start of the next session of each that this reader may see, as `next_starts_at`; the soonest first."""
        coming = rows_behind(self.model, "sessions").visible_to(seen_by).planned().upcoming()
        coming = coming.filter(series=models.OuterRef("pk")).values("starts_at")[:1]
        rows = self.annotate(next_starts_at=models.Subquery(coming))
        return rows.order_by(F("next_starts_at").asc(nulls_last=True), "name")

    def going_on(self) -> Self:
        """Those that make sessions ahead."""
        return self.filter(is_active=True).exclude(recurrence="").exclude(starts_on=None).exclude(starts_at=None)


class Series(models.Model):
    """A rule from which sessions are made ahead, such as every Tuesday at 16:00."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, unique=True, editable=False)
    description = models.TextField(blank=True)
    recurrence = models.CharField(max_length=300, blank=True, help_text="An RFC 5545 rule: FREQ=WEEKLY;BYDAY=TU")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="The last day on which it may meet.")
    starts_at = models.TimeField("wall-clock start", null=True, blank=True)
    duration_minutes = models.PositiveIntegerField(default=60)
    time_zone = models.CharField(max_length=60, default=group_time_zone, validators=[validate_time_zone])
    place = models.CharField(max_length=200, blank=True)
    meeting_url = models.URLField("meeting link", max_length=500, blank=True, help_text="Only members see it.")
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="hosted_series"
    )
    format = models.CharField(max_length=12, choices=Format, default=Format.TALKS)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    capacity = models.PositiveIntegerField(
        "seats", null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: as many as come."
    )
    slots = models.PositiveSmallIntegerField(default=1, help_text="Presentations in one session.")
    weeks_ahead = models.PositiveSmallIntegerField(
        default=12, validators=[MaxValueValidator(MOST_WEEKS_AHEAD)], help_text="How far ahead sessions are made."
    )
    invite_days = models.PositiveSmallIntegerField(
        "days before which members are invited", default=7, validators=[MaxValueValidator(60)]
    )
    is_active = models.BooleanField("makes sessions", default=True)
    made_until = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="Days up to here were dealt with; what was deleted since does not come back.",
    )

    objects: ClassVar[Any] = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "series"
        constraints = [models.CheckConstraint(condition=Q(duration_minutes__gte=1), name="series_has_a_duration")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = unique_slug(Series, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("sessions:series_detail", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def start_time(self) -> time:
        """The wall-clock start; noon while none is set."""
        return self.starts_at or time(12)


class SeriesPause(models.Model):
    """Days on which a series does not meet, such as August, perhaps in every year."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="pauses")
    starts_on = models.DateField("from")
    ends_on = models.DateField("to", help_text="The last day of it.")
    is_yearly = models.BooleanField("every year", default=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="pause_ends_after_it_starts",
                violation_error_message="A pause ends on its first day or later.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"

    def covers(self, day: date) -> bool:
        """Whether the series does not meet on `day`; a yearly pause may reach over the new year."""
        if not self.is_yearly:
            return self.starts_on <= day <= self.ends_on
        if (self.ends_on - self.starts_on).days >= 365:
            return True
        begin, end, at = ((one.month, one.day) for one in (self.starts_on, self.ends_on, day))
        return begin <= at <= end if begin <= end else at >= begin or at <= end
