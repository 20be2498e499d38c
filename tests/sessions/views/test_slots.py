"""Taking a slot, giving it back, opening another."""

import pytest
from django.urls import reverse

from sessions.services.presentations import claim_presentation, open_slot
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return open_slot(make_session(title="Vision evening"))


def claim(slot) -> str:
    return reverse("sessions:slot_claim", args=[slot.pk])


def test_slot_is_taken_in_two_clicks(bob, bob_client, slot):
    assert "Take this slot" in bob_client.get(claim(slot)).content.decode()
    answer = bob_client.post(claim(slot), {"paper": ""})
    slot.refresh_from_db()
    assert answer.url == slot.get_absolute_url()
    assert (slot.status, slot.claimed_by) == ("claimed", bob)


def test_pasted_paper_comes_along(bob_client, slot):
    paper = make_paper(title="Vision transformers", arxiv="2010.11929")
    bob_client.post(claim(slot), {"paper": "https://arxiv.org/pdf/2010.11929v2"})
    assert list(slot.papers.all()) == [paper]


def test_text_that_names_no_paper_keeps_the_slot_open_and_the_text(bob_client, slot):
    page = bob_client.post(claim(slot), {"paper": "something about vision"}).content.decode()
    slot.refresh_from_db()
    assert slot.status == "open"
    assert "This names no paper" in page
    assert "something about vision" in page


def test_latecomer_reads_who_was_faster_and_what_is_free(bob_client, slot):
    free = open_slot(make_session(title="Next evening"))
    claim_presentation(slot, member=make_member(name="Ines"))
    answer = bob_client.post(claim(slot), {"paper": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "went to Ines" in page
    assert claim(free) in page


def test_visitor_is_asked_to_sign_in_and_comes_back(charlie, slot):
    assert charlie.get(claim(slot)).url == f"/accounts/login/?next={claim(slot)}"


def test_slot_of_a_session_that_does_not_exist_for_one_is_404(bob, slot):
    assert signed_in_client(bob).get(claim(slot)).status_code == 200
    bob.is_active = False
    bob.save()
    assert signed_in_client(bob).get(claim(slot)).status_code == 302


def test_presenter_gives_the_slot_back(bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    release = reverse("sessions:slot_release", args=[slot.pk])
    assert bob_client.get(release).status_code == 405
    bob_client.post(release)
    slot.refresh_from_db()
    assert slot.status == "open"


def test_stranger_cannot_release_it(bob, slot):
    claim_presentation(slot, member=bob)
    stranger = signed_in_client(make_member())
    assert stranger.post(reverse("sessions:slot_release", args=[slot.pk])).status_code == 404
    slot.refresh_from_db()
    assert slot.claimed_by == bob


def test_organisers_open_another_slot(alice_client, bob_client, slot):
    address = reverse("sessions:slot_add", args=[slot.session.pk])
    assert bob_client.post(address).status_code == 404
    alice_client.post(address)
    assert slot.session.presentations.filter(status="open").count() == 2
