"""Changing places: agreed to once, lapsed when stale, no slot lost."""

from contextlib import suppress

import pytest

from readinggroup.models import Mail
from sessions.models import Presentation, SlotSwap
from sessions.services.presentations import (
    NotYours,
    SlotTaken,
    cancel_presentation,
    claim_presentation,
    edit_presentation,
    give_presentation,
    open_slot,
    release_presentation,
)
from sessions.services.sessions import cancel_session
from sessions.services.slots import assign_slot
from sessions.services.swaps import CannotSwap, answer_swap, ask_swap, move_presentation, withdraw_swap
from sessions.services.waiting import join_line
from tests.factories import make_member, make_paper, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


def claimed(member, **fields) -> Presentation:
    return claim_presentation(open_slot(make_session(**fields)), member=member, paper=make_paper())


@pytest.fixture
def dora(db):
    return make_member(name="Dora")


@pytest.fixture
def mine(bob):
    return claimed(bob, title="Bob's evening")


@pytest.fixture
def theirs(dora):
    return claimed(dora, title="Dora's evening")


def place(slot) -> tuple:
    return Presentation.objects.values_list("session__title", "position").get(pk=slot.pk)


def test_agreed_swap_changes_days_and_keeps_addresses_and_papers(bob, dora, mine, theirs):
    before = {slot.pk: (slot.get_absolute_url(), list(slot.papers.all())) for slot in (mine, theirs)}
    swap = ask_swap(mine, theirs, by=bob, message="I am away.")
    assert answer_swap(swap, by=dora, agrees=True).status == "agreed"
    assert (place(mine)[0], place(theirs)[0]) == ("Dora's evening", "Bob's evening")
    for slot in (mine, theirs):
        slot.refresh_from_db()
        assert (slot.get_absolute_url(), list(slot.papers.all())) == before[slot.pk]
        assert slot.slot_events.last().kind == "swapped"
        assert slot.slot_events.last().session == slot.session


def test_both_are_told_by_mail(bob, dora, mine, theirs):
    swap = ask_swap(mine, theirs, by=bob, message="I am away.")
    asked = Mail.objects.get(event=f"swap-{swap.pk}-asked")
    assert asked.address == dora.email
    assert "I am away." in asked.text
    assert f"/swaps/{swap.pk}/" in asked.text
    assert "Bob's evening" in asked.text
    answer_swap(swap, by=dora, agrees=True)
    assert sorted(Mail.objects.filter(event=f"swap-{swap.pk}-agreed").values_list("address", flat=True)) == [
        bob.email,
        dora.email,
    ]


def test_declined_or_withdrawn_swap_changes_nothing(bob, dora, mine, theirs):
    declined = answer_swap(ask_swap(mine, theirs, by=bob), by=dora, agrees=False)
    assert declined.status == "declined"
    withdrawn = withdraw_swap(ask_swap(mine, theirs, by=bob), by=bob)
    assert answer_swap(withdrawn, by=dora, agrees=True).status == "withdrawn"
    assert (place(mine)[0], place(theirs)[0]) == ("Bob's evening", "Dora's evening")


def test_asking_twice_asks_once_and_asking_back_is_sent_to_the_first_request(bob, dora, mine, theirs):
    assert ask_swap(mine, theirs, by=bob) == ask_swap(mine, theirs, by=bob)
    with pytest.raises(CannotSwap, match="asked you"):
        ask_swap(theirs, mine, by=dora)


def test_only_its_people_ask_and_answer(alice, bob, dora, mine, theirs):
    with pytest.raises(NotYours):
        ask_swap(mine, theirs, by=dora)
    swap = ask_swap(mine, theirs, by=bob)
    for other in (bob, alice):
        with pytest.raises(NotYours):
            answer_swap(swap, by=other, agrees=True)
    with pytest.raises(NotYours):
        withdraw_swap(swap, by=dora)


