"""The waiting list of a session whose slots are taken: who is in line, and for whom a freed slot is held."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from readinggroup.models import Member
from sessions.models import Presentation, Session, SlotWaiter
from sessions.services.slot_mails import tell_of_offer
from sessions.services.slot_steps import lock_session


class NoLine(Exception):
    """There is nothing to wait for; the sentence says why."""


def join_line(session: Session, *, member: Member) -> SlotWaiter:
    """Put `member` at the end of the line for a slot of `session`; who is in line keeps their place.

    Raises NoLine when the session is over, called off or has no slots, or when a slot is free for the taking.
    """
    with transaction.atomic():
        locked = lock_session(session.pk)
        if locked is None or locked.is_cancelled or locked.is_over:
            raise NoLine("This session is over or called off, so nobody can present in it.")
        own = SlotWaiter.objects.filter(session=locked, member=member).first()
        if own is not None:
            return own
        slots = Presentation.objects.slots().filter(session=locked)
        if not slots.exists():
            raise NoLine("This session has no slots, so there is nothing to wait for.")
        offer_free_slots(locked)
        if slots.claimable_by(member).exists():
            raise NoLine("A slot of this session is open: take it.")
        if slots.filter(presenters__member=member, status=Presentation.Status.CLAIMED).exists():
            raise NoLine("You present in this session already.")
        return SlotWaiter.objects.create(session=locked, member=member)


def leave_line(session: Session, *, member: Member) -> bool:
    """Take `member` out of the line; a slot that was held for them goes to the next. False when they were not in it."""
    with transaction.atomic():
        lock_session(session.pk)
        gone, _ = SlotWaiter.objects.filter(session=session, member=member).delete()
        if gone:
            offer_free_slots(session)
    return bool(gone)


def end_line(session: Session) -> int:
    """Send everybody home: the session is called off or has begun."""
    gone, _ = SlotWaiter.objects.filter(session=session).delete()
    return gone


def offer_free_slots(session: Session | None, *, at: datetime | None = None) -> int:
    """Hold the open slots of `session` for those who are first in line, and tell them; return how many were offered.

    To be called in the transaction that frees a slot, so that nobody else gets in between. Offers that ended go to the
    next; of two who call this at once the second finds the work done.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = lock_session(session.pk) if session else None
        if locked is None or not SlotWaiter.objects.filter(session=locked).exists():
            return 0
        if locked.is_cancelled or locked.starts_at <= at:
            end_line(locked)
            return 0
        _clear_old_offers(locked, at)
        # A slot that another transaction works on is left to it, and to the next look.
        free = Presentation.objects.slots().open().filter(session=locked)
        free = free.exclude(pk__in=SlotWaiter.objects.exclude(offered_slot=None).values("offered_slot"))
        rows = list(free.select_for_update(no_key=True, skip_locked=True).order_by("position", "pk"))
        line = SlotWaiter.objects.filter(session=locked, member__is_active=True).in_line().select_related("member")
        pairs = list(zip(rows, line, strict=False))
        for slot, waiter in pairs:
            _hold(slot, waiter, locked, at)
    return len(pairs)


def pass_on_offers(at: datetime | None = None) -> int:
    """Look through every line for offers that ended and slots that are free; return how many were offered anew."""
    sessions = Session.objects.filter(pk__in=SlotWaiter.objects.values("session")).order_by("pk")
    return sum(offer_free_slots(session, at=at) for session in sessions)


def _clear_old_offers(session: Session, at: datetime) -> None:
    """Who let their time pass has left the line; whose slot went elsewhere is in line as before."""
    waiters = SlotWaiter.objects.filter(session=session).exclude(offered_slot=None)
    waiters.filter(offer_ends_at__lte=at).delete()
    here = Presentation.objects.open().filter(session=session)
    waiters.exclude(offered_slot__in=here).update(offered_slot=None, offered_at=None, offer_ends_at=None)


def _hold(slot: Presentation, waiter: SlotWaiter, session: Session, at: datetime) -> None:
    waiter.offered_slot, waiter.offered_at = slot, at
    waiter.offer_ends_at = min(at + timedelta(hours=settings.SLOT_OFFER_HOURS), session.starts_at)
    waiter.save(update_fields=["offered_slot", "offered_at", "offer_ends_at"])
    tell_of_offer(waiter, session)
