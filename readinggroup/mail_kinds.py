"""The kinds of mail that members choose from, as the floors announce them when they are ready."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from readinggroup.models import Member


@dataclass(frozen=True)
class MailKind:
    """`key` is kept in the database; `label` completes “Mails about …”.

    A kind of which more can be chosen than whether has `options`: called as `options(data, member=…, prefix=key)`, it
    returns a form that can `save()`.
    """

    key: str
    label: str
    help_text: str = ""
    options: Callable[..., Any] | None = None


_kinds: dict[str, MailKind] = {}


def register_mail_kind(kind: MailKind) -> None:
    """Make a kind known; registering it again replaces it."""
    _kinds[kind.key] = kind


def mail_kinds() -> list[MailKind]:
    return list(_kinds.values())


def mail_kind(key: str) -> MailKind:
    """The kind called `key`. Raises KeyError for one that nobody registered."""
    return _kinds[key]


def wants_mail(member: Member, key: str) -> bool:
    """Whether `member` gets mails of this kind; one who said nothing gets them all."""
    return member.is_active and key not in member.unwanted_mail
