"""What follows when a slot is freed, or found by somebody who waited for one."""

from django.urls import reverse

from readinggroup.models import Member
from sessions.models import Presentation, SlotEvent, SlotWaiter
from sessions.services.slot_mails import tell_of_event
from sessions.services.slot_steps import empty_slot, lapse_swaps, record
from sessions.services.waiting import offer_free_slots


def open_again(slot: Presentation, people: list[Member], by: Member) -> None:
    """Empty a locked slot, tell those of its `people` who did not do it themselves, and hand it to the next in line."""
    title = slot.display_title
    lapse_swaps(slot)
    empty_slot(slot)
    event = record(slot, SlotEvent.Kind.RELEASED, member=people[0] if people else None, by=by)
    tell_of_event(
        event,
        people,
        headline="Your slot is open again",
        words=[f"{by} gave back the slot in which you would have presented “{title}”."],
        action=("See the open slots", reverse("sessions:slot_list")),
    )
    offer_free_slots(slot.session)


def leave_the_line(slot: Presentation, member: Member) -> None:
    """Who has a slot waits for none; another one that was held for them goes to the next."""
    waits = SlotWaiter.objects.filter(session=slot.session_id, member=member)
    held_another = waits.exclude(offered_slot=None).exclude(offered_slot=slot).exists()
    waits.delete()
    if held_another:
        offer_free_slots(slot.session)
