"""Changing places: a presenter asks another, or moves to an open slot. Addresses stay, sessions change."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Presentation, SlotEvent, SlotSwap
from sessions.services.presentations import NotYours, SlotTaken
from sessions.services.slot_freeing import leave_the_line
from sessions.services.slot_mails import tell_of_slot
from sessions.services.slot_steps import is_presenter, lapse_swaps, lock_session, lock_slots, record
from sessions.services.waiting import offer_free_slots

LAPSED = "This swap is no longer possible: one of the two presentations was moved, given back, given or called off."


class CannotSwap(Exception):
    """These two cannot change places; the sentence says why."""


def ask_swap(given: Presentation, wanted: Presentation, *, by: Member, message: str = "") -> SlotSwap:
    """Ask those who present `wanted` to change places with `given`, which `by` presents. Asking twice asks once.

    Raises NotYours for who does not present `given`, and CannotSwap.
    """
    with transaction.atomic():
        slots = lock_slots(given.pk, wanted.pk)
        mine, theirs = slots[given.pk], slots[wanted.pk]
        if not is_presenter(mine, by):
            raise NotYours("Only who presents it can offer it.")
        if reason := _obstacle(mine, theirs) or ("You present both." if is_presenter(theirs, by) else ""):
            raise CannotSwap(reason)
        if not _members(theirs):
            raise CannotSwap("Nobody who has an account presents there, so nobody can agree.")
        waiting = SlotSwap.objects.waiting()
        if known := waiting.filter(given=mine, wanted=theirs).first():
            return known
        if waiting.filter(given=theirs, wanted=mine).exists():
            raise CannotSwap("They asked you for the same swap: agree to that.")
        swap = SlotSwap.objects.create(given=mine, wanted=theirs, asked_by=by, message=message)
        _tell_of_request(swap)
    return swap


def answer_swap(swap: SlotSwap, *, by: Member, agrees: bool) -> SlotSwap:
    """Agree to a swap, or decline it; of any number of answers the first counts.

    On agreement both presentations change places in one transaction. What is no longer possible lapses. Raises NotYours
    for who does not present what is wanted.
    """
    with transaction.atomic():
        slots = lock_slots(swap.given_id, swap.wanted_id)
        given, wanted = slots[swap.given_id], slots[swap.wanted_id]
        if not is_presenter(wanted, by):
            raise NotYours("Only who presents it can answer.")
        is_possible = not _obstacle(given, wanted) and is_presenter(given, swap.asked_by)
        status = SlotSwap.Status.DECLINED
        if agrees:
            status = SlotSwap.Status.AGREED if is_possible else SlotSwap.Status.LAPSED
        if _settle(swap, status, by):
            if status == SlotSwap.Status.AGREED:
                _change_places(given, wanted, by)
                lapse_swaps(given, wanted)
            _tell_of_answer(swap, given, wanted)
    swap.refresh_from_db()
    return swap


def withdraw_swap(swap: SlotSwap, *, by: Member) -> SlotSwap:
    """Take a request back. Raises NotYours for others than who asked."""
    if swap.asked_by_id != by.pk:
        raise NotYours("Only who asked can take it back.")
    _settle(swap, SlotSwap.Status.WITHDRAWN, by)
    swap.refresh_from_db()
    return swap


def move_presentation(presentation: Presentation, slot: Presentation, *, by: Member) -> Presentation:
    """Move a presentation to an open slot, which takes its old place and is offered to who waits there.

    `slot` is as the caller saw it: once the presentation is in that session, moving it there again changes nothing.
    A session that was called off can be left too. Raises NotYours for others than its presenters and organisers,
    CannotSwap when the presentation is not to come, and SlotTaken when the slot is not free.
    """
    with transaction.atomic():
        slots = lock_slots(presentation.pk, slot.pk)
        mine, target = slots[presentation.pk], slots[slot.pk]
        if not (by.is_organiser or is_presenter(mine, by)):
            raise NotYours("Only who presents it can move it.")
        if mine.session_id == slot.session_id:
            return presentation
        if not mine.may_move or not Presentation.objects.slots().filter(pk=mine.pk).exists():
            raise CannotSwap(f"“{mine.display_title}” is not to come any more: it was given or given back.")
        _lock_sessions(mine, target)
        offer_free_slots(target.session)
        free = Presentation.objects.claimable_by(by).filter(pk=target.pk, session=slot.session_id)
        if not free.update(updated_at=timezone.now()):
            rows = Presentation.objects.with_presenters().with_offer().select_related("session")
            raise SlotTaken(rows.get(pk=target.pk))
        lapse_swaps(mine)
        left = mine.session
        _change_places(mine, target, by)
        _leave_lines(mine)
        offer_free_slots(left)
    presentation.refresh_from_db()
    return presentation


def _obstacle(one: Presentation, other: Presentation) -> str:
    """Why these two cannot change places; "" when they can."""
    if one.pk == other.pk:
        return "These are one and the same."
    return _not_to_come(one) or _not_to_come(other)


def _not_to_come(slot: Presentation) -> str:
    is_slot = Presentation.objects.slots().filter(pk=slot.pk).exists()
    if not is_slot or slot.status != Presentation.Status.CLAIMED or not slot.is_coming:
        return f"“{slot.display_title}” is not to come any more: it was given, given back, or called off."
    return ""


def _settle(swap: SlotSwap, status: SlotSwap.Status, by: Member) -> bool:
    """Answer a request that still waits; False when it was settled before."""
    settled = SlotSwap.objects.waiting().filter(pk=swap.pk)
    return bool(settled.update(status=status, answered_by=by, answered_at=timezone.now()))


def _change_places(one: Presentation, other: Presentation, by: Member) -> None:
    """Exchange session and place of two locked rows, and note it in both histories."""
    _lock_sessions(one, other)
    places = {one.pk: (other.session_id, other.position), other.pk: (one.session_id, one.position)}
    # A place is one presentation's at a time: one row steps aside first.
    Presentation.objects.filter(pk=one.pk).update(position=None)
    for slot in (other, one):
        slot.session_id, slot.position = places[slot.pk]
        Presentation.objects.filter(pk=slot.pk).update(
            session=slot.session_id, position=slot.position, updated_at=timezone.now()
        )
        slot.refresh_from_db()
        record(slot, SlotEvent.Kind.SWAPPED, member=slot.claimed_by, by=by)


def _lock_sessions(*slots: Presentation) -> None:
    for session in sorted({slot.session_id for slot in slots if slot.session_id}):
        lock_session(session)


def _leave_lines(slot: Presentation) -> None:
    for member in _members(slot):
        leave_the_line(slot, member)


def _members(slot: Presentation) -> list[Member]:
    return [one.member for one in slot.presenters.select_related("member") if one.member]


def _tell_of_request(swap: SlotSwap) -> None:
    given, wanted = swap.given, swap.wanted
    assert given.session is not None
    tell_of_slot(
        _members(wanted),
        given,
        event=f"swap-{swap.pk}-asked",
        headline=f"{swap.asked_by} would like to swap",
        words=[f"It is about your “{wanted.display_title}”. You would present in the session below instead."],
        quote=swap.message,
        action=("Agree or decline", reverse("sessions:swap_detail", args=[swap.pk])),
    )


def _tell_of_answer(swap: SlotSwap, given: Presentation, wanted: Presentation) -> None:
    swap.refresh_from_db()
    path = reverse("sessions:swap_detail", args=[swap.pk])
    if swap.status == SlotSwap.Status.AGREED:
        for slot in (given, wanted):
            tell_of_slot(
                _members(slot),
                slot,
                event=f"swap-{swap.pk}-agreed",
                headline=f"Swapped: “{slot.display_title}” has a new day",
                words=[f"{swap.answered_by} agreed to the swap that {swap.asked_by} asked for."],
            )
        return
    declined = swap.status == SlotSwap.Status.DECLINED
    sentence = f"{swap.answered_by} would rather keep the day. Yours stays as it is." if declined else LAPSED
    headline = "No swap" if declined else "The swap is no longer possible"
    tell_of_slot(
        [swap.asked_by], given, event=f"swap-{swap.pk}-answered", headline=headline, words=[sentence],
        action=("See the request", path),
    )  # fmt: skip
