"""Assigning, co-presenters and the line, on their pages."""

import pytest
from django.urls import reverse

from sessions.models import Presentation, SlotWaiter
from sessions.services.presentations import claim_presentation, open_slot
from sessions.services.slots import add_presenter, welcome_company
from sessions.services.waiting import join_line
from tests.clients import signed_in_client
from tests.factories import make_member, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return open_slot(make_session(title="Vision evening"))


def to(page: str, slot) -> str:
    return reverse(f"sessions:slot_{page}", args=[slot.pk])


def wait(session) -> str:
    return reverse("sessions:slot_wait", args=[session.pk])


def test_organiser_assigns_a_slot_once_however_often_it_is_pressed(alice_client, bob, slot):
    page = alice_client.get(to("assign", slot)).content.decode()
    assert "Who shall present?" in page
    for _ in range(2):
        alice_client.post(to("assign", slot), {"member": bob.pk, "seen": ""})
    slot.refresh_from_db()
    assert slot.claimed_by == bob
    assert slot.slot_events.count() == 1


def test_organiser_who_comes_after_a_claim_reads_who_has_it(alice_client, bob, slot):
    claim_presentation(slot, member=make_member(name="Dora"))
    answer = alice_client.post(to("assign", slot), {"member": bob.pk, "seen": ""})
    assert answer.status_code == 409
    assert "went to Dora" in answer.content.decode()


def test_presenter_invites_company_and_a_member_joins_once(bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    for _ in range(2):
        bob_client.post(to("presenters", slot), {"do": "welcome"})
    dora = make_member(name="Dora")
    client = signed_in_client(dora)
    assert to("join", slot) in client.get(slot.session.get_absolute_url()).content.decode()
    assert to("join", slot) in client.get(slot.get_absolute_url(), follow=True).content.decode()
    for _ in range(2):
        client.post(to("join", slot))
    assert Presentation.objects.get(pk=slot.pk).presenter_names == ["Bob", "Dora"]
    assert to("join", slot) not in client.get(slot.session.get_absolute_url()).content.decode()


def test_presenter_adds_and_takes_out_a_co_presenter(bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    dora = make_member(name="Dora")
    for _ in range(2):
        bob_client.post(to("presenters", slot), {"do": "add", "member": dora.pk})
    assert "Dora" in bob_client.get(to("presenters", slot)).content.decode()
    for _ in range(2):
        bob_client.post(to("presenters", slot), {"do": "remove", "member": dora.pk})
    assert [event.kind for event in slot.slot_events.all()] == ["claimed", "joined", "left"]


def test_nobody_chosen_is_said_in_a_sentence(bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    assert bob_client.post(to("presenters", slot), {"do": "add", "member": "x"}).status_code == 422


def test_member_waits_for_a_full_session_and_stops_waiting(bob, bob_client, slot):
    claim_presentation(slot, member=make_member())
    assert "Wait for a slot" in bob_client.get(slot.session.get_absolute_url()).content.decode()
    for _ in range(2):
        bob_client.post(wait(slot.session))
    assert SlotWaiter.objects.get().member == bob
    assert "You are number 1 in line" in bob_client.get(slot.session.get_absolute_url()).content.decode()
    for _ in range(2):
        bob_client.post(wait(slot.session), {"do": "leave"})
    assert not SlotWaiter.objects.exists()


def test_held_slot_is_named_to_members_and_taken_by_its_member_only(charlie, bob, bob_client, slot):
    dora = make_member(name="Dora")
    claim_presentation(slot, member=dora)
    join_line(slot.session, member=bob)
    signed_in_client(dora).post(to("release", slot))
    page = slot.session.get_absolute_url()
    assert "Held for Bob until" in signed_in_client(dora).get(page).content.decode()
    assert "Held for you until" in bob_client.get(page).content.decode()
    outside = charlie.get(page).content.decode()
    assert "Held for the next in line until" in outside
    assert "Bob" not in outside
    answer = signed_in_client(dora).post(to("claim", slot), {})
    assert answer.status_code == 409
    assert "held for Bob until" in answer.content.decode()
    assert to("claim", slot) not in signed_in_client(dora).get("/").content.decode()
    bob_client.post(to("claim", slot), {})
    slot.refresh_from_db()
    assert slot.claimed_by == bob


def test_history_is_for_its_people_and_organisers(alice_client, bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    dora = make_member(name="Dora")
    add_presenter(slot, member=dora, by=bob)
    page = Presentation.objects.get(pk=slot.pk).get_absolute_url()
    for client in (alice_client, bob_client):
        assert "Bob added Dora." in client.get(page).content.decode()
    assert "What happened to it" not in signed_in_client(make_member()).get(page).content.decode()


def test_session_page_asks_equally_often_for_any_number_of_slots(bob_client, count_queries):
    def full(slots: int):
        session = make_session()
        for _ in range(slots):
            slot = claim_presentation(open_slot(session), member=make_member())
            welcome_company(slot, by=slot.claimed_by, is_welcome=True)
        join_line(session, member=make_member())
        return session.get_absolute_url()

    one, three = full(1), full(3)
    assert count_queries(lambda: bob_client.get(one)) == count_queries(lambda: bob_client.get(three))


def test_presenter_whose_account_was_closed_can_be_taken_out(alice_client, bob, slot):
    dora = make_member(name="Dora")
    claim_presentation(slot, member=bob)
    add_presenter(slot, member=dora, by=bob)
    dora.is_active = False
    dora.save()
    answer = alice_client.post(to("presenters", slot), {"do": "remove", "member": dora.pk}, follow=True)
    assert "Dora presents here no longer." in answer.content.decode()
    assert [one.member for one in slot.presenters.all()] == [bob]
    assert alice_client.post(to("presenters", slot), {"do": "add", "member": dora.pk}).status_code == 422
