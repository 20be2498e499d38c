"""Writing the mails of a mailing: one to each whom it concerns, however often its worker dies."""

from typing import Any

from django.utils import timezone

from readinggroup.models import Mail, Member
from readinggroup.services.mailing import send_once
from sessions.calendars.events import message_of
from sessions.calendars.words import one_line, parts_of, programme_of, theme_of
from sessions.models import Attendance, Guest, Mailing, RoleAssignment, Session
from sessions.services.chats import as_everybody_sees, post_about_session
from sessions.services.mailing_words import Telling, remember_what_is_told, telling_of
from sessions.services.recipients import guests_to_tell, not_written_to
from sessions.services.replying import reply_url
from sessions.services.seat_mails import as_guests_see, write_to_guest
from sessions.services.timing import TOO_LATE, is_timely, planned_event, useful_until
from sessions.telling_words import changes_between, chat_words, chat_words_of_change, group_time, own_time

#: Mails between two looks at whether they are still right.
BATCH = 20
NOTICES = (Mailing.Kind.CHANGE, Mailing.Kind.CANCELLATION)
#: What people without an account hear of as well, when they have confirmed that they come.
FOR_GUESTS = (*NOTICES, Mailing.Kind.REMINDER_DAY, Mailing.Kind.MESSAGE)


def send_mailing(mailing: Mailing) -> None:
    """Write a claimed mailing's mails in batches, skipping whom a worker before has written to.

    What is past, called off or was put right meanwhile is not told. Raises LeaseLost.
    """
    session = _session(mailing)
    if not _is_right(mailing, session):
        mailing.finish()
        return
    if mailing.kind in NOTICES and "told" not in mailing.details:
        with mailing.holding_lease():
            remember_what_is_told(mailing, session, timezone.now().isoformat(timespec="microseconds"))
            mailing.save(update_fields=["details"])
            _tell_chats(mailing, session)
    telling = telling_of(mailing, session)
    if telling is not None:
        _write_all(mailing, telling)
        if mailing.kind in FOR_GUESTS and not telling.is_for_members:
            _write_guests(mailing, telling)
    mailing.finish()


def _tell_chats(mailing: Mailing, session: Session) -> None:
    """Tell the chats of a change; of what was announced, the planner does."""
    seen = as_everybody_sees(session)
    if mailing.kind == Mailing.Kind.CANCELLATION:
        words = f"{chat_words(seen, 'Called off')}. {session.cancelled_because}".rstrip(". ")
    else:
        words = chat_words_of_change(seen, changes_between(mailing.details["was"], mailing.details["told"]))
    post_about_session(session, words, event=mailing.event)


def _write_all(mailing: Mailing, telling: Telling) -> None:
    last = 0
    while True:
        rows = not_written_to(telling.members, mailing).filter(pk__gt=last).order_by("pk")
        members = list(rows[:BATCH])
        session = _session(mailing)
        if not members or not _is_right(mailing, session):
            return
        replies, roles = _own_rows(session, members)
        for member in members:
            # As `for_calendar(member)` would have fetched them.
            vars(session).update(own_replies=replies.get(member.pk, []), own_roles=roles.get(member.pk, []))
            _write(mailing, telling, session, member)
        last = members[-1].pk
        mailing.advance(written=Mail.objects.filter(event=mailing.event).count())


def _write(mailing: Mailing, telling: Telling, session: Session, member: Member) -> None:
    method = telling.calendar_method
    calendar = ""
    if method:
        calendar = message_of(
            session, method=method, name=member.display_name, address=member.email.lower(), reader=member
        )
    send_once(
        to=member,
        event=mailing.event,
        kind=telling.kind,
        template=telling.template,
        context={**_about(session, member), **telling.context, **telling.own(member)},
        calendar=calendar,
        calendar_method=method,
        expires_at=useful_until(mailing, session),
    )


def _write_guests(mailing: Mailing, telling: Telling) -> None:
    last = 0
    while True:
        guests = list(guests_to_tell(mailing).filter(pk__gt=last).order_by("pk")[:BATCH])
        session = as_guests_see(mailing.session)
        if not guests or not _is_right(mailing, session):
            return
        for guest in guests:
            _write_guest(mailing, telling, session, guest)
        last = guests[-1].pk
        mailing.advance(written=Mail.objects.filter(event=mailing.event).count())


def _write_guest(mailing: Mailing, telling: Telling, session: Session, guest: Guest) -> None:
    """What everybody may know: no meeting link, nothing that is for members only."""
    write_to_guest(
        session,
        guest,
        event=mailing.event,
        kind=telling.kind,
        template=telling.template,
        context={"name": one_line(theme_of(session)), **telling.context},
        calendar_method=telling.calendar_method,
        expires_at=useful_until(mailing, session),
    )


def _about(session: Session, member: Member) -> dict[str, Any]:
    """What every mail about a session knows."""
    reply = next((one.rsvp for one in session.own_replies), "")  # type: ignore[attr-defined]
    return {
        "session": session,
        "name": one_line(theme_of(session)),
        "path": session.get_absolute_url(),
        "when": group_time(session),
        "own_when": own_time(session, member),
        "programme": programme_of(session),
        "parts": [f"{part[0].upper()}{part[1:]}." for part in parts_of(session, member)],
        "reply": reply,
        "answers": [
            (words, reply_url(session, member, answer), answer == reply)
            for answer, words in (("yes", "Yes"), ("maybe", "Maybe"), ("no", "No"))
        ],
    }


def _is_right(mailing: Mailing, session: Session) -> bool:
    """Whether what the mailing says still holds and is of use."""
    at = timezone.now()
    if session.ends_at <= at or session.is_cancelled != (mailing.kind == Mailing.Kind.CANCELLATION):
        return False
    if mailing.kind not in TOO_LATE or mailing.requested_by_id:
        return at < useful_until(mailing, session)
    return planned_event(mailing.kind, session) == mailing.event and is_timely(mailing, session, at)


def _session(mailing: Mailing) -> Session:
    """The session as members see it, with all that a calendar tells."""
    rows = Session.objects.select_related("series", "host", "role_play__paper").with_presentations()
    session: Session = rows.prefetch_related("role_play__paper__identifiers").get(pk=mailing.session_id)
    return session


def _own_rows(session: Session, members: list[Member]) -> tuple[dict[int, list[Any]], dict[int, list[Any]]]:
    """The replies and the roles of `members`, by their pk."""
    replies: Any = Attendance.objects.filter(session=session, member__in=members)
    roles: Any = RoleAssignment.objects.filter(session=session, member__in=members).select_related("role")
    by_member: tuple[dict[int, list[Any]], dict[int, list[Any]]] = ({}, {})
    for found, rows in zip(by_member, (replies, roles), strict=True):
        for row in rows:
            found.setdefault(row.member_id, []).append(row)
    return by_member
