"""Asking for another day, and answering, on their pages."""

import pytest
from django.urls import reverse

from sessions.models import Presentation, SlotSwap
from sessions.services.presentations import claim_presentation, open_slot, release_presentation
from sessions.services.sessions import cancel_session
from sessions.services.swaps import ask_swap
from sessions.views import swaps
from tests.clients import signed_in_client
from tests.factories import make_member, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db):
    return make_member(name="Dora")


@pytest.fixture
def mine(bob):
    return claim_presentation(open_slot(make_session(title="Bob's evening")), member=bob)


@pytest.fixture
def theirs(dora):
    return claim_presentation(open_slot(make_session(title="Dora's evening")), member=dora)


def swap_page(slot) -> str:
    return reverse("sessions:slot_swap", args=[slot.pk])


def day_of(slot) -> str:
    return Presentation.objects.get(pk=slot.pk).session.title


def test_presenter_asks_once_and_the_other_agrees_once(bob_client, dora, mine, theirs):
    assert "Dora" in bob_client.get(swap_page(mine)).content.decode()
    for _ in range(2):
        bob_client.post(swap_page(mine), {"wanted": theirs.pk, "message": "I am away."})
    address = reverse("sessions:swap_detail", args=[SlotSwap.objects.get().pk])
    client = signed_in_client(dora)
    assert "I am away." in client.get(address).content.decode()
    assert address in client.get(theirs.get_absolute_url(), follow=True).content.decode()
    for _ in range(2):
        client.post(address, {"answer": "agree"})
    assert (day_of(mine), day_of(theirs)) == ("Dora's evening", "Bob's evening")
    assert "have changed their day" in client.get(address).content.decode()


def test_declining_and_taking_back_leave_everything(bob, bob_client, dora, mine, theirs):
    declined, other = ask_swap(mine, theirs, by=bob), None
    signed_in_client(dora).post(reverse("sessions:swap_detail", args=[declined.pk]), {"answer": "decline"})
    other = ask_swap(mine, theirs, by=bob)
    bob_client.post(reverse("sessions:swap_detail", args=[other.pk]), {"answer": "withdraw"})
    assert sorted(SlotSwap.objects.values_list("status", flat=True)) == ["declined", "withdrawn"]
    assert day_of(mine) == "Bob's evening"


def test_stale_request_is_told_in_a_sentence(bob, dora, mine, theirs):
    swap = ask_swap(mine, theirs, by=bob)
    release_presentation(mine, by=bob)
    page = signed_in_client(dora).post(
        reverse("sessions:swap_detail", args=[swap.pk]), {"answer": "agree"}, follow=True
    )
    assert "no longer possible" in page.content.decode()
    assert day_of(theirs) == "Dora's evening"


def test_request_is_nobody_elses_business(alice_client, bob, mine, theirs):
    swap = ask_swap(mine, theirs, by=bob)
    address = reverse("sessions:swap_detail", args=[swap.pk])
    stranger = signed_in_client(make_member())
    assert stranger.get(address).status_code == stranger.get(swap_page(mine)).status_code == 404
    assert alice_client.get(address).status_code == 200
    assert alice_client.post(address, {"answer": "agree"}).status_code == 404


def test_talk_moves_to_an_open_slot_with_one_click_and_once(bob_client, mine):
    free = open_slot(make_session(title="Free evening"))
    assert "Free evening" in bob_client.get(swap_page(mine)).content.decode()
    for _ in range(2):
        bob_client.post(swap_page(mine), {"wanted": free.pk, "session": free.session_id})
    assert day_of(mine) == "Free evening"
    assert mine.slot_events.filter(kind="swapped").count() == 1


def test_what_was_written_stays_when_the_slot_is_gone(bob, bob_client, dora, mine, theirs):
    gone = open_slot(make_session())
    claim_presentation(gone, member=bob)
    page = bob_client.post(swap_page(mine), {"wanted": gone.pk, "message": "Please."})
    assert page.status_code == 409
    assert "You present both" in page.content.decode()


def test_page_asks_equally_often_for_any_number_of_talks(bob_client, mine, theirs, count_queries):
    one = count_queries(lambda: bob_client.get(swap_page(mine)))
    for _ in range(2):
        claim_presentation(open_slot(make_session()), member=make_member())
    assert count_queries(lambda: bob_client.get(swap_page(mine))) == one


def test_what_was_called_off_with_its_session_moves_to_another_day(bob_client, mine, theirs):
    cancel_session(mine.session, reason="Snow")
    free = open_slot(make_session(title="A free evening"))
    page = bob_client.get(mine.get_absolute_url(), follow=True).content.decode()
    assert "Its session was called off." in page
    assert swap_page(mine) in page
    page = bob_client.get(swap_page(mine)).content.decode()
    assert "Ask somebody to swap" not in page
    bob_client.post(swap_page(mine), {"wanted": free.pk, "session": free.session_id})
    assert day_of(mine) == "A free evening"


def test_slot_that_goes_in_the_very_moment_is_not_found(bob_client, bob, mine, monkeypatch):
    target = open_slot(make_session())
    real = swaps.visible_slot_or_404

    def and_then_it_goes(user, pk):
        slot = real(user, pk)
        Presentation.objects.filter(pk=pk).delete()
        return slot

    monkeypatch.setattr("sessions.views.swaps.visible_slot_or_404", and_then_it_goes)
    answer = bob_client.post(reverse("sessions:slot_swap", args=[mine.pk]), {"wanted": target.pk})
    assert answer.status_code == 404
