"""Who presents in a slot: assigned, joined, left, handed on."""

import pytest

from readinggroup.models import Mail
from sessions.models import Presentation
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
from tests.factories import make_member, make_paper, make_presentation, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return open_slot(make_session())


def steps(slot) -> list[tuple]:
    return [(event.kind, event.member, event.by) for event in slot.slot_events.all()]


def told(headline: str) -> list[str]:
    return sorted(mail.address for mail in Mail.objects.filter(subject__contains=headline, kind="presenting"))


def test_organiser_assigns_an_open_slot_and_the_member_is_told(alice, bob, slot):
    assign_slot(slot, member=bob, by=alice)
    slot.refresh_from_db()
    assert (slot.status, slot.claimed_by, slot.presenter_names) == ("claimed", bob, ["Bob"])
    assert steps(slot) == [("assigned", bob, alice)]
    assert told("You present") == [bob.email]


def test_assigned_member_gives_the_slot_back(alice, bob, slot):
    release_presentation(assign_slot(slot, member=bob, by=alice), by=bob)
    slot.refresh_from_db()
    assert slot.status == "open"


def test_only_organisers_assign(bob, slot):
    with pytest.raises(NotYours):
        assign_slot(slot, member=bob, by=make_member())


def test_assigning_does_not_undo_a_claim_made_meanwhile(alice, bob, slot):
    seen = Presentation.objects.get(pk=slot.pk)
    claim_presentation(slot, member=bob)
    with pytest.raises(SlotTaken, match="Bob"):
        assign_slot(seen, member=make_member(), by=alice)
    assert slot.presenter_names == ["Bob"]


def test_slot_is_handed_on_with_what_is_prepared(alice, bob, slot):
    paper, dora = make_paper(), make_member(name="Dora")
    claim_presentation(slot, member=bob, paper=paper)
    assign_slot(slot, member=dora, by=alice)
    slot.refresh_from_db()
    assert (slot.claimed_by, slot.presenter_names, list(slot.papers.all())) == (dora, ["Dora"], [paper])
    assert [kind for kind, _, _ in steps(slot)] == ["claimed", "released", "assigned"]
    assert told("went to somebody else") == [bob.email]


def test_slot_that_changed_hands_meanwhile_is_not_handed_on(alice, bob, slot):
    claim_presentation(slot, member=bob)
    seen = Presentation.objects.get(pk=slot.pk)
    assign_slot(slot, member=make_member(name="Dora"), by=alice)
    with pytest.raises(SlotTaken, match="Dora"):
        assign_slot(seen, member=make_member(), by=alice)


@pytest.mark.django_db(transaction=True)
def test_of_a_claim_and_many_assignments_at_once_one_wins(alice):
    slot = open_slot(make_session())
    members = [make_member() for _ in range(8)]

    def take(number):
        seen = Presentation.objects.get(pk=slot.pk)
        try:
            if number % 2:
                return claim_presentation(seen, member=members[number]) and members[number]
            return assign_slot(seen, member=members[number], by=alice) and members[number]
        except SlotTaken:
            return None

    winners = [winner for winner in race(take, range(8)) if winner]
    slot.refresh_from_db()
    assert slot.claimed_by == winners[-1] or slot.claimed_by in winners
    assert [one.member for one in slot.presenters.all()] == [slot.claimed_by]


def test_co_presenter_joins_where_company_is_welcome(bob, slot):
    dora = make_member(name="Dora")
    claim_presentation(slot, member=bob)
    with pytest.raises(NotWelcome):
        join_slot(slot, member=dora)
    welcome_company(slot, by=bob, is_welcome=True)
    assert join_slot(slot, member=dora)
    assert not join_slot(slot, member=dora)
    assert slot.presenter_names == ["Bob", "Dora"]
    assert steps(slot)[1:] == [("joined", dora, dora)]
    assert told("Dora presents with you") == [bob.email]


def test_nobody_joins_an_open_slot_or_one_that_was_given(bob, slot):
    with pytest.raises(NotWelcome):
        join_slot(slot, member=bob)
    claim_presentation(slot, member=bob)
    welcome_company(slot, by=bob, is_welcome=True)
    give_presentation(slot)
    with pytest.raises(NotWelcome):
        join_slot(slot, member=make_member())


@pytest.mark.django_db(transaction=True)
def test_joining_many_times_at_once_is_joining_once(bob):
    slot = claim_presentation(open_slot(make_session()), member=bob)
    welcome_company(slot, by=bob, is_welcome=True)
    dora = make_member()
    answers = race(lambda _: join_slot(Presentation.objects.get(pk=slot.pk), member=dora), range(6))
    assert answers.count(True) == 1
    assert [one.member for one in slot.presenters.all()] == [bob, dora]
    assert slot.slot_events.filter(kind="joined").count() == 1


def test_stranger_changes_nothing_about_who_presents(bob, slot):
    claim_presentation(slot, member=bob)
    stranger = make_member()
    for change in (
        lambda: add_presenter(slot, member=stranger, by=stranger),
        lambda: drop_presenter(slot, member=bob, by=stranger),
        lambda: welcome_company(slot, by=stranger, is_welcome=True),
    ):
        with pytest.raises(NotYours):
            change()
    assert slot.presenter_names == ["Bob"]


def test_when_who_claimed_it_leaves_the_next_holds_the_slot(bob, slot):
    dora = make_member(name="Dora")
    claim_presentation(slot, member=bob, paper=make_paper())
    add_presenter(slot, member=dora, by=bob)
    release_presentation(slot, by=bob)
    slot.refresh_from_db()
    assert (slot.status, slot.claimed_by, slot.presenter_names) == ("claimed", dora, ["Dora"])
    assert slot.papers.exists()
    assert steps(slot)[-1] == ("left", bob, bob)


def test_last_one_to_be_taken_out_gives_the_slot_back(alice, bob, slot):
    claim_presentation(slot, member=bob)
    assert drop_presenter(slot, member=bob, by=alice)
    assert not drop_presenter(slot, member=bob, by=alice)
    slot.refresh_from_db()
    assert slot.status == "open"


def test_organiser_opens_the_whole_slot_and_all_are_told(alice, bob, slot):
    dora = make_member()
    claim_presentation(slot, member=bob)
    add_presenter(slot, member=dora, by=bob)
    release_presentation(Presentation.objects.get(pk=slot.pk), by=alice)
    slot.refresh_from_db()
    assert slot.status == "open"
    assert told("open again") == sorted([bob.email, dora.email])


def test_calling_off_tells_its_presenters_once_and_opens_another_slot(alice, bob, slot):
    claim_presentation(slot, member=bob, paper=make_paper(title="Too early"))
    for _ in range(2):
        cancel_presentation(slot, by=alice)
    assert slot.status == "cancelled"
    assert slot.presenter_names == ["Bob"]
    assert slot.session.presentations.filter(status="open").count() == 1
    assert told("Called off") == [bob.email]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_talks_given_at_once_get_unique_numbers():
    waiting = [make_presentation(status="claimed") for _ in range(25)]
    # Each is given four times at once, too.
    numbers = race(lambda pk: give_presentation(Presentation.objects.get(pk=pk)).number, [t.pk for t in waiting] * 4)
    assert sorted(set(numbers)) == list(range(1, 26))
    assert all(talk.slot_events.count() == 1 for talk in waiting)