def test_what_is_not_to_come_is_not_swapped(bob, dora, mine, theirs):
    give_presentation(theirs)
    with pytest.raises(CannotSwap, match="not to come"):
        ask_swap(mine, theirs, by=bob)
    with pytest.raises(CannotSwap, match="same"):
        ask_swap(mine, mine, by=bob)


STALE = {
    "released": lambda w: release_presentation(w.theirs, by=w.dora),
    "released and claimed again": lambda w: claim_presentation(
        release_presentation(w.theirs, by=w.dora), member=w.dora
    ),
    "handed on": lambda w: assign_slot(w.mine, member=w.alice, by=w.alice),
    "moved": lambda w: move_presentation(w.mine, open_slot(make_session()), by=w.bob),
    "moved in the form": lambda w: edit_presentation(w.mine, session=make_session()),
    "given": lambda w: give_presentation(w.mine),
    "called off": lambda w: cancel_presentation(w.theirs, by=w.alice),
    "its session called off": lambda w: cancel_session(w.theirs.session, reason="Ill."),
}


@pytest.mark.parametrize("what", STALE)
def test_stale_request_lapses(alice, bob, dora, mine, theirs, what):
    from types import SimpleNamespace

    swap = ask_swap(mine, theirs, by=bob)
    STALE[what](SimpleNamespace(alice=alice, bob=bob, dora=dora, mine=mine, theirs=theirs))
    before = (place(mine), place(theirs))
    with suppress(NotYours):
        answer_swap(swap, by=dora, agrees=True)
    swap.refresh_from_db()
    assert swap.status == "lapsed"
    assert (place(mine), place(theirs)) == before


def test_talk_moves_to_an_open_slot_and_leaves_its_own_open_for_who_waits(alice, bob, mine):
    free = open_slot(make_session(title="Free evening"))
    waiter = join_line(mine.session, member=alice)
    move_presentation(mine, free, by=bob)
    assert (place(mine), place(free)) == (("Free evening", 1), ("Bob's evening", 1))
    waiter.refresh_from_db()
    assert waiter.offered_slot == free


def test_talk_does_not_move_to_a_slot_that_is_taken_held_or_moved(alice, bob, dora, mine, theirs):
    with pytest.raises(SlotTaken, match="Dora"):
        move_presentation(mine, theirs, by=bob)
    join_line(theirs.session, member=alice)
    release_presentation(theirs, by=dora)
    with pytest.raises(SlotTaken, match="held for Alice"):
        move_presentation(mine, theirs, by=bob)
    with pytest.raises(NotYours):
        move_presentation(mine, open_slot(make_session()), by=dora)
    assert place(mine)[0] == "Bob's evening"


@pytest.mark.django_db(transaction=True)
def test_of_two_swaps_about_one_talk_at_once_one_wins_and_no_slot_is_lost():
    members = [make_member() for _ in range(3)]
    for _ in range(3):
        talks = [claimed(member) for member in members]
        places = {place(talk) for talk in talks}
        middle = talks[1]
        swaps = [ask_swap(talk, middle, by=member) for talk, member in ((talks[0], members[0]), (talks[2], members[2]))]
        answers = race(lambda swap: answer_swap(swap, by=members[1], agrees=True).status, swaps)
        assert sorted(answers) == ["agreed", "lapsed"]
        assert {place(talk) for talk in talks} == places
        assert SlotSwap.objects.waiting().count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_who_move_to_one_slot_at_once_one_gets_it():
    talks = [(claimed(member, title=f"Of {member}"), member) for member in [make_member() for _ in range(6)]]
    free = open_slot(make_session(title="Wanted"))
    # Where everybody saw it: whoever looks later finds it in the session that the first one left.
    seen = {talk.pk: Presentation.objects.get(pk=free.pk) for talk, _ in talks}

    def move(pair):
        talk, member = pair
        try:
            move_presentation(talk, seen[talk.pk], by=member)
        except SlotTaken:
            return False
        return True

    assert race(move, talks).count(True) == 1
    assert [place(talk)[0] for talk, _ in talks].count("Wanted") == 1
    free.refresh_from_db()
    assert free.status == "open"
