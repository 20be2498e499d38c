"""What presenters and those in line are told about their slots."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from readinggroup.models import Member
from readinggroup.services.mailing import send_once
from sessions.models import Presentation, Session, SlotEvent, SlotWaiter
from sessions.telling_words import group_time, moment_text, own_time

TEMPLATE = "sessions/mail/slot"


def tell_of_slot(
    to: Iterable[Member],
    slot: Presentation,
    *,
    event: str,
    headline: str,
    words: list[str],
    action: tuple[str, str] | None = None,
    quote: str = "",
    expires_at: datetime | None = None,
) -> None:
    """Write to these members about a slot: a headline, sentences, and where to go, as a label and a path."""
    session = slot.session
    if session is None:
        return
    label, path = action or ("See the presentation", slot.get_absolute_url())
    for member in to:
        context: dict[str, Any] = {
            "headline": headline,
            "words": words,
            "quote": quote,
            "label": label,
            "path": path,
            "session": session,
            "when": group_time(session),
            "own_when": own_time(session, member),
        }
        send_once(
            to=member,
            event=event,
            kind="presenting",
            template=TEMPLATE,
            context=context,
            expires_at=expires_at or session.ends_at,
        )


def tell_of_event(
    event: SlotEvent,
    to: Iterable[Member],
    *,
    headline: str,
    words: list[str],
    action: tuple[str, str] | None = None,
) -> None:
    """Write to these members, but for who did it, about one step of a slot that has yet to come."""
    slot = event.presentation
    if slot.is_coming:
        others = [one for one in dict.fromkeys(to) if one.pk != event.by_id]
        name = f"slot-{slot.pk}-event-{event.pk}"
        tell_of_slot(others, slot, event=name, headline=headline, words=words, action=action)


def tell_of_offer(waiter: SlotWaiter, session: Session) -> None:
    """Tell the next in line that a slot is held for them, and until when."""
    slot = waiter.offered_slot
    assert slot is not None
    assert waiter.offered_at is not None
    assert waiter.offer_ends_at is not None
    slot.session = session
    until = moment_text(waiter.offer_ends_at, waiter.member.time_zone or session.time_zone)
    tell_of_slot(
        [waiter.member],
        slot,
        event=f"slot-{slot.pk}-offer-{waiter.pk}-{waiter.offered_at:%Y%m%d%H%M%S%f}",
        headline=f"A slot is free: {session.display_title}",
        words=[
            "You waited for it, and you are the next in line.",
            f"It is held for you until {until}. Then it goes to the next in line, and at last to everybody.",
        ],
        action=("Take this slot", reverse("sessions:slot_claim", args=[slot.pk])),
        expires_at=waiter.offer_ends_at,
    )
