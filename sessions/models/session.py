"""When the group meets."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from readinggroup.relations import rows_behind
from sessions.models.seats import seats_taken
from sessions.models.series import Format, Series, Visibility, group_time_zone, validate_time_zone

#: So long before a session its slides should be there.
SLIDES_AHEAD = timedelta(days=3)
CHECK_IN_BEFORE = timedelta(minutes=15)
CHECK_IN_AFTER = timedelta(hours=6)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any) -> Self:
        """Public sessions; members see the members' sessions too."""
        return self if user.is_authenticated and user.is_active else self.filter(visibility=Visibility.PUBLIC)

    def upcoming(self, at: datetime | None = None) -> Self:
        """Sessions that are not over yet, soonest first."""
        return self.filter(ends_at__gt=at or timezone.now()).order_by("starts_at", "pk")

    def past(self, at: datetime | None = None) -> Self:
        return self.filter(ends_at__lte=at or timezone.now()).order_by("-starts_at", "-pk")

    def planned(self) -> Self:
        return self.exclude(status=Session.Status.CANCELLED)

    def needing_attention(self, at: datetime | None = None) -> Self:
        """Sessions that lack something an organiser can do something about; `sessions.attention` says what."""
        at = at or timezone.now()
        talks = rows_behind(self.model, "presentations").filter(session=models.OuterRef("pk"), role_assignment=None)
        claimed = talks.filter(status="claimed")
        roles = rows_behind(self.model, "role_assignments").filter(session=models.OuterRef("pk"))
        mailings = rows_behind(self.model, "mailings").filter(session=models.OuterRef("pk"), status="failed")
        is_empty = ~models.Exists(talks.exclude(status="cancelled")) & ~models.Exists(roles)
        to_come = (
            models.Exists(talks.open())
            | models.Exists(roles.free())
            | models.Exists(claimed.filter(presenters=None))
            | models.Exists(claimed.filter(title="", paper_places=None))
            | models.Exists(claimed.filter(swaps_offered__status="asked"))
            | models.Exists(claimed.with_failed_slides())
            | (is_empty & Q(format__in=(Format.TALKS, Format.ROLE_PLAY)))
            | (Q(starts_at__lt=at + SLIDES_AHEAD) & models.Exists(claimed.lacking_slides()))
        )
        is_over = Q(ends_at__lte=at)
        return self.planned().filter(
            models.Exists(mailings) | (is_over & models.Exists(claimed)) | (~is_over & to_come)
        )

    def at_the_time_of(self, session: "Session") -> Self:
        """Others that overlap with `session`."""
        return self.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at).exclude(pk=session.pk)

    def next(self, at: datetime | None = None) -> "Session | None":
        return self.planned().upcoming(at).first()

    def with_presentations(self, seen_by: Any = None) -> Self:
        """Prefetch the presentations; when `seen_by` is given, those that this reader may see."""
        in_order = rows_behind(self.model, "presentations").order_by("position", "pk").with_presenters()
        # The slides that go with a role stand with the role.
        in_order = in_order.filter(role_assignment=None)
        if seen_by is not None:
            in_order = in_order.visible_to(seen_by)
        in_order = in_order.with_offer().prefetch_related("paper_places__paper__identifiers")
        return self.prefetch_related(models.Prefetch("presentations", queryset=in_order))

    def for_listing(self, seen_by: Any = None) -> Self:
        """All that a row of sessions shows, in a constant number of queries."""
        return self.select_related("series", "host").with_presentations(seen_by).with_attendance().with_roles()

    def for_calendar(self, member: Any = None) -> Self:
        """Those that `member` may see (None: everybody), with all that a calendar tells, in a few queries."""
        reader = member if member is not None else AnonymousUser()
        rows = self.visible_to(reader).select_related("series", "role_play__paper").with_presentations(reader)
        rows = rows.prefetch_related("role_play__paper__identifiers")
        if member is None:
            return rows
        roles = rows_behind(self.model, "role_assignments").filter(member=member).select_related("role")
        replies = rows_behind(self.model, "attendances").filter(member=member)
        return rows.prefetch_related(
            models.Prefetch("role_assignments", queryset=roles, to_attr="own_roles"),
            models.Prefetch("attendances", queryset=replies, to_attr="own_replies"),
        )

    def with_roles(self) -> Self:
        """Count the roles of each session, and those that nobody plays yet."""
        places = rows_behind(self.model, "role_assignments").filter(session=models.OuterRef("pk"))

        def count(rows: Any) -> models.Subquery:
            return models.Subquery(rows.order_by().values("session").annotate(count=models.Count("pk")).values("count"))

        return self.annotate(role_count=count(places), free_role_count=count(places.free()))

    def with_attendance(self) -> Self:
        """Count who comes: see `seats_taken`."""
        return self.annotate(coming_count=seats_taken(self.model))


