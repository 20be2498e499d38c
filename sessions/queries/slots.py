"""What pages about slots ask: what to present, where it was read, which slots are free, who is in line."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from papers.models import Paper
from sessions.models import Presentation, Proposal, Session, SlotSwap, SlotWaiter, Vote

#: Papers of the queue that a member chooses from, and papers found by words of a title.
WANTED = 6
FOUND = 8
#: Other slots shown to who came too late.
FREE = 5


def wanted_papers(member: Any) -> list[Any]:
    """The queue's most wanted papers, and all that `member` said they would present, marked `is_mine`."""
    own = Vote.objects.filter(proposal=OuterRef("pk"), member=member, would_present=True)
    queue = Proposal.objects.in_queue().most_wanted().annotate(is_mine=Exists(own))
    queue = queue.select_related("paper").prefetch_related("paper__identifiers")
    most = list(queue[:WANTED])
    return most + [one for one in queue.filter(is_mine=True)[:WANTED] if one not in most]


def papers_called(text: str) -> list[Paper]:
    """Papers of the archive in whose title every word of `text` occurs, those of the shortest titles first."""
    found = Paper.objects.all()
    for word in text.split()[:10]:
        found = found.filter(title__icontains=word)
    return list(found.order_by("title", "pk").prefetch_related("identifiers")[:FOUND])


def sessions_with_slots(user: Any) -> Any:
    """The sessions to come in which members present, soonest first."""
    slots = Presentation.objects.slots().filter(session=OuterRef("pk"))
    return Session.objects.visible_to(user).planned().upcoming().filter(Exists(slots))


def free_sessions(user: Any, *, but: Session | None = None) -> list[Session]:
    """The next sessions with a slot for the taking."""
    free = Presentation.objects.claimable_by(user).filter(session=OuterRef("pk"))
    found = sessions_with_slots(user).filter(Exists(free)).for_listing(user)
    return [one for one in found[: FREE + 1] if one.open_slots and one != but][:FREE]


@dataclass(frozen=True)
class Line:
    """Who waits for a slot of a session, and the place of one member in it (None: not in it)."""

    length: int
    place: int | None
    is_offered: bool


def line_of(session: Session, user: Any) -> Line:
    """The line for a slot of `session`, as `user` sees it."""
    rows = list(
        SlotWaiter.objects.filter(session=session).order_by("since", "pk").values_list("member", "offered_slot")
    )
    waiting = [member for member, slot in rows if slot is None]
    place = waiting.index(user.pk) + 1 if user.is_authenticated and user.pk in waiting else None
    return Line(len(waiting), place, any(member == user.pk and slot for member, slot in rows))


def open_swaps(slot: Presentation) -> QuerySet[SlotSwap]:
    """Requests to swap that wait for an answer and concern a slot."""
    rows = SlotSwap.objects.waiting().filter(given=slot) | SlotSwap.objects.waiting().filter(wanted=slot)
    return rows.select_related("asked_by", "given__session__series", "wanted__session__series").order_by("asked_at")


def talks_to_swap_with(slot: Presentation, user: Any) -> Any:
    """Claimed slots of sessions to come whose presenters could be asked to change places with `slot`."""
    to_come = Session.objects.visible_to(user).planned().upcoming().order_by()
    talks = Presentation.objects.slots().visible_to(user).filter(status="claimed", session__in=to_come)
    talks = talks.filter(presenters__member__isnull=False).exclude(pk=slot.pk).exclude(presenters__member=user)
    talks = talks.prefetch_related("paper_places__paper__identifiers")
    return talks.select_related("session__series").with_presenters().distinct().order_by("session__starts_at", "pk")
