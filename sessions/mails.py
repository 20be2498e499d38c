"""The kinds of mail that sessions cause."""

from readinggroup.mail_kinds import MailKind, register_mail_kind

KINDS = [
    MailKind("invitations", "new sessions", "an invitation with an entry for your calendar"),
    MailKind("reminders", "sessions that come near", "at the times that you choose"),
    MailKind("changes", "changes", "when a session that you mean to attend is moved or cancelled"),
    MailKind("presenting", "what you present", "your slots, what is still missing, and who would like to swap"),
]


def register_all() -> None:
    for kind in KINDS:
        register_mail_kind(kind)
