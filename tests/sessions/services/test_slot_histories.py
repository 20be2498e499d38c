"""Whatever members do to slots at the same time, each has one holder, and its history tells how it came to be so.

`SLOT_OPERATIONS` says how many operations are tried, `SLOT_SEED` which.
"""

import os
from collections import Counter
from random import Random

import pytest
from django.db.models import F

from sessions.models import Presentation, SlotEvent, SlotSwap, SlotWaiter
from sessions.services.presentations import (
    NotYours,
    SlotTaken,
    cancel_presentation,
    claim_presentation,
    give_presentation,
    open_slot,
    release_presentation,
)
from sessions.services.slots import (
    NotWelcome,
    add_presenter,
    assign_slot,
    drop_presenter,
    join_slot,
    welcome_company,
)
from sessions.services.swaps import CannotSwap, answer_swap, ask_swap, move_presentation
from sessions.services.waiting import NoLine, join_line, leave_line, pass_on_offers
from tests.factories import make_member, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)

OPERATIONS = int(os.environ.get("SLOT_OPERATIONS", "120"))
SEED = int(os.environ.get("SLOT_SEED", "7"))
AT_ONCE = 5
REFUSALS = (NotYours, SlotTaken, NotWelcome, CannotSwap, NoLine)
KINDS = SlotEvent.Kind


def row(pk: int) -> Presentation:
    return Presentation.objects.with_presenters().select_related("session").get(pk=pk)


def answer_any(who, agrees):
    for swap in SlotSwap.objects.waiting().filter(wanted__presenters__member=who):
        answer_swap(swap, by=who, agrees=agrees)


#: What is done by a member `who` to a slot `s`, with another slot `o`, a second member `m` and an organiser.
ACTS = {
    "claim": lambda who, s, o, m, boss: claim_presentation(row(s), member=who),
    "release": lambda who, s, o, m, boss: release_presentation(row(s), by=who),
    "open": lambda who, s, o, m, boss: release_presentation(row(s), by=boss, whole=True),
    "assign": lambda who, s, o, m, boss: assign_slot(row(s), member=who, by=boss),
    "welcome": lambda who, s, o, m, boss: welcome_company(row(s), by=boss, is_welcome=True),
    "join": lambda who, s, o, m, boss: join_slot(row(s), member=who),
    "add": lambda who, s, o, m, boss: add_presenter(row(s), member=m, by=who),
    "leave": lambda who, s, o, m, boss: drop_presenter(row(s), member=who, by=who),
    "remove": lambda who, s, o, m, boss: drop_presenter(row(s), member=m, by=boss),
    "ask": lambda who, s, o, m, boss: ask_swap(row(s), row(o), by=who),
    "agree": lambda who, s, o, m, boss: answer_any(who, agrees=True),
    "decline": lambda who, s, o, m, boss: answer_any(who, agrees=False),
    "move": lambda who, s, o, m, boss: move_presentation(row(s), row(o), by=boss),
    "wait": lambda who, s, o, m, boss: join_line(row(s).session, member=who),
    "wait no longer": lambda who, s, o, m, boss: leave_line(row(s).session, member=who),
    "pass on": lambda who, s, o, m, boss: pass_on_offers(),
    "give": lambda who, s, o, m, boss: row(s).status == "claimed" and give_presentation(row(s), by=boss),
    "cancel": lambda who, s, o, m, boss: cancel_presentation(row(s), by=boss),
}
OFTEN = ("claim", "claim", "claim", "join", "join", "welcome", "ask", "ask", "agree", "agree", "wait")
WORDS = [*(word for word in ACTS for _ in range(1 if word in ("give", "cancel") else 3)), *OFTEN]


def attempt(act):
    word, who, s, o, m, boss = act
    try:
        ACTS[word](who, s, o, m, boss)
    except REFUSALS:
        return f"{word} refused"
    return word


def replay(events, session: int) -> tuple:
    """The state that a history tells: status, session, holder, presenters."""
    status, holder, people = "open", None, []
    for event in events:
        match event.kind:
            case KINDS.CLAIMED | KINDS.ASSIGNED:
                assert (status, people) == ("open", []), "taken from somebody"
                status, holder, people = "claimed", event.member_id, [event.member_id]
            case KINDS.JOINED:
                people.append(event.member_id)
            case KINDS.LEFT:
                people.remove(event.member_id)
                holder = people[0] if holder == event.member_id else holder
            case KINDS.RELEASED:
                status, holder, people = "open", None, []
            case KINDS.SWAPPED:
                session = event.session_id
            case KINDS.GIVEN:
                status = "given"
            case KINDS.UNDONE:
                status = "claimed"
            case KINDS.CANCELLED:
                status = "cancelled"
    return status, session, holder, sorted(people)


def check(firsts: dict[int, int]) -> None:
    slots = Presentation.objects.prefetch_related("presenters", "slot_events")
    places = Counter()
    for slot in slots:
        people = sorted(person.member_id for person in slot.presenters.all())
        firsts.setdefault(slot.pk, slot.session_id)
        now = (slot.status, slot.session_id, slot.claimed_by_id, people)
        assert replay(slot.slot_events.all(), firsts[slot.pk]) == now, list(slot.slot_events.all())
        if slot.status == "claimed":
            assert slot.claimed_by_id in people
        places[slot.session_id, slot.position] += 1
    assert set(places.values()) == {1}
    held = SlotWaiter.objects.exclude(offered_slot=None)
    # A slot that is being given or called off lets go of its offer at the next look.
    pass_on_offers()
    assert held.exclude(offered_slot__status="open").count() == 0
    assert held.exclude(session=F("offered_slot__session")).count() == 0
    stale = SlotSwap.objects.waiting().exclude(given__status="claimed", wanted__status="claimed")
    assert stale.count() == 0


def test_many_hands_leave_one_holder_and_a_complete_history():
    random = Random(SEED)
    members = [make_member() for _ in range(6)]
    boss = make_member(is_organiser=True)
    sessions = [make_session(slots=2) for _ in range(3)]
    firsts = {slot.pk: slot.session_id for slot in Presentation.objects.all()}
    done: Counter[str] = Counter()
    for _ in range(max(1, OPERATIONS // AT_ONCE)):
        alive = list(Presentation.objects.filter(status__in=("open", "claimed")).values_list("pk", flat=True))
        while len(alive) < 4:
            slot = open_slot(random.choice(sessions))
            firsts[slot.pk] = slot.session_id
            alive.append(slot.pk)
        acts = [
            (random.choice(WORDS), random.choice(members), *random.sample(alive, 2), random.choice(members), boss)
            for _ in range(AT_ONCE)
        ]
        done.update(race(attempt, acts))
        check(firsts)
    assert {"claim", "open", "assign"} <= set(done), done
