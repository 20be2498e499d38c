"""Series: making sessions ahead, and what a change of the rule does to those that were made."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from readinggroup.relations import rows_behind
from sessions.models import Presentation, Series, SeriesPause, Session
from sessions.scheduling import NotARule, days_of, moments_on
from sessions.services.presentations import open_slot
from sessions.services.sessions import add_session, cancel_session, edit_session

log = logging.getLogger(__name__)

#: What the sessions of a series take from it, beside their times.
PASSED_ON = ("time_zone", "place", "meeting_url", "format", "visibility", "capacity", "host_id")


@dataclass
class Followed:
    """What became of the sessions to come when their series changed."""

    made: list[Session] = field(default_factory=list)
    changed: list[Session] = field(default_factory=list)
    removed: list[date] = field(default_factory=list)
    kept: list[Session] = field(default_factory=list)


def add_series(*, pauses: Iterable[SeriesPause] = (), **fields: Any) -> tuple[Series, list[Session]]:
    """Found a series and make its first sessions."""
    with transaction.atomic():
        series = Series.objects.create(**fields)
        _set_pauses(series, pauses)
        return series, make_sessions(series)


def make_sessions(series: Series, *, today: date | None = None) -> list[Session]:
    """Make the sessions that are due by the series' rule, as far ahead as it says, and return them.

    Twice or twice at once makes each once: a day has one session of a series. A day that was dealt with before is left
    alone, so what an organiser deleted does not come back.
    """
    with transaction.atomic():
        series = Series.objects.select_for_update().get(pk=series.pk)
        if not Series.objects.going_on().filter(pk=series.pk).exists():
            return []
        today = today or timezone.localdate(timezone=series.zone)
        last = _last_day(series, today)
        first = max(today, series.made_until + timedelta(days=1)) if series.made_until else today
        made = _make_on(series, days_of(series, first, last))
        if series.made_until is None or series.made_until < last:
            Series.objects.filter(pk=series.pk).update(made_until=last)
    return made


def make_all_sessions() -> int:
    """Make what is due in every series; return how many sessions are new."""
    made = 0
    for series in Series.objects.going_on():
        try:
            made += len(make_sessions(series))
        except NotARule as error:
            # Written past the forms. The others meet nevertheless.
            log.warning("Series %s makes no sessions: %s", series.pk, error)
    return made


def edit_series(series: Series, *, pauses: Iterable[SeriesPause] | None = None, **fields: Any) -> Followed:
    """Change a series, and let the sessions to come follow that nobody has touched.

    Those that were moved by hand, have a theme, or for which somebody signed up or replied stay as they are, and are
    returned as `kept` when the new rule would have them elsewhere.
    """
    with transaction.atomic():
        before = planned_by(Series.objects.select_for_update().get(pk=series.pk))
        for name, value in fields.items():
            setattr(series, name, value)
        series.save(update_fields=list(fields) or None)
        if pauses is not None:
            _set_pauses(series, pauses)
        return follow(series, before)


@dataclass(frozen=True)
class Before:
    """A series as it was: its values, and the days it had dealt with."""

    series: Series
    days: frozenset[date]


def planned_by(series: Series) -> Before:
    """Remember a series before a change of it or of its pauses; `follow` compares."""
    today = timezone.localdate(timezone=series.zone)
    try:
        days = days_of(series, today, series.made_until) if series.made_until else []
    except NotARule:
        days = []
    return Before(series, frozenset(days))


def follow(series: Series, before: Before) -> Followed:
    """Bring the sessions to come into line with a series that was changed, and make those that are new."""
    followed = Followed()
    today = timezone.localdate(timezone=series.zone)
    with transaction.atomic():
        series.refresh_from_db()
        until = max(filter(None, (series.made_until, _last_day(series, today))))
        days = set(days_of(series, today, until)) if series.is_active else set()
        for session in _to_come(series):
            _follow_one(session, series, before.series, days, followed)
        if series.made_until:
            # Days that the old rule had and that have no session now were deleted by somebody.
            new = sorted(day for day in days - before.days if day <= series.made_until)
            followed.made += _make_on(series, new)
        followed.made += make_sessions(series, today=today)
    return followed


def stop_series(series: Series) -> None:
    """Make no more sessions; those that were made stay."""
    Series.objects.filter(pk=series.pk).update(is_active=False)


def go_on_with_series(series: Series) -> list[Session]:
    """Make sessions again, from today on; the days of the time between are not made up for."""
    Series.objects.filter(pk=series.pk).update(is_active=True)
    return make_sessions(series)


def _last_day(series: Series, today: date) -> date:
    ahead = today + timedelta(weeks=series.weeks_ahead)
    return min(ahead, series.ends_on) if series.ends_on else ahead


def _set_pauses(series: Series, pauses: Iterable[SeriesPause]) -> None:
    series.pauses.all().delete()
    for pause in pauses:
        pause.pk, pause.series = None, series
        pause.save(force_insert=True)
    series.refresh_from_db()


def _make_on(series: Series, days: Sequence[date]) -> list[Session]:
    now = timezone.now()
    return [made for day in days if moments_on(series, day)[0] > now and (made := _make_one(series, day))]


def _make_one(series: Series, day: date) -> Session | None:
    """The session of `day`, or None when there is one: made before, moved from there, or at that very time."""
    starts_at, ends_at = moments_on(series, day)
    midnight = datetime.combine(day, time(), tzinfo=series.zone)
    # Sessions that were planned by hand are those of the day on which they are.
    by_hand = Q(occurs_on=None, starts_at__gte=midnight, starts_at__lt=midnight + timedelta(days=1))
    if Session.objects.filter(Q(occurs_on=day) | by_hand, series=series).exists():
        return None
    fields = {name: getattr(series, name) for name in PASSED_ON}
    try:
        with transaction.atomic():
            return add_session(
                series=series, occurs_on=day, starts_at=starts_at, ends_at=ends_at, slots=series.slots, **fields
            )
    except IntegrityError:
        return None


def _to_come(series: Series) -> list[Session]:
    """The planned sessions that its rule made, each with `is_touched`.

    They and their slots stay locked: whoever claims or replies meanwhile comes before or after, never in between.
    """
    sessions = series.sessions.planned().filter(occurs_on__isnull=False, starts_at__gt=timezone.now())
    # Slots first, then sessions, each by their keys, as whoever claims does: so nobody waits for who waits for them.
    slots = Presentation.objects.filter(session__in=sessions).order_by("pk")
    list(slots.select_for_update(of=("self",)).values_list("pk", flat=True))
    held = list(sessions.order_by("pk").select_for_update().values_list("pk", flat=True))
    busy = [
        rows_behind(Session, "presentations").exclude(status=Presentation.Status.OPEN),
        rows_behind(Session, "attendances"),
        rows_behind(Session, "guests"),
        rows_behind(Session, "slot_waiters"),
        rows_behind(Session, "questions"),
        rows_behind(Session, "role_assignments"),
    ]
    touched: Any = Q(notes_version__gt=0) | ~Q(title="") | ~Q(notes="")
    for rows in busy:
        touched |= Exists(rows.filter(session=OuterRef("pk")))
    return list(Session.objects.filter(pk__in=held).annotate(is_touched=touched).order_by("starts_at"))


def _follow_one(session: Any, series: Series, old: Series, days: set[date], followed: Followed) -> None:
    belongs = session.occurs_on in days or not series.is_active
    starts_at, ends_at = moments_on(series, session.occurs_on)
    if session.is_touched or (session.starts_at, session.ends_at) != moments_on(old, session.occurs_on):
        if not belongs or (session.starts_at, session.ends_at) != (starts_at, ends_at):
            followed.kept.append(session)
        return
    if not belongs:
        followed.removed.append(session.occurs_on)
        _take_away(session)
        return
    wanted = {"starts_at": starts_at, "ends_at": ends_at}
    # What was changed by hand in one session stays.
    wanted |= {name: getattr(series, name) for name in PASSED_ON if getattr(session, name) == getattr(old, name)}
    changes = {name: value for name, value in wanted.items() if getattr(session, name) != value}
    if changes and _edit(session, changes):
        followed.changed.append(session)
    _fit_slots(session, series.slots - old.slots)


def _edit(session: Session, changes: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            edit_session(session, **changes)
    except IntegrityError:
        # Another session of the series was moved to that very time by hand.
        return False
    return True


def _take_away(session: Session) -> None:
    """Whoever was invited reads that it is called off; of what nobody knows yet nothing needs to stay."""
    if session.invited_at:
        cancel_session(session, reason="The series no longer meets on this day.")
        return
    session.presentations.all().delete()
    session.delete()


def _fit_slots(session: Session, more: int) -> None:
    for _ in range(max(more, 0)):
        open_slot(session)
    if more < 0:
        spare = session.presentations.filter(status=Presentation.Status.OPEN).order_by("-position")[:-more]
        Presentation.objects.filter(pk__in=list(spare.values_list("pk", flat=True))).delete()
