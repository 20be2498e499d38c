"""The address of a member's own calendar: told in the export without its secret, and gone with the account."""

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.models import CalendarKey


def export_calendar(member: Member) -> Rows:
    return [{"has_own_address": True} for _ in CalendarKey.objects.filter(member=member)]


def release_calendar(member: Member, name: str) -> None:
    CalendarKey.objects.filter(member=member).delete()


def register_calendar() -> None:
    """Make the calendar known to the export and the farewell."""
    register(Belonging(key="calendar", export=export_calendar, release=release_calendar))
