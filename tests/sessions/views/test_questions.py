"""Asking, wanting to know too, answering and finding questions, as people do it on pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from readinggroup.search import rebuild
from sessions.forms.roles import fingerprint
from sessions.models import Question
from sessions.services.questions import answer_question, ask_question, put_aside, want
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_role_play, make_session, make_topic

pytestmark = pytest.mark.django_db


def page(client, address: str, status: int = 200) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def act(client, name: str, question: Question, **data) -> str:
    answer = client.post(reverse(f"sessions:question_{name}", args=[question.pk]), data, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def past(**fields):
    return make_session(starts_at=timezone.now() - timezone.timedelta(hours=2), **fields)


def test_member_asks_for_a_session_and_another_wants_to_know_too(bob_client, bob):
    paper = make_paper()
    session = make_session(title="Next")
    make_presentation(papers=[paper], session=session, status="claimed")
    assert "Nobody has asked anything yet" in page(bob_client, session.get_absolute_url())
    address = reverse("sessions:question_ask")
    data = {"text": "Why *this*?", "session": session.pk, "paper": paper.pk}
    assert "<em>this</em>" in bob_client.post(address, data, follow=True).content.decode()
    question = Question.objects.get()
    assert (question.session, question.paper) == (session, paper)
    other = signed_in_client(make_member())
    assert act(other, "vote", question, session=session.pk).count("you too") == 1
    assert act(other, "vote", question, do="want").count("2 want to know") == 1
    assert "no longer need" not in act(other, "vote", question, do="unwant")
    assert question.votes.count() == 1


def test_empty_and_huge_questions_are_refused_and_kept_in_the_form(bob_client):
    session = make_session()
    address = reverse("sessions:question_ask")
    for text in ("", "   ", "x" * 2001, "Q " + "[" * 6000):
        answer = bob_client.post(address, {"text": text, "session": session.pk})
        assert answer.status_code == 422
        assert text.strip()[:100] in answer.content.decode()
    assert not Question.objects.exists()


def test_a_question_about_nothing_leads_to_the_index(bob_client):
    for query in ("", "?session=999", "?paper=%00", "?paper=99999999999999999999"):
        answer = bob_client.get(reverse("sessions:question_ask") + query)
        assert answer.url == reverse("sessions:question_list")


def test_presenter_answers_after_the_session_and_the_page_says_where(bob, bob_client, charlie):
    paper, session = make_paper(), past(title="Yesterday")
    make_presentation(papers=[paper], session=session, presenters=[bob])
    question = ask_question("Why?", asked_by=make_member(name="Dora"), paper=paper)
    form = reverse("sessions:question_answer", args=[question.pk]) + f"?session={session.pk}"
    assert "Yesterday" in page(bob_client, form)
    data = {"answer": "Because **so**.", "session": session.pk, "before": fingerprint("")}
    answered = bob_client.post(form, data, follow=True).content.decode()
    assert "<strong>so</strong>" in answered
    on_paper = page(charlie, paper.get_absolute_url())
    assert "Answered by Bob" in on_paper
    assert session.get_absolute_url() in on_paper


def test_answering_with_nothing_asks_for_something(bob, bob_client):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    address = reverse("sessions:question_answer", args=[question.pk])
    answer = bob_client.post(address, {"answer": "", "before": fingerprint("")})
    assert answer.status_code == 422
    assert "Write the answer, or choose the session" in answer.content.decode()


def test_who_answers_second_sees_both_and_loses_nothing(bob, bob_client, alice):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    answer_question(question, answer="Theirs.", by=alice, seen="")
    address = reverse("sessions:question_answer", args=[question.pk])
    refused = bob_client.post(address, {"answer": "Mine.", "before": fingerprint("")})
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    bob_client.post(address, {"answer": "Both.", "before": fingerprint("Theirs.")})
    question.refresh_from_db()
    assert question.answer == "Both."


def test_who_is_not_concerned_cannot_answer_or_change(bob, bob_client):
    question = ask_question("Why?", asked_by=make_member(), paper=make_paper())
    for name in ("answer", "edit"):
        assert bob_client.get(reverse(f"sessions:question_{name}", args=[question.pk])).status_code == 404
    for do in ("aside", "reopen", "take_back", ""):
        address = reverse("sessions:question_change", args=[question.pk])
        assert bob_client.post(address, {"do": do}).status_code == 404
    question.refresh_from_db()
    assert question.is_open


def test_asker_edits_and_takes_back_until_others_want_to_know(bob, bob_client):
    question = ask_question("Why?", asked_by=bob, paper=make_paper())
    address = reverse("sessions:question_edit", args=[question.pk])
    bob_client.post(address, {"text": "Why not?"})
    want(question, member=make_member())
    refused = bob_client.post(address, {"text": "Something else"})
    assert refused.status_code == 422
    assert "Something else" in refused.content.decode()
    assert "Others want to know this too" in act(bob_client, "change", question, do="take_back")
    question.votes.exclude(member=bob).delete()
    assert "taken back" in act(bob_client, "change", question, do="take_back")
    assert not Question.objects.exists()


def test_put_aside_leaves_the_lists_and_comes_back(alice, alice_client):
    paper = make_paper()
    question = ask_question("Why on earth?", asked_by=make_member(), paper=paper)
    act(alice_client, "change", question, do="aside")
    assert "Why on earth?" not in page(alice_client, paper.get_absolute_url())
    act(alice_client, "change", question, do="reopen")
    assert "Why on earth?" in page(alice_client, paper.get_absolute_url())


def test_index_is_narrowed_and_in_pages(bob, bob_client):
    topic, paper = make_topic("Attention"), make_paper()
    paper.topics.add(topic)
    ask_question("On topic?", asked_by=make_member(), paper=paper)
    mine = ask_question("Mine?", asked_by=bob, paper=make_paper())
    put_aside(ask_question("Aside?", asked_by=bob, paper=paper))
    answer_question(ask_question("Done?", asked_by=bob, paper=paper), answer="Yes.", by=bob, seen="")
    address = reverse("sessions:question_list")

    def shown(query: str) -> list[str]:
        text = page(bob_client, address + query)
        return [word for word in ("On topic?", "Mine?", "Aside?", "Done?") if word in text]

    assert shown("") == ["On topic?", "Mine?"]
    assert shown("?topic=attention") == ["On topic?"]
    assert shown("?mine=1") == ["Mine?"]
    assert shown(f"?paper={mine.paper_id}") == ["Mine?"]
    assert shown("?are=answered") == ["Done?"]
    assert shown("?topic=%00&paper=x&session=-1") == ["On topic?", "Mine?"]
    for number in range(31):
        ask_question(f"{number}?", asked_by=bob, paper=paper)
    assert "Page 1 of 2" in page(bob_client, address)


def test_packet_and_run_sheet_hold_the_open_questions(bob, charlie):
    session = make_role_play(paper=make_paper())
    ask_question("Would it sell?", asked_by=bob, paper=session.role_play.paper)
    for name in ("packet", "run"):
        assert "Would it sell?" in page(charlie, reverse(f"sessions:session_{name}", args=[session.pk]))


def test_questions_among_members_are_found_by_members_only(bob, bob_client, charlie):
    session = make_session(visibility="members")
    question = ask_question("Supercalifragilistic?", asked_by=bob, session=session)
    rebuild()
    address = reverse("search") + "?q=supercalifragilistic"
    assert question.get_absolute_url() in page(bob_client, address)
    assert question.get_absolute_url() not in page(charlie, address)
    assert charlie.get(question.get_absolute_url()).status_code == 404
    assert "Supercali" not in page(charlie, reverse("sessions:question_list"))


@pytest.mark.parametrize("where", ["session", "paper", "index"])
def test_pages_ask_equally_often_for_any_number_of_questions(bob, bob_client, count_queries, where):
    paper, session = make_paper(), past()
    make_presentation(papers=[paper], session=session, presenters=[bob])
    address = {
        "session": session.get_absolute_url(),
        "paper": paper.get_absolute_url(),
        "index": reverse("sessions:question_list"),
    }[where]

    def ask(text: str) -> None:
        ask_question(text, asked_by=make_member(), session=session, paper=paper)
        answered = ask_question(f"{text} again?", asked_by=make_member(), paper=paper)
        answer_question(answered, answer="So.", by=bob, seen="", session=session)

    ask("One?")
    few = count_queries(lambda: page(bob_client, address))
    for number in range(3):
        ask(f"{number}?")
    assert count_queries(lambda: page(bob_client, address)) == few
