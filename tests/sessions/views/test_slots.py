"""Taking a slot, giving it back, opening another."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from papers.models import Paper
from sessions.models import Proposal
from sessions.services.presentations import claim_presentation, open_slot
from sessions.services.slots import add_presenter
from sessions.services.swaps import move_presentation
from sessions.services.waiting import join_line
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return open_slot(make_session(title="Vision evening"))


def claim(slot) -> str:
    return reverse("sessions:slot_claim", args=[slot.pk])


def propose(title: str) -> Proposal:
    return Proposal.objects.create(paper=make_paper(title=title))


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


def test_queue_offers_its_papers_and_marks_those_that_one_would_present(bob, bob_client, slot):
    wanted, mine = propose("Much wanted"), propose("Would present")
    for _ in range(2):
        wanted.votes.create(member=make_member())
    mine.votes.create(member=bob, would_present=True)
    page = bob_client.get(claim(slot)).content.decode()
    assert page.index("Much wanted") < page.index("Would present") < page.index("you said you would present this")
    bob_client.post(claim(slot), {"choice": mine.paper.pk})
    slot.refresh_from_db()
    assert (slot.title, list(slot.papers.all())) == ("Would present", [mine.paper])


def test_words_of_a_title_find_papers_of_the_archive_to_choose_from(bob_client, slot):
    paper = make_paper(title="Vision transformers at scale")
    make_paper(title="Something else")
    page = bob_client.post(claim(slot), {"choice": "text", "paper": "transformers vision"}).content.decode()
    assert f'value="{paper.pk}"' in page
    assert "Something else" not in page
    assert 'value="transformers vision"' in page
    bob_client.post(claim(slot), {"choice": paper.pk, "paper": "transformers vision"})
    slot.refresh_from_db()
    assert list(slot.papers.all()) == [paper]


def test_paper_that_one_comes_with_is_chosen_already(bob_client, slot):
    paper = make_paper(title="Brought along")
    page = bob_client.get(f"{claim(slot)}?paper={paper.pk}").content.decode()
    assert f'id="choice-{paper.pk}" checked' in page
    for nonsense in ("x", "-1", "9" * 30, "٣"):
        assert bob_client.get(f"{claim(slot)}?paper={nonsense}").status_code == 200


@pytest.mark.parametrize("sent", [{"choice": "9" * 15}, {"choice": "text"}, {"choice": "1", "paper": "2010.11929"}])
def test_choice_that_is_none_keeps_the_slot_open_and_says_what_to_do(bob_client, slot, sent):
    answer = bob_client.post(claim(slot), sent)
    slot.refresh_from_db()
    assert (answer.status_code, slot.status) == (422, "open")


def test_paper_that_was_read_is_linked_and_taken_with_one_tick(bob_client, slot):
    paper = make_paper(arxiv="2010.11929")
    read = make_presentation(title="We read this", papers=[paper])
    sent = {"choice": "text", "paper": "arXiv:2010.11929"}
    page = bob_client.post(claim(slot), sent).content.decode()
    assert read.get_absolute_url() in page
    assert 'value="arXiv:2010.11929"' in page
    bob_client.post(claim(slot), {**sent, "anyway": "on"})
    slot.refresh_from_db()
    assert (slot.status, list(slot.papers.all())) == ("claimed", [paper])


def test_latecomer_reads_who_was_faster_and_goes_on_with_the_same_paper_elsewhere(bob_client, slot):
    free = open_slot(make_session(title="Next evening"))
    claim_presentation(slot, member=make_member(name="Dora"))
    answer = bob_client.post(claim(slot), {"choice": "text", "paper": "https://arxiv.org/abs/2010.11929"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "went to Dora" in page
    assert not Paper.objects.exists()
    form = page[page.index(f'action="{claim(free)}"') :]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))
    bob_client.post(claim(free), hidden)
    free.refresh_from_db()
    assert (free.status, free.papers.get().identifiers.get().value) == ("claimed", "2010.11929")


def test_taking_a_slot_twice_is_taking_it_once(bob, bob_client, slot):
    paper = make_paper()
    for _ in range(2):
        assert bob_client.post(claim(slot), {"choice": paper.pk}).url == slot.get_absolute_url()
    assert [event.kind for event in slot.slot_events.all()] == ["claimed"]


def test_slot_that_moved_to_another_day_is_not_taken_by_who_saw_the_old_one(alice, bob_client, slot):
    other = claim_presentation(open_slot(make_session()), member=alice)
    seen = slot.session_id
    move_presentation(other, slot, by=alice)
    answer = bob_client.post(claim(slot), {"session": seen})
    slot.refresh_from_db()
    assert (answer.status_code, slot.status) == (409, "open")
    assert "was moved to another session" in answer.content.decode()


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"ends_at": timezone.now()}])
def test_slot_of_a_session_that_will_not_be_is_refused(bob_client, slot, fields):
    type(slot.session).objects.filter(pk=slot.session_id).update(
        **{"starts_at": timezone.now() - timedelta(hours=1), **fields}
    )
    answer = bob_client.post(claim(slot), {})
    assert answer.status_code == 409
    assert "over or called off" in answer.content.decode()


def test_list_of_slots_brings_the_paper_along(bob_client, slot):
    paper = make_paper(title="Brought along")
    taken = claim_presentation(open_slot(make_session()), member=make_member())
    page = bob_client.get(reverse("sessions:slot_list"), {"paper": paper.pk}).content.decode()
    assert f"{claim(slot)}?paper={paper.pk}" in page
    assert claim(taken) not in page
    assert f"{taken.session.get_absolute_url()}#line" in page


def test_list_of_slots_asks_equally_often_for_any_number(bob_client, count_queries):
    open_slot(make_session())
    one = count_queries(lambda: bob_client.get(reverse("sessions:slot_list")))
    for _ in range(2):
        claim_presentation(open_slot(make_session(slots=1)), member=make_member())
    assert count_queries(lambda: bob_client.get(reverse("sessions:slot_list"))) == one


def test_visitor_is_asked_to_sign_in_and_comes_back(charlie, slot):
    assert charlie.get(claim(slot)).url == f"/accounts/login/?next={claim(slot)}"


def test_slot_of_a_session_that_does_not_exist_for_one_is_404(bob, slot):
    assert signed_in_client(bob).get(claim(slot)).status_code == 200
    bob.is_active = False
    bob.save()
    assert signed_in_client(bob).get(claim(slot)).status_code == 302


def release(slot) -> str:
    return reverse("sessions:slot_release", args=[slot.pk])


def test_presenter_gives_the_slot_back_after_reading_what_will_happen(bob, bob_client, slot):
    claim_presentation(slot, member=bob, paper=make_paper())
    waiter = join_line(slot.session, member=make_member())
    page = bob_client.get(release(slot)).content.decode()
    assert "goes back to the queue" in page
    assert f"{waiter.member} is next in line" in page
    for _ in range(2):
        bob_client.post(release(slot))
    slot.refresh_from_db()
    assert slot.status == "open"
    assert [event.kind for event in slot.slot_events.all()] == ["claimed", "released"]


def test_one_of_two_leaves_the_slot_to_the_other(bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    add_presenter(slot, member=make_member(name="Dora"), by=bob)
    assert "Dora keeps the slot" in bob_client.get(release(slot)).content.decode()
    bob_client.post(release(slot))
    slot.refresh_from_db()
    assert (slot.status, slot.presenter_names) == ("claimed", ["Dora"])


def test_organiser_calls_a_talk_off_once(alice_client, bob, bob_client, slot):
    claim_presentation(slot, member=bob)
    cancel = reverse("sessions:slot_cancel", args=[slot.pk])
    assert bob_client.post(cancel).status_code == 404
    for _ in range(2):
        alice_client.post(cancel)
    slot.refresh_from_db()
    assert slot.status == "cancelled"
    assert slot.session.presentations.filter(status="open").count() == 1


def test_stranger_cannot_release_it(bob, slot):
    claim_presentation(slot, member=bob)
    stranger = signed_in_client(make_member())
    assert stranger.post(release(slot)).status_code == 404
    slot.refresh_from_db()
    assert slot.claimed_by == bob


def test_organisers_open_another_slot(alice_client, bob_client, slot):
    address = reverse("sessions:slot_add", args=[slot.session.pk])
    assert bob_client.post(address).status_code == 404
    alice_client.post(address)
    assert slot.session.presentations.filter(status="open").count() == 2
