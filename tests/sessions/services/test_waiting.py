"""The line for a slot: who is next has it held for a while, and nobody gets in between."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from readinggroup.models import Mail
from readinggroup.services.members import erase_member
from sessions.models import Presentation, SlotWaiter
from sessions.services.presentations import (
    SlotTaken,
    cancel_presentation,
    claim_presentation,
    give_presentation,
    open_slot,
    release_presentation,
)
from sessions.services.sessions import cancel_session
from sessions.services.waiting import NoLine, join_line, leave_line, pass_on_offers
from tests.factories import make_member, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_session(title="Popular evening")


@pytest.fixture
def slot(session, bob):
    return claim_presentation(open_slot(session), member=bob)


@pytest.fixture
def dora(db):
    return make_member(name="Dora")


def held_for(slot):
    offer = Presentation.objects.with_offer().get(pk=slot.pk).standing_offer
    return offer.member if offer else None


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=True)


def test_freed_slot_is_held_for_the_first_in_line_who_is_told(alice, bob, dora, session, slot):
    join_line(session, member=dora)
    join_line(session, member=alice)
    release_presentation(slot, by=bob)
    assert held_for(slot) == dora
    with pytest.raises(SlotTaken, match="held for Dora until"):
        claim_presentation(slot, member=bob)
    mail = Mail.objects.get(subject__contains="A slot is free")
    assert (mail.address, mail.kind) == (dora.email, "presenting")
    assert f"/slots/{slot.pk}/claim/" in mail.text
    assert mail.expires_at == SlotWaiter.objects.get(member=dora).offer_ends_at
    claim_presentation(slot, member=dora)
    assert not SlotWaiter.objects.filter(member=dora).exists()


@pytest.mark.parametrize("free", ["release", "cancel", "open", "erase"])
def test_every_way_of_freeing_a_slot_reaches_the_line(alice, bob, dora, session, slot, free):
    join_line(session, member=dora)
    match free:
        case "release":
            release_presentation(slot, by=bob)
        case "cancel":
            cancel_presentation(slot, by=alice)
        case "open":
            open_slot(session)
        case "erase":
            erase_member(bob, keep_name=False)
    offer = SlotWaiter.objects.get(member=dora)
    assert offer.offered_slot.status == "open"
    assert offer.offer_ends_at > timezone.now()


def test_offer_that_ended_goes_to_the_next_by_the_clock(alice, bob, dora, session, slot):
    join_line(session, member=dora)
    join_line(session, member=alice)
    release_presentation(slot, by=bob)
    assert pass_on_offers() == 0
    with later(hours=25):
        assert pass_on_offers() == 1
        assert held_for(slot) == alice
        assert pass_on_offers() == 0
    with later(hours=50):
        pass_on_offers()
        claim_presentation(slot, member=dora)
    assert not SlotWaiter.objects.exists()
    assert Mail.objects.filter(subject__contains="A slot is free").count() == 2


def test_offer_that_ended_goes_to_the_next_when_somebody_else_tries(alice, bob, dora, session, slot):
    join_line(session, member=dora)
    join_line(session, member=alice)
    release_presentation(slot, by=bob)
    with later(hours=25):
        with pytest.raises(SlotTaken, match="held for Alice"):
            claim_presentation(slot, member=bob)
        claim_presentation(slot, member=alice)


def test_offer_ends_when_the_session_begins(bob, dora):
    soon = make_session(starts_at=timezone.now() + timedelta(hours=2))
    slot = claim_presentation(open_slot(soon), member=bob)
    join_line(soon, member=dora)
    release_presentation(slot, by=bob)
    assert SlotWaiter.objects.get().offer_ends_at == soon.starts_at


def test_hours_of_an_offer_are_a_setting(settings, bob, dora, session, slot):
    settings.SLOT_OFFER_HOURS = 3
    join_line(session, member=dora)
    release_presentation(slot, by=bob)
    waiter = SlotWaiter.objects.get()
    assert waiter.offer_ends_at - waiter.offered_at == timedelta(hours=3)


def test_leaving_the_line_hands_the_offer_on(alice, bob, dora, session, slot):
    join_line(session, member=dora)
    join_line(session, member=alice)
    release_presentation(slot, by=bob)
    assert leave_line(session, member=dora)
    assert not leave_line(session, member=dora)
    assert held_for(slot) == alice


def test_line_is_for_full_sessions_and_for_those_who_do_not_present(bob, dora, session, slot):
    with pytest.raises(NoLine, match="present in this session already"):
        join_line(session, member=bob)
    assert join_line(session, member=dora) == join_line(session, member=dora)
    other = make_session(slots=1)
    with pytest.raises(NoLine, match="is open"):
        join_line(other, member=dora)
    with pytest.raises(NoLine, match="no slots"):
        join_line(make_session(), member=dora)
    cancel_session(other, reason="Ill.")
    with pytest.raises(NoLine, match="called off"):
        join_line(other, member=dora)


def test_calling_the_session_off_ends_the_line(dora, session, slot):
    join_line(session, member=dora)
    cancel_session(session, reason="Ill.")
    assert not SlotWaiter.objects.exists()


def test_who_claims_another_slot_hands_the_held_one_on(alice, bob, dora, session, slot):
    join_line(session, member=dora)
    join_line(session, member=alice)
    release_presentation(slot, by=bob)
    another = open_slot(session)
    assert held_for(another) == alice
    third = open_slot(session)
    claim_presentation(third, member=dora)
    assert held_for(slot) is None
    assert held_for(another) == alice


def test_held_slot_that_was_given_leaves_its_member_in_line(bob, dora, session, slot):
    join_line(session, member=dora)
    release_presentation(slot, by=bob)
    give_presentation(slot)
    pass_on_offers()
    assert SlotWaiter.objects.in_line().get().member == dora


def test_members_who_are_gone_are_passed_over(alice, bob, dora, session, slot):
    join_line(session, member=dora)
    join_line(session, member=alice)
    type(dora).objects.filter(pk=dora.pk).update(is_active=False)
    release_presentation(slot, by=bob)
    assert held_for(slot) == alice


@pytest.mark.django_db(transaction=True)
def test_nobody_but_the_next_in_line_gets_a_slot_that_is_freed_in_a_crowd(bob):
    session = make_session()
    slot = claim_presentation(open_slot(session), member=bob)
    next_one = make_member(name="Dora")
    join_line(session, member=next_one)
    crowd = [make_member() for _ in range(12)]

    def act(who):
        seen = Presentation.objects.get(pk=slot.pk)
        if who == bob:
            release_presentation(seen, by=bob)
            return None
        try:
            claim_presentation(seen, member=who)
        except SlotTaken:
            return None
        return who

    # The crowd tries until the slot is free, and after.
    winners = [won for won in race(act, [*crowd[:6], bob, *crowd[6:]]) if won]
    winners += [won for won in race(act, crowd) if won]
    assert winners == []
    assert held_for(slot) == next_one
    assert race(act, [next_one, *crowd])[0] == next_one


@pytest.mark.django_db(transaction=True)
def test_joining_the_line_while_the_slot_is_freed_misses_nothing(bob):
    for _ in range(5):
        session = make_session()
        slot = claim_presentation(open_slot(session), member=bob)
        dora = make_member()

        def act(what, session=session, slot=slot, dora=dora):
            if what == "release":
                release_presentation(Presentation.objects.get(pk=slot.pk), by=bob)
                return None
            try:
                return join_line(session, member=dora)
            except NoLine:
                return None

        _, waiter = race(act, ["release", "join"])
        # Either it is held for who joined in time, or they were told that it is open.
        assert (held_for(slot) == dora) == (waiter is not None)


@pytest.mark.django_db(transaction=True)
def test_two_who_pass_offers_on_at_once_make_one_offer(bob):
    session = make_session()
    slot = claim_presentation(open_slot(session), member=bob)
    for _ in range(3):
        join_line(session, member=make_member())
    release_presentation(slot, by=bob)
    SlotWaiter.objects.filter(offered_slot=slot).update(offer_ends_at=timezone.now())
    assert sum(race(lambda _: pass_on_offers(), range(4))) == 1
    assert SlotWaiter.objects.count() == 2
