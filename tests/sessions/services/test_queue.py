"""The queue: one proposal for a paper, whoever proposes it; out of it when its time comes, and back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.models import Paper
from papers.services.papers import add_paper
from sessions.models import Proposal, Session, Vote
from sessions.queries.queue import read_under_another_name
from sessions.services.presentations import claim_presentation, open_slot, release_presentation
from sessions.services.queue import (
    AlreadyPlanned,
    AlreadyRead,
    NotInQueue,
    bring_back,
    propose_paper,
    put_aside,
    take_back_vote,
    vote_for,
)
from tests.factories import make_member, make_paper, make_presentation, make_role_play, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


def in_queue() -> list[Paper]:
    return [proposal.paper for proposal in Proposal.objects.in_queue()]


def test_proposed_paper_has_the_vote_of_its_proposer(bob):
    paper = make_paper()
    proposal, is_new = propose_paper(paper, proposed_by=bob, why="It is **short**.")
    assert is_new
    assert (proposal.proposed_by, proposal.why_html) == (bob, "<p>It is <strong>short</strong>.</p>\n")
    assert [vote.member for vote in proposal.votes.all()] == [bob]
    assert in_queue() == [paper]


def test_second_proposal_is_a_vote_and_keeps_its_reason(alice, bob):
    paper = make_paper()
    first, _ = propose_paper(paper, proposed_by=bob, why="Short.")
    second, is_new = propose_paper(paper, proposed_by=alice, why="And deep.")
    assert (second.pk, is_new) == (first.pk, False)
    assert (second.why, second.proposed_by) == ("Short.", bob)
    assert second.votes.get(member=alice).why_html == "<p>And deep.</p>\n"


@pytest.mark.django_db(transaction=True)
def test_fifty_members_who_propose_one_paper_at_once_make_one_proposal():
    members = [make_member() for _ in range(50)]

    def propose(member):
        paper, _ = add_paper("https://arxiv.org/abs/1706.03762", added_by=member)
        return propose_paper(paper, proposed_by=member, why=f"Says {member.name}.")

    answers = race(propose, members)
    proposal = Proposal.objects.get()
    assert {answer[0].pk for answer in answers} == {proposal.pk}
    assert sum(is_new for _, is_new in answers) == 1
    assert proposal.votes.count() == 50
    reasons = {proposal.why, *proposal.votes.exclude(why="").values_list("why", flat=True)}
    assert reasons == {f"Says {member.name}." for member in members}


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_one_vote_is_left(bob):
    proposal, _ = propose_paper(make_paper(), proposed_by=make_member())
    race(lambda willing: vote_for(proposal, member=bob, would_present=willing), [True] * 20)
    assert list(proposal.votes.filter(member=bob).values_list("would_present", flat=True)) == [True]


def test_vote_says_who_would_present_and_is_taken_back(alice, bob):
    proposal, _ = propose_paper(make_paper(), proposed_by=bob)
    vote_for(proposal, member=alice, would_present=True)
    vote_for(proposal, member=alice)
    assert proposal.votes.get(member=alice).would_present
    assert list(Proposal.objects.volunteered_by(alice)) == [proposal]
    take_back_vote(proposal, member=alice)
    take_back_vote(proposal, member=alice)
    assert [vote.member for vote in proposal.votes.all()] == [bob]
    assert list(Proposal.objects.nobody_would_present()) == [proposal]


def test_most_wanted_stands_first_with_true_counts(alice, bob):
    once, twice = (propose_paper(make_paper(), proposed_by=bob)[0] for _ in range(2))
    vote_for(twice, member=alice, would_present=True)
    rows = Proposal.objects.in_queue().most_wanted()
    assert [(row.pk, row.vote_count, row.volunteer_count) for row in rows] == [(twice.pk, 2, 1), (once.pk, 1, 0)]
    (narrowed,) = Proposal.objects.in_queue().volunteered_by(alice).search(twice.paper.title).most_wanted()
    assert (narrowed.vote_count, narrowed.volunteer_count) == (2, 1)


def test_paper_leaves_the_queue_with_its_slot_and_comes_back_without(bob):
    paper = make_paper()
    proposal, _ = propose_paper(paper, proposed_by=bob)
    slot = claim_presentation(open_slot(make_session()), member=bob, paper=paper)
    assert in_queue() == []
    with pytest.raises(NotInQueue):
        vote_for(proposal, member=bob)
    release_presentation(slot, by=bob)
    assert in_queue() == [paper]


def test_paper_of_a_session_that_was_called_off_is_back(bob):
    paper = make_paper()
    propose_paper(paper, proposed_by=bob)
    slot = claim_presentation(open_slot(make_session()), member=bob, paper=paper)
    Session.objects.filter(pk=slot.session_id).update(status="cancelled")
    assert in_queue() == [paper]


def test_paper_read_with_roles_leaves_the_queue(bob):
    paper = make_paper()
    propose_paper(paper, proposed_by=bob)
    make_role_play(paper=paper)
    assert in_queue() == []


def test_planned_paper_is_not_proposed(bob):
    paper = make_paper()
    claim_presentation(open_slot(make_session()), member=bob, paper=paper)
    with pytest.raises(AlreadyPlanned):
        propose_paper(paper, proposed_by=bob, again=True)
    assert not Proposal.objects.exists()


def test_paper_that_was_read_is_proposed_again_on_purpose_and_with_new_votes(alice, bob):
    paper = make_paper()
    old, _ = propose_paper(paper, proposed_by=bob, why="New then.")
    Vote.objects.update(voted_at=timezone.now() - timedelta(days=400))
    make_presentation(papers=[paper])
    with pytest.raises(AlreadyRead):
        propose_paper(paper, proposed_by=alice)
    again, is_new = propose_paper(paper, proposed_by=alice, why="It was proved since.", again=True)
    assert (again.pk, is_new, again.why, again.proposed_by) == (old.pk, True, "It was proved since.", alice)
    assert [vote.member for vote in again.votes.all()] == [alice]
    assert in_queue() == [paper]
    assert propose_paper(paper, proposed_by=bob)[1] is False
    make_presentation(papers=[paper])
    assert in_queue() == []


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_propose_a_read_paper_again_nobody_loses_the_vote():
    paper = make_paper()
    make_presentation(papers=[paper])
    members = [make_member() for _ in range(20)]
    answers = race(lambda member: propose_paper(paper, proposed_by=member, why="Again.", again=True), members)
    assert sum(is_new for _, is_new in answers) == 1
    assert Vote.objects.count() == 20


def test_what_is_put_aside_keeps_its_votes_and_takes_more(alice, bob):
    paper = make_paper()
    proposal, _ = propose_paper(paper, proposed_by=bob)
    assert put_aside(proposal, because="Too long.")
    assert not put_aside(proposal, because="Something else.")
    assert in_queue() == []
    again, is_new = propose_paper(paper, proposed_by=alice)
    assert (again.put_aside_because, is_new, again.votes.count()) == ("Too long.", False, 2)
    assert bring_back(proposal)
    assert not bring_back(proposal)
    assert in_queue() == [paper]


def test_same_title_under_another_name_is_recognised(bob):
    preprint = make_paper(title="Attention Is All You Need", arxiv="1706.03762")
    article = make_paper(title="Attention is all you need.")
    talk = make_presentation(papers=[preprint])
    assert read_under_another_name([article, preprint], bob) == {article.pk: [talk]}
    assert read_under_another_name([make_paper(title="Introduction"), make_paper(title="Introduction")], bob) == {}
