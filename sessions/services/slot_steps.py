"""Single steps of slots that services share: locking, emptying, and the history."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Condition, Presentation, Session, SlotEvent, SlotSwap
from sessions.services.recordings import state_no_recording
from sessions.services.slide_decks import delete_slide_deck
from sessions.telling_words import moment_text

BY_HAND = "by hand in the admin"


def lock_slot(pk: int) -> Presentation:
    """The row as it is now, kept from changing until the transaction ends. Raises Presentation.DoesNotExist.

    Whoever locks more than one thing takes slots first, by their keys, then sessions by theirs: so nobody waits for
    somebody who waits for them.
    """
    return lock_slots(pk)[pk]


def lock_slots(*pks: int) -> dict[int, Presentation]:
    """Several rows as they are now, as `lock_slot` does. Raises Presentation.DoesNotExist when one of them is gone."""
    rows = Presentation.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    slots = {slot.pk: slot for slot in rows}
    if slots.keys() != set(pks):
        raise Presentation.DoesNotExist
    return slots


def lock_session(pk: int | None) -> Session | None:
    """The session, kept from others who would hand out its slots or wait for one."""
    if pk is None:
        return None
    return Session.objects.select_for_update(no_key=True).filter(pk=pk).first()


def record(
    slot: Presentation, kind: SlotEvent.Kind, *, member: Member | None = None, by: Member | None = None, note: str = ""
) -> SlotEvent:
    """Write one step into the history of a slot: about `member`, done by `by`. In the transaction of the step."""
    return SlotEvent.objects.create(
        presentation=slot, session_id=slot.session_id, kind=kind, member=member, by=by, note=note[:300]
    )


def history_of(slot: Presentation) -> QuerySet[SlotEvent]:
    """What happened to a slot, first things first."""
    return SlotEvent.objects.filter(presentation=slot).select_related("member", "by", "session__series")


def is_presenter(slot: Presentation, member: Any) -> bool:
    """Whether `member` presents this, as the database has it now."""
    return bool(slot.presenters.filter(member=member).exists())


def lapse_swaps(*slots: Presentation) -> int:
    """Requests to swap these were about other people or another day: none of them can be agreed to any more."""
    waiting = SlotSwap.objects.waiting()
    return int(
        (waiting.filter(given__in=slots) | waiting.filter(wanted__in=slots)).update(
            status=SlotSwap.Status.LAPSED, answered_at=timezone.now()
        )
    )


def empty_slot(slot: Presentation) -> None:
    """Take out what was prepared in a slot, so that the next presenter finds it as if nobody had been there."""
    slot.presenters.all().delete()
    slot.paper_places.all().delete()
    slot.topics.clear()
    for deck in slot.slide_decks.all():
        delete_slide_deck(deck)
    if slot.recordings.exists() or slot.recording_condition != Condition.EXPECTED:
        state_no_recording(slot, condition=Condition.EXPECTED)
    Presentation.objects.filter(pk=slot.pk).update(
        status=Presentation.Status.OPEN,
        claimed_by=None,
        claimed_at=None,
        title="",
        summary="",
        summary_html="",
        welcomes_company=False,
        slides_condition=Condition.EXPECTED,
        slides_reason="",
        slides_url="",
        updated_at=timezone.now(),
    )


def take_for(slot: Presentation, people: list[Member], *, by: Member | None) -> None:
    """Let an open slot that was filled in be that of `people`, the first of whom holds it."""
    first = people[0] if people else None
    now = timezone.now()
    Presentation.objects.filter(pk=slot.pk).update(
        status=Presentation.Status.CLAIMED, claimed_by=first, claimed_at=now, updated_at=now
    )
    record(slot, SlotEvent.Kind.ASSIGNED, member=first, by=by)
    for member in people[1:]:
        record(slot, SlotEvent.Kind.JOINED, member=member, by=by)


#: What happened to a slot that got this status.
STEPS_TO = {
    Presentation.Status.OPEN: SlotEvent.Kind.RELEASED,
    Presentation.Status.CLAIMED: SlotEvent.Kind.ASSIGNED,
    Presentation.Status.GIVEN: SlotEvent.Kind.GIVEN,
    Presentation.Status.CANCELLED: SlotEvent.Kind.CANCELLED,
}


def record_by_hand(before: Presentation, slot: Presentation, *, by: Member) -> None:
    """Note what a form that knows nothing of slots, such as the admin's, made of one: another session or status."""
    is_moved, is_changed = before.session_id != slot.session_id, before.status != slot.status
    if is_moved:
        record(slot, SlotEvent.Kind.SWAPPED, member=slot.claimed_by, by=by, note=BY_HAND)
    if is_changed:
        kind = STEPS_TO[Presentation.Status(slot.status)]
        if (before.status, slot.status) == (Presentation.Status.GIVEN, Presentation.Status.CLAIMED):
            kind = SlotEvent.Kind.UNDONE
        record(slot, kind, member=slot.claimed_by or before.claimed_by, by=by, note=BY_HAND)
    if is_moved or is_changed:
        lapse_swaps(slot)


def record_people(slot: Presentation, before: list[Member], after: list[Member], by: Member) -> None:
    """Note who joined and who left a slot that is to come; who claimed it holds it no longer when they left."""
    if slot.status != Presentation.Status.CLAIMED or slot.session_id is None:
        return
    for member in before:
        if member not in after:
            record(slot, SlotEvent.Kind.LEFT, member=member, by=by)
    for member in after:
        if member not in before:
            record(slot, SlotEvent.Kind.JOINED, member=member, by=by)
    if after and slot.claimed_by not in after:
        Presentation.objects.filter(pk=slot.pk).update(claimed_by=after[0])


def remove_presenter(slot: Presentation, member: Member, *, by: Member) -> bool:
    """Take one of several presenters out of a locked slot; the first of the others holds it then."""
    gone, _ = slot.presenters.filter(member=member).delete()
    if gone:
        rest = slot.presenters.exclude(member=None).first()
        if slot.claimed_by_id == member.pk:
            Presentation.objects.filter(pk=slot.pk).update(claimed_by=rest.member if rest else None)
        SlotSwap.objects.waiting().filter(given=slot, asked_by=member).update(
            status=SlotSwap.Status.LAPSED, answered_at=timezone.now()
        )
        record(slot, SlotEvent.Kind.LEFT, member=member, by=by)
    return bool(gone)


def why_not_free(presentation: Presentation) -> str:
    """Why a slot cannot be taken, in a sentence."""
    offer = presentation.standing_offer
    if presentation.status == Presentation.Status.CANCELLED:
        return "What was planned in this slot was called off."
    if presentation.status != Presentation.Status.OPEN:
        names = ", ".join(presentation.presenter_names) or "somebody else"
        return f"This slot went to {names} a moment ago."
    if not presentation.is_coming:
        return "This session is over or called off, so nobody can present in it."
    if offer:
        zone = presentation.session.time_zone if presentation.session else settings.TIME_ZONE
        return f"This slot is held for {offer.member} until {moment_text(offer.offer_ends_at, zone)}."
    return "This slot was moved to another session a moment ago."
