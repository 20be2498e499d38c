"""What a session lacks, in plain words, worst first; `Session.objects.needing_attention()` finds those that do.

It reads what `sessions.queries.term` has fetched, and asks nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone

from sessions.checklist import lacking
from sessions.models import Presentation, Session
from sessions.models.series import Format
from sessions.models.session import SLIDES_AHEAD

Tone = Literal["bad", "warn", "quiet"]
SOON_DAYS = 7
NEAR_DAYS = 28

#: What weighs more stands first.
WEIGHTS = {
    "empty": 100,
    "not_sent": 90,
    "not_given": 85,
    "open": 80,
    "nobody": 75,
    "paper": 70,
    "drawing": 68,
    "slides": 65,
    "roles": 50,
    "swap": 40,
}


@dataclass(frozen=True)
class Lack:
    """One thing that is missing; `talk` is the presentation that it is about."""

    key: str
    text: str
    talk: Presentation | None = None


def lacks_of(session: Any, at: datetime | None = None) -> list[Lack]:
    """What is missing in a session, worst first; nothing in one that was called off."""
    at = at or timezone.now()
    if session.is_cancelled:
        return []
    found = [Lack("not_sent", f"{mailing} could not be sent") for mailing in session.failed_mailings]
    if session.ends_at <= at:
        found += [Lack("not_given", f"{_title(talk)} is not marked as given", talk) for talk in _claimed(session)]
    else:
        found += _of_session(session)
        for talk in _claimed(session):
            found += _of_talk(talk, slides_are_due=session.starts_at < at + SLIDES_AHEAD)
    return sorted(found, key=lambda lack: -WEIGHTS[lack.key])


def tone_of(session: Session, at: datetime | None = None) -> Tone:
    """How much a lack matters by now."""
    days = (session.starts_at - (at or timezone.now())).days
    return "bad" if days < SOON_DAYS else "warn" if days < NEAR_DAYS else "quiet"


def _of_session(session: Any) -> list[Lack]:
    slots = [talk for talk in session.presentations.all() if talk.status != Presentation.Status.CANCELLED]
    if not slots and not session.role_count and session.format in (Format.TALKS, Format.ROLE_PLAY):
        return [Lack("empty", "Nothing is planned")]
    found = []
    if count := len(session.open_slots):
        found.append(Lack("open", "A slot is open" if count == 1 else f"{count} slots are open"))
    if count := session.free_role_count:
        found.append(Lack("roles", "A role is free" if count == 1 else f"{count} roles are free"))
    return found


def _of_talk(talk: Any, *, slides_are_due: bool) -> list[Lack]:
    names = " and ".join(talk.presenter_names)
    keys = {item.key for item in lacking(talk, "before")}
    decks = list(talk.slide_decks.all())
    found = []
    if not names:
        found.append(Lack("nobody", f"Nobody is named as the presenter of {_title(talk)}", talk))
    if "paper" in keys:
        found.append(Lack("paper", f"The paper of {names or 'a slot'} is not fixed", talk))
    if any(deck.status == deck.Status.FAILED for deck in decks) and not any(
        deck.is_current or deck.is_waiting for deck in decks
    ):
        found.append(Lack("drawing", f"The slides of {names or _title(talk)} could not be drawn", talk))
    elif "slides" in keys and slides_are_due:
        found.append(Lack("slides", f"The slides of {names or _title(talk)} are not here yet", talk))
    swaps = (swap for swap in talk.swaps_offered.all() if swap.status == swap.Status.ASKED)
    return found + [Lack("swap", f"{swap.asked_by} waits for an answer about a swap", talk) for swap in swaps]


def _claimed(session: Session) -> list[Any]:
    return [talk for talk in session.presentations.all() if talk.status == Presentation.Status.CLAIMED]


def _title(talk: Presentation) -> str:
    return f"“{talk.display_title}”"
