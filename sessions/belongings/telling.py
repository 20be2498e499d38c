"""When a member wants to be reminded: told in the export, and gone with the account."""

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.models import ReminderChoice


def export_reminders(member: Member) -> Rows:
    return [
        {name: getattr(choice, name) for name in ReminderChoice.AHEAD}
        for choice in ReminderChoice.objects.filter(member=member)
    ]


def release_reminders(member: Member, name: str) -> None:
    ReminderChoice.objects.filter(member=member).delete()


def register_telling() -> None:
    """Make the choice known to the export and the farewell."""
    register(Belonging(key="reminders", export=export_reminders, release=release_reminders))
