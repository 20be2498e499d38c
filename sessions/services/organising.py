"""What organisers do from the term at a glance: give a slot to somebody, and remind who presents."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from papers.models import Paper
from readinggroup.mail_kinds import wants_mail
from readinggroup.models import Member
from readinggroup.services.mailing import send_once
from sessions.checklist import lacking
from sessions.models import Presentation
from sessions.services.slots import assign_slot
from sessions.telling_words import group_time, own_time

KIND = "presenting"


@dataclass(frozen=True)
class Reminded:
    """Who was written to just now, who was today already, and who wants no such mails or has no account."""

    now: list[str]
    before: list[str]
    not_reached: list[str]


def give_slot(slot: Presentation, *, member: Member, by: Member, paper: Paper | None = None) -> Presentation:
    """Let an organiser give an open slot to `member`, perhaps with the paper. Raises SlotTaken."""
    # Offered as an open one, whatever became of it since.
    slot.status = Presentation.Status.OPEN
    return assign_slot(slot, member=member, by=by, paper=paper)


def remind_presenters(talk: Presentation, *, by: Member) -> Reminded:
    """Mail the presenters of `talk` what it still lacks; a slot's presenters are reminded once a day at most."""
    reminded = Reminded([], [], [])
    session = talk.session
    event = f"slot-{talk.pk}-reminder-{timezone.localdate():%Y-%m-%d}"
    items = lacking(talk, "before")
    for person in talk.presenters.select_related("member").order_by("position", "pk"):
        member = person.member
        if member is None or not wants_mail(member, KIND):
            reminded.not_reached.append(person.display_name)
            continue
        with transaction.atomic():
            mail = send_once(
                to=member,
                event=event,
                kind=KIND,
                template="sessions/mail/presenter",
                context={
                    "talk": talk,
                    "session": session,
                    "items": items,
                    "by": by,
                    "when": group_time(session) if session else "",
                    "own_when": own_time(session, member) if session else "",
                },
                expires_at=session.ends_at if session else None,
            )
        (reminded.now if mail else reminded.before).append(member.display_name)
    return reminded
