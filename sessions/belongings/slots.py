"""What of the life of slots belongs to a member."""

from django.db.models import Q

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.models import Presentation, Session, SlotEvent, SlotSwap, SlotWaiter
from sessions.services.slot_freeing import open_again
from sessions.services.slot_steps import lapse_swaps, lock_slot, remove_presenter
from sessions.services.waiting import leave_line


def export_slots(member: Member) -> Rows:
    events = SlotEvent.objects.filter(Q(member=member) | Q(by=member)).select_related("presentation")
    return [
        {
            "slot": event.presentation.display_title,
            "what": event.get_kind_display(),
            "is_about_me": event.member_id == member.pk,
            "at": event.at.isoformat(),
            "note": event.note,
        }
        for event in events
    ]


def export_waits(member: Member) -> Rows:
    waits = SlotWaiter.objects.filter(member=member).select_related("session__series")
    return [{"session": str(one.session), "since": one.since.isoformat()} for one in waits]


def export_swaps(member: Member) -> Rows:
    swaps = SlotSwap.objects.filter(Q(asked_by=member) | Q(answered_by=member)).select_related("given", "wanted")
    return [
        {
            "given": one.given.display_title,
            "wanted": one.wanted.display_title,
            "message": one.message if one.asked_by_id == member.pk else "",
            "status": one.status,
            "asked_at": one.asked_at.isoformat(),
        }
        for one in swaps
    ]


def release_slots(member: Member) -> None:
    """Slots that were only claimed open again, for the next in line; co-presenters keep theirs.

    What is over and nobody marked as given yet was given all the same, and stays.
    """
    mine = Presentation.objects.filter(presenters__member=member, status=Presentation.Status.CLAIMED)
    for pk in mine.slots().order_by("pk").values_list("pk", flat=True):
        slot = lock_slot(pk)
        if not slot.may_move:
            continue
        lapse_swaps(slot)
        if slot.presenters.count() == 1:
            open_again(slot, [member], member)
        else:
            remove_presenter(slot, member, by=member)


def release_waits(member: Member, name: str) -> None:
    for session in Session.objects.filter(slot_waiters__member=member).order_by("pk"):
        leave_line(session, member=member)


def register_slots() -> None:
    """Make the slots known to the export and the farewell."""
    register(Belonging(key="slot_history", export=export_slots, release=lambda member, name: None))
    register(Belonging(key="slot_waits", export=export_waits, release=release_waits))
    register(Belonging(key="swaps", export=export_swaps, release=lambda member, name: None))
