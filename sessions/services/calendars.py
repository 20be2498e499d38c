"""The secret address of a member's calendar."""

from readinggroup.models import Member
from sessions.models import CalendarKey


def calendar_key(member: Member) -> CalendarKey:
    """The key of a member's calendar, made when it is first asked for."""
    return CalendarKey.objects.get_or_create(member=member)[0]


def reset_calendar_key(member: Member) -> CalendarKey:
    """Give the calendar a new address; the old one is nobody's from now on."""
    CalendarKey.objects.filter(member=member).delete()
    return calendar_key(member)
