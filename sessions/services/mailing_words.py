"""What each kind of mailing says, and to whom; `mailings` writes it, `telling` decides that it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from readinggroup.models import Member
from sessions.models import Mailing, Session
from sessions.services import recipients
from sessions.telling_words import changes_between, is_of_time, told_now

Kind = Mailing.Kind
REMINDERS = {
    Kind.REMINDER_WEEK: ("week", "in a week"),
    Kind.REMINDER_DAY: ("day", "tomorrow"),
    Kind.REMINDER_HOUR: ("hour", "in an hour"),
}


@dataclass(frozen=True)
class Telling:
    """One mailing's words and readers; `own` adds what a template needs about one member."""

    members: Any
    kind: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    own: Callable[[Member], dict[str, Any]] = lambda member: {}
    calendar_method: str = ""

    @property
    def is_for_members(self) -> bool:
        """Whether it tells of nothing but what members alone may know."""
        changes = self.context.get("changes", [])
        return bool(changes) and all(change.is_private for change in changes)


def telling_of(mailing: Mailing, session: Session) -> Telling | None:
    """What `mailing` says of `session` as it is now; None when there is nothing to tell."""
    tell = TELLERS.get(Kind(mailing.kind))
    return tell(mailing, session) if tell else None


def _invitation(mailing: Mailing, session: Session) -> Telling:
    members = recipients.members_to_invite(session)
    return Telling(members, "invitations", "sessions/mail/invitation", calendar_method="REQUEST")


def _reminder(mailing: Mailing, session: Session) -> Telling:
    ahead, words = REMINDERS[Kind(mailing.kind)]
    members = recipients.members_to_remind(session, ahead)
    if ahead != "hour":
        members = members.exclude(pk__in=recipients.invited_lately(session))
    return Telling(members, "reminders", "sessions/mail/reminder", {"ahead": words})


def _lacking(mailing: Mailing, session: Session) -> Telling | None:
    what = "slides" if mailing.kind == Kind.SLIDES else "paper"
    lacking = recipients.presenters_lacking(session, what)
    members = Member.objects.reachable().filter(pk__in=lacking)

    def own(member: Member) -> dict[str, Any]:
        return {"talks": lacking[member.pk]}

    return Telling(members, "presenting", "sessions/mail/lacking", {"what": what}, own)


def _change(mailing: Mailing, session: Session) -> Telling | None:
    was, now = mailing.details["was"], mailing.details["told"]
    if was == now:
        return None
    everybody = is_of_time(was, now)
    members = recipients.members_expecting(session) if everybody else recipients.members_hoping(session)
    is_move = everybody or was["place"] != now["place"]
    context = {"changes": changes_between(was, now), "why": session.moved_because if is_move else ""}
    return Telling(members, "changes", "sessions/mail/change", context, calendar_method="REQUEST")


def _cancellation(mailing: Mailing, session: Session) -> Telling:
    members = recipients.members_expecting(session)
    return Telling(members, "changes", "sessions/mail/cancellation", calendar_method="CANCEL")


def _message(mailing: Mailing, session: Session) -> Telling:
    members = recipients.members_hoping(session)
    return Telling(
        members, "changes", "sessions/mail/message", {"message": mailing.details, "sender": mailing.requested_by}
    )


def remember_what_is_told(mailing: Mailing, session: Session, at: str) -> None:
    """Keep what a notice of a change tells, so that a second worker tells the same and the next notice starts there."""
    details = mailing.details
    lately = Mailing.objects.filter(
        session=session, details__told_at__gte=mailing.created_at.isoformat(timespec="microseconds")
    )
    last = lately.exclude(pk=mailing.pk).order_by("details__told_at").last()
    if last is not None:
        details["was"] = last.details["told"]
    mailing.details = {**details, "told": told_now(session), "told_at": at}


TELLERS: dict[Mailing.Kind, Callable[[Mailing, Session], Telling | None]] = {
    Kind.INVITATION: _invitation,
    Kind.REMINDER_WEEK: _reminder,
    Kind.REMINDER_DAY: _reminder,
    Kind.REMINDER_HOUR: _reminder,
    Kind.SLIDES: _lacking,
    Kind.PAPER: _lacking,
    Kind.CHANGE: _change,
    Kind.CANCELLATION: _cancellation,
    Kind.MESSAGE: _message,
}
