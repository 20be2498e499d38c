"""Slots: claimed once, released by their people, given a number once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from sessions.belongings.presentations import release_presentations
from sessions.models import Presentation
from sessions.services.presentations import (
    NotYours,
    SlotTaken,
    claim_presentation,
    edit_presentation,
    give_presentation,
    open_slot,
    present_papers,
    release_presentation,
    set_presenters,
)
from tests.factories import make_member, make_paper, make_presentation, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


def test_claimed_slot_has_its_presenter_and_paper(bob):
    paper = make_paper(title="Attention Is All You Need")
    slot = claim_presentation(open_slot(make_session()), member=bob, paper=paper)
    assert (slot.status, slot.title, slot.presenter_names) == ("claimed", "Attention Is All You Need", ["Bob"])
    assert list(slot.papers.all()) == [paper]


def test_second_claim_reads_who_was_faster(alice, bob):
    slot = open_slot(make_session())
    claim_presentation(slot, member=bob)
    with pytest.raises(SlotTaken, match="Bob"):
        claim_presentation(slot, member=alice)
    assert slot.presenters.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_forty_simultaneous_claims_exactly_one_wins():
    slot = open_slot(make_session())
    members = [make_member() for _ in range(40)]

    def claim(member):
        try:
            claim_presentation(Presentation.objects.get(pk=slot.pk), member=member)
        except SlotTaken as taken:
            return str(taken)
        return "won"

    answers = race(claim, members)
    slot.refresh_from_db()
    winner = slot.claimed_by
    assert answers.count("won") == 1
    assert sum(winner.display_name in answer for answer in answers) == 39
    assert [person.member for person in slot.presenters.all()] == [winner]


def test_released_slot_is_open_and_empty(bob):
    slot = claim_presentation(open_slot(make_session()), member=bob, paper=make_paper())
    release_presentation(slot, by=bob)
    assert (slot.status, slot.title, slot.claimed_by) == ("open", "", None)
    assert not slot.presenters.exists()
    assert not slot.papers.exists()


def test_only_its_people_and_organisers_release_a_slot(alice, bob):
    slot = claim_presentation(open_slot(make_session()), member=bob)
    with pytest.raises(NotYours):
        release_presentation(slot, by=make_member())
    release_presentation(slot, by=alice)
    assert slot.status == "open"


def test_late_release_leaves_the_next_claim_alone(alice, bob):
    seen_by_bob = claim_presentation(open_slot(make_session()), member=bob)
    stale = Presentation.objects.get(pk=seen_by_bob.pk)
    release_presentation(seen_by_bob, by=bob)
    claim_presentation(Presentation.objects.get(pk=stale.pk), member=alice)
    stale_people = list(stale.presenters.all())
    assert [person.member for person in stale_people] == [alice]
    with pytest.raises(NotYours):
        release_presentation(stale, by=make_member())
    stale.claimed_by_id = bob.pk
    release_presentation(stale, by=bob)
    assert Presentation.objects.get(pk=stale.pk).claimed_by == alice


def test_given_presentation_gets_the_next_number_and_its_sessions_day():
    make_presentation(number=7)
    session = make_session(starts_at="2026-10-25T23:30:00Z", ends_at="2026-10-26T00:30:00Z", time_zone="Europe/Berlin")
    given = give_presentation(open_slot(session))
    assert (given.number, given.presented_on) == (8, date(2026, 10, 26))


def test_giving_twice_keeps_the_number():
    given = give_presentation(make_presentation())
    assert give_presentation(given).number == given.number


@pytest.mark.django_db(transaction=True)
def test_thirty_simultaneous_numbers_are_unique():
    waiting = [make_presentation() for _ in range(30)]
    numbers = race(lambda presentation: give_presentation(presentation).number, waiting)
    assert sorted(numbers) == list(range(1, 31))


@pytest.mark.parametrize("count", [0, 1, 17])
def test_presentation_keeps_its_papers_in_order(count):
    papers = [make_paper() for _ in range(count)]
    presentation = present_papers(reversed(papers), title="Many", presenter_names=["Lena", " Lena ", "Jo"])
    assert [place.paper for place in presentation.paper_places.all()] == papers[::-1]
    assert presentation.presenter_names == ["Lena", "Jo"]


def test_new_presenters_replace_the_old_in_order(alice, bob):
    presentation = make_presentation()
    set_presenters(presentation, members=[bob, alice, bob], names=["Mei"])
    assert Presentation.objects.get(pk=presentation.pk).presenter_names == ["Bob", "Alice", "Mei"]


def test_open_slot_that_was_filled_in_by_hand_is_taken(alice, bob):
    slot = make_session(slots=1).presentations.get()
    set_presenters(slot, members=[bob], by=alice)
    assert (slot.status, slot.claimed_by) == ("claimed", bob)
    assert claim_presentation(Presentation.objects.get(), member=bob) == slot
    assert slot.presenters.count() == 1
    with pytest.raises(SlotTaken):
        claim_presentation(Presentation.objects.get(), member=alice)
    assert [(event.kind, event.member) for event in slot.slot_events.all()] == [("assigned", bob)]


def test_talk_that_is_over_cannot_be_given_back(bob, bob_client, time_machine):
    slot = make_session(slots=1).presentations.get()
    claim_presentation(slot, member=bob)
    edit_presentation(slot, summary="What it was about.")
    time_machine.move_to(slot.session.ends_at + timedelta(minutes=5))
    answer = bob_client.post(reverse("sessions:slot_release", args=[slot.pk]), follow=True)
    assert "This talk is over" in answer.content.decode()
    slot.refresh_from_db()
    assert (slot.status, slot.summary) == ("claimed", "What it was about.")


def test_member_who_goes_leaves_the_talk_that_nobody_has_marked_as_given_yet(bob, time_machine):
    slot = make_session(slots=1).presentations.get()
    claim_presentation(slot, member=bob)
    edit_presentation(slot, summary="What it was about.")
    time_machine.move_to(slot.session.ends_at + timedelta(minutes=5))
    release_presentations(bob, "Bob")
    slot.refresh_from_db()
    assert (slot.status, slot.summary, slot.presenter_names) == ("claimed", "What it was about.", ["Bob"])
