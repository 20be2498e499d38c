"""The kinds of mail that sessions cause."""

from readinggroup.mail_kinds import MailKind, register_mail_kind
from sessions.forms.telling import ReminderForm

KINDS = [
    MailKind("invitations", "new sessions", "An invitation to each, with an entry for your calendar."),
    MailKind(
        "reminders",
        "sessions that come near",
        "To which you said yes or maybe, or where you have a part; at the times that you choose.",
        options=ReminderForm,
    ),
    MailKind(
        "changes",
        "changes",
        "When a session that you were invited to or mean to attend is moved or called off, and what its organiser "
        "writes to those who come.",
    ),
    MailKind("presenting", "what you present", "Your slots, what is still missing, and who would like to swap."),
]


def register_all() -> None:
    for kind in KINDS:
        register_mail_kind(kind)
