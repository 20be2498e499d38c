"""What to read next, as visitors, members and organisers see it."""

import pytest
from django.urls import reverse

from papers.models import Paper
from sessions.models import Proposal
from sessions.services.presentations import claim_presentation, open_slot
from sessions.services.queue import add_vote, propose_paper, put_aside
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_session

pytestmark = pytest.mark.django_db

QUEUE = "/queue/"
PROPOSE = "/queue/propose/"


@pytest.fixture
def proposal(bob):
    paper = make_paper(title="Deep double descent", authors=["Preetum Nakkiran"], arxiv="1912.02292")
    return propose_paper(paper, proposed_by=bob, why="It bends **twice**.")[0]


def vote(client, proposal, do, **extra):
    return client.post(reverse("sessions:proposal_vote", args=[proposal.pk]), {"do": do, **extra}, follow=True)


def page(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_visitor_reads_papers_and_reasons_but_no_names_of_voters(charlie, proposal):
    add_vote(proposal, member=make_member(name="Ines"), would_present=True)
    shown = page(charlie.get(QUEUE))
    assert "Deep double descent" in shown
    assert "It bends <strong>twice</strong>." in shown
    assert "<strong>2</strong> want to read it" in shown
    assert "1 would present it." in shown
    assert "Ines" not in shown


def test_hidden_profile_of_a_proposer_stays_hidden_from_visitors(charlie, alice_client, bob, proposal):
    bob.is_public = False
    bob.save()
    assert "Bob" not in page(charlie.get(QUEUE))
    assert "Proposed by Bob" in page(alice_client.get(QUEUE))


def test_member_votes_by_one_click_and_takes_it_back(alice, alice_client, proposal):
    shown = page(vote(alice_client, proposal, "vote", next=QUEUE))
    assert "Your vote counts." in shown
    assert "<strong>2</strong> want to read it" in shown
    vote(alice_client, proposal, "take_back")
    assert not proposal.votes.filter(member=alice).exists()


def test_member_says_that_they_would_present_it(bob, bob_client, proposal):
    assert "<strong>Bob</strong> would present it." in page(vote(bob_client, proposal, "present", next=QUEUE))
    vote(bob_client, proposal, "listen")
    assert proposal.votes.get(member=bob).would_present is False


def test_script_gets_the_changed_part(alice_client, proposal):
    address = reverse("sessions:proposal_vote", args=[proposal.pk])
    answer = alice_client.post(address, {"do": "present", "next": QUEUE}, headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<div class="proposal-votes" data-part>')
    assert "<strong>Alice</strong> would present it." in page(answer)
    assert f'value="{QUEUE}"' in page(answer)


def test_vote_leads_nowhere_else(alice_client, proposal):
    address = reverse("sessions:proposal_vote", args=[proposal.pk])
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"):
        assert alice_client.post(address, {"do": "vote", "next": elsewhere}).url == proposal.get_absolute_url()


def test_vote_for_what_is_planned_meanwhile_says_so(alice_client, bob, proposal):
    claim_presentation(open_slot(make_session()), member=bob, paper=proposal.paper)
    assert "planned or was read by now" in page(vote(alice_client, proposal, "vote"))


def test_queue_is_narrowed_and_sorted(bob, bob_client, proposal):
    other = propose_paper(make_paper(title="Another one"), proposed_by=make_member())[0]
    add_vote(other, member=bob, would_present=True)

    def titles(query):
        return [shown.paper.title for shown in bob_client.get(QUEUE + query).context["page"]]

    assert titles("") == ["Another one", "Deep double descent"]
    assert titles("?sort=newest") == ["Another one", "Deep double descent"]
    assert titles("?show=nobody") == ["Deep double descent"]
    assert titles("?show=mine") == ["Another one"]
    assert titles("?q=nakkiran") == ["Deep double descent"]
    assert titles("?q=bends") == ["Deep double descent"]
    assert "Nothing fits" in page(bob_client.get(f"{QUEUE}?q=whales"))


@pytest.mark.parametrize("path", [QUEUE, "/queue/past/", "/"])
def test_pages_ask_as_much_for_three_papers_as_for_one(alice_client, bob, count_queries, path):
    def add():
        paper, read = make_paper(authors=["A. Author"]), make_paper(authors=["B. Author"])
        twin = make_paper(title="The very same and telling title")
        for one in (paper, read, twin):
            add_vote(propose_paper(one, proposed_by=bob)[0], member=make_member(), would_present=True, why="Yes.")
        make_presentation(papers=[read], presenters=[bob], session=make_session(), position=1)
        put_aside(propose_paper(make_paper(), proposed_by=bob)[0], because="Later.")

    make_presentation(papers=[make_paper(title="The very same and telling title")])
    add()
    few = count_queries(lambda: alice_client.get(path))
    add()
    add()
    assert count_queries(lambda: alice_client.get(path)) == few


def test_pasted_paper_is_proposed_with_a_reason(bob, bob_client):
    answer = bob_client.post(PROPOSE, {"text": "arXiv:1706.03762", "why": "A classic."}, follow=True)
    proposal = Proposal.objects.get()
    assert proposal.paper.identifiers.get().value == "1706.03762"
    assert (proposal.proposed_by, proposal.why) == (bob, "A classic.")
    assert "It is in the queue, with your vote." in page(answer)


def test_what_names_no_paper_adds_none_and_keeps_what_was_typed(bob_client):
    answer = bob_client.post(PROPOSE, {"text": "something nobody has", "why": "Because."})
    assert answer.status_code == 422
    assert "Because." in page(answer)
    assert not Paper.objects.exists()


def test_typed_title_offers_the_papers_that_are_here(bob_client):
    paper = make_paper(title="Deep double descent", authors=["Preetum Nakkiran"])
    shown = page(bob_client.post(PROPOSE, {"text": "double descent", "why": "It bends."}))
    assert "Propose this one" in shown
    bob_client.post(PROPOSE, {"text": "double descent", "why": "It bends.", "paper": paper.pk})
    assert Proposal.objects.get().why == "It bends."


def test_proposing_what_is_in_the_queue_votes_and_shows_it(alice, alice_client, proposal):
    asked = page(alice_client.get(f"{PROPOSE}?paper={proposal.paper.pk}"))
    assert "It is in the queue already." in asked
    shown = page(alice_client.post(PROPOSE, {"text": "1912.02292", "why": "And it is right."}, follow=True))
    assert "Your vote counts, and your reason stands there too." in shown
    assert "It bends <strong>twice</strong>." in shown
    assert "And it is right." in shown
    assert proposal.votes.filter(member=alice).exists()


def test_paper_that_was_read_links_its_session_and_needs_a_tick_and_a_reason(bob_client):
    paper = make_paper(title="Read before", arxiv="1706.03762")
    talk = make_presentation(title="We read it", papers=[paper])
    answer = bob_client.post(PROPOSE, {"text": "1706.03762", "why": "Still good."})
    assert answer.status_code == 409
    assert talk.get_absolute_url() in page(answer)
    assert "Still good." in page(answer)
    again = {"paper": paper.pk, "again": "on"}
    assert "Say why it is worth reading once more." in page(bob_client.post(PROPOSE, {**again, "why": " "}))
    assert not Proposal.objects.exists()
    bob_client.post(PROPOSE, {**again, "why": "It was proved since."})
    assert list(Proposal.objects.in_queue().values_list("why", flat=True)) == ["It was proved since."]


def test_paper_read_under_another_name_is_shown_first(bob_client):
    talk = make_presentation(title="We read it", papers=[make_paper(title="Attention Is All You Need")])
    paper = make_paper(title="Attention is all you need")
    answer = bob_client.post(PROPOSE, {"paper": paper.pk, "why": ""})
    assert answer.status_code == 409
    assert talk.get_absolute_url() in page(answer)
    assert not Proposal.objects.exists()


def test_planned_paper_links_its_slot(alice_client, bob):
    paper = make_paper(title="Planned")
    slot = claim_presentation(open_slot(make_session()), member=bob, paper=paper)
    shown = page(alice_client.post(PROPOSE, {"paper": paper.pk, "why": "Please."}))
    assert "This paper is planned" in shown
    assert slot.get_absolute_url() in shown


def test_proposing_what_was_put_aside_tells_the_reason(alice_client, proposal):
    put_aside(proposal, because="Too long.")
    shown = page(alice_client.post(PROPOSE, {"paper": proposal.paper.pk, "why": ""}, follow=True))
    assert "It was put aside: Too long." in shown


def test_paper_page_shows_its_state(charlie, bob_client, proposal):
    shown = page(bob_client.get(proposal.paper.get_absolute_url()))
    assert "<strong>1</strong> wants to read it" in shown
    assert "I would present it" in shown
    assert "Propose it" in page(charlie.get(make_paper().get_absolute_url()))


def test_organiser_puts_aside_with_a_reason_and_brings_back(alice_client, bob_client, charlie, proposal):
    address = reverse("sessions:proposal_put_aside", args=[proposal.pk])
    assert bob_client.get(address).status_code == 404
    assert alice_client.post(address, {"because": ""}).status_code == 422
    assert "Too long." in page(alice_client.post(address, {"because": "Too long."}, follow=True))
    assert "Too long." not in page(charlie.get("/queue/past/"))
    alice_client.post(reverse("sessions:proposal_bring_back", args=[proposal.pk]))
    assert Proposal.objects.in_queue().exists()


def test_only_its_proposer_and_organisers_edit_the_reason(alice_client, bob_client, proposal):
    address = reverse("sessions:proposal_edit", args=[proposal.pk])
    assert signed_in_client(make_member()).get(address).status_code == 404
    bob_client.post(address, {"why": "It bends *thrice*."})
    alice_client.get(address)
    proposal.refresh_from_db()
    assert proposal.why_html == "<p>It bends <em>thrice</em>.</p>\n"


def test_organiser_plans_it_with_one_who_would_present(alice_client, bob, proposal):
    add_vote(proposal, member=bob, would_present=True)
    slot = open_slot(make_session(title="Soon"))
    address = reverse("sessions:proposal_plan", args=[proposal.pk])
    assert "Would present it" in page(alice_client.get(address))
    alice_client.post(address, {"member": bob.pk, "slot": slot.pk})
    slot.refresh_from_db()
    assert (slot.status, slot.presenter_names, list(slot.papers.all())) == ("claimed", ["Bob"], [proposal.paper])
    assert not Proposal.objects.in_queue().exists()


def test_slot_that_is_gone_keeps_the_choice(alice_client, bob, proposal):
    slot, other = open_slot(make_session()), open_slot(make_session(title="Another day"))
    claim_presentation(slot, member=make_member(name="Ines"))
    answer = alice_client.post(
        reverse("sessions:proposal_plan", args=[proposal.pk]), {"member": bob.pk, "slot": slot.pk}
    )
    assert answer.status_code == 422
    assert f'value="{other.pk}"' in page(answer)


def test_past_tells_what_became_of_it_to_those_who_may_know(charlie, bob_client, proposal):
    talk = make_presentation(title="Among us", papers=[proposal.paper], visibility="members")
    assert talk.get_absolute_url() in page(bob_client.get("/queue/past/"))
    assert "Deep double descent" not in page(charlie.get("/queue/past/"))


def test_queue_is_cited_in_its_order(charlie, bob, proposal):
    propose_paper(make_paper(title="Second"), proposed_by=bob)
    text = charlie.get("/queue.bib").content.decode()
    assert text.index("double descent") < text.index("Second")


def test_home_names_the_most_wanted(charlie, proposal):
    assert proposal.get_absolute_url() in page(charlie.get("/"))


def test_account_that_goes_takes_its_votes_and_leaves_its_proposal(alice, bob, proposal):
    from readinggroup.services.members import erase_member, export_member

    told = export_member(bob)
    assert [row["why"] for row in told["proposals"]] == ["It bends **twice**."]
    assert [row["would_present"] for row in told["votes"]] == [False]
    erase_member(bob, keep_name=True)
    proposal.refresh_from_db()
    assert (proposal.proposed_by, proposal.votes.count()) == (None, 0)
