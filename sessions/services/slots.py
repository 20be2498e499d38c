"""Who presents in a slot: papers that come along, co-presenters, and organisers who assign it."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from papers.models import Paper
from papers.services.papers import add_paper
from readinggroup.models import Member
from sessions.models import Presentation, Presenter, Session, SlotEvent
from sessions.services.presentations import (
    NotYours,
    SlotTaken,
    claim_presentation,
    may_edit,
    open_slot,
    release_presentation,
)
from sessions.services.slot_freeing import leave_the_line
from sessions.services.slot_mails import tell_of_event
from sessions.services.slot_steps import lapse_swaps, lock_session, lock_slot, record, remove_presenter


class NotWelcome(Exception):
    """Nobody can join this presentation, or not any more; the sentence says why."""


def claim_with_paper(
    slot: Presentation, *, member: Member, paper: Paper | None = None, named: str = "", by: Member | None = None
) -> Presentation:
    """Claim a slot with `paper`, or with the one that is `named` by an id or address, which is added when it is new.

    Nothing is added for who comes too late. Raises SlotTaken, and NotAnIdentifier for what names no paper.
    """
    with transaction.atomic():
        if named:
            paper = add_paper(named, added_by=member)[0]
        return claim_presentation(slot, member=member, paper=paper, by=by)


def assign_slot(slot: Presentation, *, member: Member, by: Member, paper: Paper | None = None) -> Presentation:
    """Let an organiser give a slot to `member`, who is told and can give it back; `slot` is as the organiser saw it.

    An open slot must still be open, and gets the `paper`; one that somebody has must still be theirs, and what was
    prepared in it stays for the new presenter to go on with. Raises NotYours for who does not organise, and SlotTaken.
    """
    if not by.is_organiser:
        raise NotYours("Only organisers assign slots.")
    with transaction.atomic():
        if slot.status == Presentation.Status.OPEN:
            assigned = claim_presentation(slot, member=member, paper=paper, by=by)
        else:
            assigned = _hand_on(slot, member, by)
        event = SlotEvent.objects.filter(presentation=assigned, kind=SlotEvent.Kind.ASSIGNED).latest("at", "pk")
        tell_of_event(
            event,
            [member],
            headline="You present",
            words=[
                f"{by} gave you a slot.",
                f"It is about “{paper.display_title}”." if paper else "Say which paper it will be.",
                "Give the slot back if it does not suit you.",
            ],
            action=("See your slot", assigned.get_absolute_url()),
        )
    return assigned


def _hand_on(seen: Presentation, member: Member, by: Member) -> Presentation:
    """Put `member` in the place of all who present, if they are still those whom the organiser saw."""
    slot = lock_slot(seen.pk)
    before = [one.member for one in slot.presenters.select_related("member") if one.member]
    claim = Presentation.objects.slots().filter(
        pk=slot.pk, status=Presentation.Status.CLAIMED, claimed_by=seen.claimed_by_id, session=seen.session_id
    )
    if not slot.is_coming or not claim.update(
        claimed_by=member, claimed_at=timezone.now(), updated_at=timezone.now(), welcomes_company=False
    ):
        raise SlotTaken(Presentation.objects.with_presenters().with_offer().select_related("session").get(pk=slot.pk))
    lapse_swaps(slot)
    slot.presenters.all().delete()
    Presenter.objects.create(presentation=slot, member=member)
    event = record(slot, SlotEvent.Kind.RELEASED, member=before[0] if before else None, by=by, note="handed on")
    record(slot, SlotEvent.Kind.ASSIGNED, member=member, by=by)
    leave_the_line(slot, member)
    tell_of_event(
        event,
        [one for one in before if one != member],
        headline="Your slot went to somebody else",
        words=[f"{by} gave your slot to {member}."],
        action=("See the open slots", reverse("sessions:slot_list")),
    )
    slot.refresh_from_db()
    return slot


def welcome_company(slot: Presentation, *, by: Member, is_welcome: bool) -> None:
    """Say whether a co-presenter may join with one click. Raises NotYours for others than its people."""
    if not may_edit(slot, by):
        raise NotYours("Only the presenter or an organiser can say this.")
    Presentation.objects.filter(pk=slot.pk, status=Presentation.Status.CLAIMED).update(
        welcomes_company=is_welcome, updated_at=timezone.now()
    )
    slot.refresh_from_db()


def join_slot(slot: Presentation, *, member: Member) -> bool:
    """Let `member` present with those who do; False when they did already. Raises NotWelcome."""
    with transaction.atomic():
        locked = lock_slot(slot.pk)
        if not locked.presenters.filter(member=member).exists() and not locked.welcomes_company:
            raise NotWelcome("No co-presenter is looked for here any more. Ask the presenter to add you.")
        return _add(locked, member, by=member)


def add_presenter(slot: Presentation, *, member: Member, by: Member) -> bool:
    """Let a presenter or an organiser add a co-presenter; False when they present already. Raises NotYours."""
    if not may_edit(slot, by):
        raise NotYours("Only the presenter or an organiser can add somebody.")
    with transaction.atomic():
        return _add(lock_slot(slot.pk), member, by=by)


def drop_presenter(slot: Presentation, *, member: Member, by: Member) -> bool:
    """Take a co-presenter out, or leave; the last one gives the slot back. False when they did not present.

    Raises NotYours for others than its people.
    """
    if not may_edit(slot, by):
        raise NotYours("Only the presenter or an organiser can take somebody out.")
    with transaction.atomic():
        locked = lock_slot(slot.pk)
        if locked.status != Presentation.Status.CLAIMED or not locked.presenters.filter(member=member).exists():
            return False
        if locked.presenters.count() == 1:
            release_presentation(locked, by=by, whole=True)
            return True
        remove_presenter(locked, member, by=by)
        left = SlotEvent.objects.filter(presentation=locked, kind=SlotEvent.Kind.LEFT).latest("at", "pk")
        others = [one.member for one in locked.presenters.select_related("member") if one.member]
        sentence = f"{member} left." if member == by else f"{by} took {member} out of the presentation."
        tell_of_event(left, [member, *others], headline=f"{member} presents no longer", words=[sentence])
    return True


def open_another_slot(session: Session, *, seen: int | None) -> Presentation | None:
    """Add an open slot to a session that somebody saw with so many; None when it has more or fewer by now.

    So a press that arrives twice opens one.
    """
    with transaction.atomic():
        lock_session(session.pk)
        slots = Presentation.objects.slots().filter(session=session)
        return open_slot(session) if seen in (None, slots.count()) else None


def _add(slot: Presentation, member: Member, *, by: Member) -> bool:
    if slot.status != Presentation.Status.CLAIMED or not slot.is_coming:
        raise NotWelcome("Nobody can join this presentation: it is not to come, or its slot is open.")
    before = [one.member for one in slot.presenters.select_related("member") if one.member]
    if member in before:
        return False
    last = slot.presenters.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            Presenter.objects.create(presentation=slot, member=member, position=last + 1)
    except IntegrityError:
        return False
    if slot.claimed_by_id is None:
        Presentation.objects.filter(pk=slot.pk).update(claimed_by=member)
    event = record(slot, SlotEvent.Kind.JOINED, member=member, by=by)
    leave_the_line(slot, member)
    if by == member:
        told, headline, words = before, f"{member} presents with you", [f"{member} joined you as a co-presenter."]
    else:
        told, headline, words = [*before, member], f"{member} presents too", [f"{by} added {member} as a co-presenter."]
    tell_of_event(event, told, headline=headline, words=words)
    return True