class Session(models.Model):
    class Status(models.TextChoices):
        PLANNED = "planned", "planned"
        HELD = "held", "held"
        CANCELLED = "cancelled", "cancelled"

    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="sessions")
    occurs_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The day of its series' rule that it was made for."
    )
    title = models.CharField("theme", max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60, default=group_time_zone, validators=[validate_time_zone])
    place = models.CharField(max_length=200, blank=True)
    meeting_url = models.URLField("meeting link", max_length=500, blank=True, help_text="Only members see it.")
    format = models.CharField(max_length=12, choices=Format, default=Format.TALKS)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="hosted_sessions"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    moved_because = models.CharField(max_length=300, blank=True, help_text="Why it is not when or where it was.")
    notes = models.TextField(blank=True)
    notes_html = models.TextField(blank=True, editable=False)
    notes_version = models.PositiveIntegerField(default=0, editable=False, help_text="Of its newest revision.")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    capacity = models.PositiveIntegerField(
        "seats", null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: as many as come."
    )
    welcomes_guests = models.BooleanField(
        "guests may come", default=False, help_text="People without an account reply with their e-mail address."
    )
    tells_guests_link = models.BooleanField(
        "guests get the meeting link",
        default=True,
        help_text="By mail, once they confirmed their address and have a seat; without it they cannot join from afar.",
    )
    unnamed_came = models.PositiveIntegerField(
        "came without a name", default=0, editable=False, help_text="Who was there and is neither member nor guest."
    )
    invited_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When members were invited.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often it was moved or called off, as calendars count (RFC 5545)."
    )

    objects: ClassVar[Any] = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["starts_at"], name="session_starts_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message="A session must end after it starts.",
            ),
            models.UniqueConstraint(
                fields=["series", "starts_at"],
                name="one_session_per_series_and_time",
                violation_error_message="The series has another session at that time.",
            ),
            models.UniqueConstraint(fields=["series", "occurs_on"], name="one_session_per_series_and_day"),
        ]

    def __str__(self) -> str:
        return self.display_title

    def get_absolute_url(self) -> str:
        return reverse("sessions:session_detail", args=[self.pk])

    @property
    def display_title(self) -> str:
        """The theme, or the series and the day."""
        if self.title:
            return self.title
        name = self.series.name if self.series else "Session"
        return f"{name}, {self.local_start.day} {self.local_start:%B %Y}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def zone_city(self) -> str:
        """How people call the zone: "Berlin" for Europe/Berlin."""
        return self.time_zone.rsplit("/", 1)[-1].replace("_", " ")

    @property
    def day_text(self) -> str:
        """On the group's clock: "Tue 24 Nov 2026"."""
        return f"{self.local_start:%a} {self.local_start.day} {self.local_start:%b %Y}"

    @property
    def time_text(self) -> str:
        """On the group's clock: "16:00–17:00 Berlin"."""
        return f"{self.local_start:%H:%M}–{self.local_end:%H:%M} {self.zone_city}"

    @property
    def local_start(self) -> datetime:
        """The start on the clock of the place where the group meets."""
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(self.zone)

    @property
    def has_slots(self) -> bool:
        return bool(self.presentations.all())

    @property
    def open_slots(self) -> list[Any]:
        """Those that anybody may take; what is held for somebody is not among them."""
        slots = [slot for slot in self.presentations.all() if slot.status == slot.Status.OPEN]
        return [slot for slot in slots if slot.standing_offer is None]

    @property
    def held_slots(self) -> list[Any]:
        return [slot for slot in self.presentations.all() if slot.standing_offer is not None]

    @property
    def talks(self) -> list[Any]:
        """What is or was presented, in order; open slots and cancelled talks apart."""
        return [talk for talk in self.presentations.all() if talk.status in (talk.Status.CLAIMED, talk.Status.GIVEN)]

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def takes_replies(self) -> bool:
        return not self.is_over and not self.is_cancelled

    @property
    def takes_check_ins(self) -> bool:
        """Whether somebody who is there may say so: from shortly before the start until some hours after the end."""
        at = timezone.now()
        return not self.is_cancelled and self.starts_at - CHECK_IN_BEFORE <= at < self.ends_at + CHECK_IN_AFTER
