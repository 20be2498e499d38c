"""The ledger: asked once, wanted once each, answered by those whom it concerns."""

import pytest

from readinggroup.services.members import erase_member, export_member
from sessions.models import Question, QuestionVote
from sessions.queries.questions import questions_of_paper, questions_of_session
from sessions.services.questions import (
    AnsweredMeanwhile,
    NothingAnswered,
    OthersAskToo,
    answer_question,
    ask_question,
    edit_question,
    may_answer,
    put_aside,
    reopen,
    take_back,
    unwant,
    want,
)
from sessions.services.roles import claim_role
from tests.factories import make_member, make_paper, make_presentation, make_role_play, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db):
    """Another member."""
    return make_member(name="Dora")


def texts(questions) -> list[str]:
    return [question.text for question in questions]


def test_asking_twice_within_a_minute_is_asking_once(bob):
    paper = make_paper()
    first, second = (ask_question("Why?", asked_by=bob, paper=paper) for _ in range(2))
    assert first == second
    assert first.votes.count() == 1


def test_open_questions_of_a_paper_are_brought_to_the_session_that_reads_it(bob, dora):
    paper, other = make_paper(), make_paper()
    session = make_session()
    make_presentation(papers=[paper], session=session, status="claimed")
    play = make_role_play(paper=other)
    asked = ask_question("Why?", asked_by=bob, paper=paper)
    ask_question("And this?", asked_by=bob, paper=other)
    here = ask_question("For all?", asked_by=bob, session=session)
    want(here, member=dora)
    assert texts(questions_of_session(session, bob).open) == ["For all?", "Why?"]
    assert texts(questions_of_session(play, bob).open) == ["And this?"]
    answer_question(asked, answer="So.", by=bob, seen="", session=session)
    assert texts(questions_of_session(session, bob).answered) == ["Why?"]
    assert texts(questions_of_paper(paper, bob).answered) == ["Why?"]


def test_who_may_answer(alice, bob, dora):
    paper = make_paper()
    session = make_session()
    make_presentation(papers=[paper], session=session, presenters=[bob], status="claimed")
    play = make_role_play(paper=make_paper())
    player = make_member()
    claim_role(play.role_assignments.first(), member=player)
    asker, stranger = make_member(), make_member()
    of_paper = ask_question("Why?", asked_by=asker, paper=paper)
    of_session = ask_question("When?", asked_by=asker, session=session)
    of_play = ask_question("Who?", asked_by=asker, paper=play.role_play.paper)
    answering = {
        name: [may_answer(one, member) for one in (of_paper, of_session, of_play)]
        for name, member in {"organiser": alice, "presenter": bob, "player": player, "asker": asker}.items()
    }
    assert answering == {
        "organiser": [True, True, True],
        "presenter": [True, True, False],
        "player": [False, False, True],
        "asker": [True, True, True],
    }
    assert not any(may_answer(one, stranger) for one in (of_paper, of_session, of_play))


def test_second_answer_does_not_replace_the_first_unseen(bob, alice):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    answer_question(question, answer="So.", by=bob, seen="")
    with pytest.raises(AnsweredMeanwhile) as refused:
        answer_question(question, answer="Not so.", by=alice, seen="")
    assert refused.value.question.answer == "So."
    answer_question(question, answer="So, and so.", by=alice, seen="So.")
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("So, and so.", alice)


def test_an_answer_says_how_or_where(bob):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    with pytest.raises(NothingAnswered):
        answer_question(question, answer="", by=bob, seen="")
    answer_question(question, answer="", by=bob, seen="", session=make_session())
    assert question.status == Question.Status.ANSWERED


def test_what_is_put_aside_comes_back(bob):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    assert put_aside(question).status == Question.Status.ASIDE
    assert questions_of_paper(question.paper, bob).is_empty
    assert reopen(question).is_open
    answer_question(question, answer="So.", by=bob, seen="")
    assert put_aside(question).status == Question.Status.ANSWERED
    assert reopen(question).answer == "So."


def test_what_others_want_to_know_is_not_ones_own_any_more(bob, dora, alice):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    edit_question(question, text="Why not?", by=bob)
    want(question, member=dora)
    with pytest.raises(OthersAskToo):
        edit_question(question, text="Something else", by=bob)
    with pytest.raises(OthersAskToo):
        take_back(question, by=bob)
    edit_question(question, text="Why not so?", by=alice)
    unwant(question, member=dora)
    take_back(question, by=bob)
    take_back(question, by=bob)
    assert not Question.objects.exists()


def test_what_is_asked_among_members_stays_there(bob, dora):
    from django.contrib.auth.models import AnonymousUser

    private, public = make_session(visibility="members"), make_session()
    ask_question("Private?", asked_by=bob, session=private)
    open_question = ask_question("Public?", asked_by=bob, session=public)
    seen = Question.objects.visible_to(AnonymousUser())
    assert texts(seen) == ["Public?"]
    assert Question.objects.visible_to(dora).count() == 2
    answer_question(open_question, answer="So.", by=bob, seen="", session=private)
    assert not seen.all().exists()
    private.delete()
    assert "Private?" not in texts(seen.all())


def test_aside_is_seen_by_who_asked_and_organisers(bob, dora, alice):
    question = put_aside(ask_question("Why?", asked_by=bob, paper=make_paper()))
    seen = [Question.objects.visible_to(member).filter(pk=question.pk).exists() for member in (bob, alice, dora)]
    assert seen == [True, True, False]


def test_a_former_members_question_stays_with_a_name(bob, dora):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    want(question, member=dora)
    exported = export_member(bob)
    assert exported["questions"][0]["question"] == "Why?"
    assert exported["question_votes"] == [{"question": "Why?"}]
    erase_member(bob, keep_name=True)
    question.refresh_from_db()
    assert (question.asked_by, question.asker_name, question.votes.count()) == (None, "Bob", 1)


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_are_one_vote():
    question = ask_question("Why?", asked_by=make_member(), paper=make_paper())
    member = make_member()
    race(lambda _: want(question, member=member), range(50))
    assert QuestionVote.objects.filter(member=member).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_is_kept_and_the_others_are_told():
    question = ask_question("Why?", asked_by=make_member(), paper=make_paper())
    member = make_member()

    def answer(number: int) -> str:
        try:
            answer_question(Question.objects.get(pk=question.pk), answer=f"{number}", by=member, seen="")
        except AnsweredMeanwhile as error:
            return error.question.answer
        return ""

    told = race(answer, range(20))
    question.refresh_from_db()
    assert told.count("") == 1
    assert {one for one in told if one} == {question.answer}


@pytest.mark.django_db(transaction=True)
def test_question_that_arrives_many_times_at_once_is_one():
    paper, member = make_paper(), make_member()
    asked = race(lambda _: ask_question("Why?", asked_by=member, paper=paper).pk, range(20))
    assert len(set(asked)) == Question.objects.count() == 1
