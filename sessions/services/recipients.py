"""Whom something about a session is told."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from readinggroup.models import Mail, Member
from sessions.checklist import lacking
from sessions.models import Attendance, Mailing, Presentation, Presenter, ReminderChoice, RoleAssignment, Session
from sessions.models.attendance import Rsvp

#: Replies of those who mean to come, and of those who would like to.
COMING = (Rsvp.YES, Rsvp.MAYBE)
HOPING = (*COMING, Rsvp.WAITING)
LATELY = timedelta(hours=6)


def invitation_event(session: Session) -> str:
    return f"session-{session.pk}-invitation"


def members_to_invite(session: Session) -> Any:
    """All members, but for those who said already that they are not coming."""
    return Member.objects.reachable().exclude(pk__in=_replied(session, [Rsvp.NO]))


def members_taking_part(session: Session, replies: tuple[str, ...] = COMING) -> Any:
    """Who replied so, presents or plays a role."""
    return Member.objects.reachable().filter(_taking_part(session, replies))


def members_hoping(session: Session) -> Any:
    """Who takes part, or waits for a seat."""
    return members_taking_part(session, HOPING)


def members_expecting(session: Session) -> Any:
    """Who takes part, waits for a seat, or has the invitation and did not decline: it may be in their calendar."""
    invited = Mail.objects.filter(event=invitation_event(session), member__isnull=False).values("member")
    undecided = Q(pk__in=invited) & ~Q(pk__in=_replied(session, [Rsvp.NO]))
    return Member.objects.reachable().filter(_taking_part(session, HOPING) | undecided)


def invited_lately(session: Session) -> Any:
    """Whose invitation is so new that it does for a reminder."""
    mails = Mail.objects.filter(event=invitation_event(session), member__isnull=False)
    return mails.filter(created_at__gt=timezone.now() - LATELY).values("member")


def members_to_remind(session: Session, ahead: str) -> Any:
    """Those taking part who chose this time, or chose none and are reminded a day before."""
    chosen = Q(reminder_choice__in=ReminderChoice.objects.filter(**{ahead: True}))
    if ahead == "day":
        chosen |= Q(reminder_choice=None)
    return members_taking_part(session).filter(chosen)


def presenters_lacking(session: Session, what: str) -> dict[int, list[Presentation]]:
    """What of a session lacks "slides" or a "paper", by the pk of each member who presents it."""
    talks = Presentation.objects.filter(session=session, status=Presentation.Status.CLAIMED, role_assignment=None)
    missing: dict[int, list[Presentation]] = {}
    for talk in talks.with_checklist():
        if what in {item.key for item in lacking(talk, "before")}:
            members = talk.presenters.exclude(member=None).values_list("member", flat=True)
            for member in members:
                missing.setdefault(member, []).append(talk)
    return missing


def somebody_knows(session: Session) -> bool:
    """Whether anybody was invited, replied or has a part, so that a change concerns somebody."""
    if Session.objects.filter(pk=session.pk, invited_at__isnull=False).exists():
        return True
    guests = session.guests.confirmed().filter(rsvp__in=HOPING)
    return guests.exists() or Member.objects.filter(_taking_part(session, HOPING)).exists()


def _taking_part(session: Session, replies: tuple[str, ...]) -> Q:
    slots = Presentation.objects.filter(session=session).exclude(status=Presentation.Status.CANCELLED)
    presenting = Presenter.objects.filter(presentation__in=slots, member__isnull=False).values("member")
    playing = RoleAssignment.objects.filter(session=session, member__isnull=False).values("member")
    return Q(pk__in=_replied(session, replies)) | Q(pk__in=presenting) | Q(pk__in=playing)


def _replied(session: Session, replies: Any) -> Any:
    return Attendance.objects.filter(session=session, rsvp__in=replies).values("member")


def not_written_to(members: Any, mailing: Mailing) -> Any:
    """Those of `members` who have no mail of this mailing yet."""
    written = Mail.objects.filter(event=mailing.event, member__isnull=False).values("member")
    return members.exclude(pk__in=written)


def guests_to_tell(mailing: Mailing) -> Any:
    """Guests who confirmed that they come (or wait for a seat), and have no mail of this mailing yet."""
    written = Mail.objects.filter(event=mailing.event).values("address")
    replies = COMING if mailing.kind == Mailing.Kind.REMINDER_DAY else HOPING
    guests = mailing.session.guests.confirmed().filter(rsvp__in=replies).exclude(email="")
    return guests.annotate(address=Lower("email")).exclude(address__in=written)
