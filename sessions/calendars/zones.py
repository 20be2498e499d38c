"""Time zones as calendars carry them: VTIMEZONE (RFC 5545, 3.6.5) for the years in use.

Every change of the clocks stands there by itself, since some programs know neither RDATE nor rules in a zone. Its
moment is told on the clock as it was before the change, as the standard asks for; icalendar's own zones tell it as it
is after.
"""

from collections.abc import Iterable
from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def time_zone_component(name: str, years: Iterable[int]) -> Timezone:
    """What the clocks of the zone `name` do in each of `years`, of which there is at least one."""
    component = Timezone()
    component.add("tzid", name)
    zone = ZoneInfo(name)
    last = None
    for year in sorted(set(years)):
        if last is None or year > last + 1:
            new_year = datetime(year, 1, 1, tzinfo=zone)
            component.add_component(_observance(new_year, new_year, starts=new_year))
        for moment in _changes(name, year):
            before = (moment - _SECOND).astimezone(zone)
            component.add_component(_observance(before, moment.astimezone(zone), starts=before + _SECOND))
        last = year
    return component


def _observance(before: datetime, after: datetime, *, starts: datetime) -> TimezoneDaylight | TimezoneStandard:
    """That from `starts` the clock is as at `after`, and that it was as at `before`."""
    part = TimezoneDaylight() if (after.dst() or timedelta()) > timedelta() else TimezoneStandard()
    part.add("dtstart", starts.replace(tzinfo=None))
    part.add("tzoffsetfrom", before.utcoffset())
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname())
    return part


@lru_cache(maxsize=1024)
def _changes(name: str, year: int) -> tuple[datetime, ...]:
    """The moments of a year, in UTC, at which the clocks of a zone change."""
    if year >= MAXYEAR:
        return ()
    zone, end = ZoneInfo(name), datetime(year + 1, 1, 1, tzinfo=UTC)
    day, found = datetime(year, 1, 1, tzinfo=UTC), []
    while day < end:
        if _clock(day, zone) != _clock(day + _DAY, zone):
            found.append(_moment_of_change(day, zone))
        day += _DAY
    return tuple(found)


def _moment_of_change(day: datetime, zone: ZoneInfo) -> datetime:
    """The first second with another clock, within a day from `day`."""
    old, low, high = _clock(day, zone), 0, 24 * 60 * 60
    while high - low > 1:
        middle = (low + high) // 2
        if _clock(day + middle * _SECOND, zone) == old:
            low = middle
        else:
            high = middle
    return day + high * _SECOND


def _clock(moment: datetime, zone: ZoneInfo) -> tuple[timedelta | None, str | None]:
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()
