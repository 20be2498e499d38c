"""Questions noted in notes, lists, reports and comments: each line becomes one question of the ledger."""

import time

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.models import Entry
from papers.services.reading_lists import (
    LinkLine,
    add_entry,
    create_reading_list,
    edit_entry,
    edit_reading_list,
    remove_entry,
)
from papers.services.reports import publish_report, save_report, withdraw_to_draft
from readinggroup.services.comments import delete_comment, edit_comment, write_comment
from sessions.models import Question, Session
from sessions.services.harvesting import harvest_row, likeness
from sessions.services.notes import add_note, save_notes
from sessions.services.presentations import edit_presentation
from sessions.services.questions import ask_question, put_aside, want
from sessions.services.role_contributions import contribute_to_role
from sessions.services.roles import claim_role
from tests.factories import (
    make_member,
    make_paper,
    make_presentation,
    make_reading_list,
    make_report,
    make_role_play,
    make_session,
)
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(db):
    """Another member."""
    return make_member(name="Dora")


def told() -> list[tuple[str, str]]:
    return list(Question.objects.order_by("pk").values_list("text", "status"))


def test_comment_under_a_paper_asks_about_the_paper(bob):
    paper = make_paper()
    comment = write_comment(paper, written_by=bob, body="Nice.\n\nQ: why does it work?")
    (question,) = Question.objects.all()
    assert (question.text, question.paper, question.asked_by) == ("why does it work?", paper, bob)
    assert question.source == "comment"
    assert question.source_path.endswith(f"#comment-{comment.pk}")


def test_saving_again_makes_no_second_question(bob):
    comment = write_comment(make_paper(), written_by=bob, body="Q: why?")
    for body in ("Q: why?", "- **Q:** Why?", "Before.\n\nQ:  why?\n\nAfter."):
        edit_comment(comment, body=body, anchor="")
    assert told() == [("why?", "open")]


def test_question_follows_its_line_until_somebody_votes(bob, dora):
    comment = write_comment(make_paper(), written_by=bob, body="Q: why does it work?")
    edit_comment(comment, body="Q: why does it not work?", anchor="")
    assert told() == [("why does it not work?", "open")]
    want(Question.objects.get(), member=dora)
    edit_comment(comment, body="Q: why does it not work at all?", anchor="")
    assert told() == [("why does it not work?", "open"), ("why does it not work at all?", "open")]


def test_line_that_is_gone_puts_its_question_aside_and_brings_it_back(bob, dora):
    comment = write_comment(make_paper(), written_by=bob, body="Q: why?\n\nQ: since when is it so?")
    want(Question.objects.get(text="why?"), member=dora)
    edit_comment(comment, body="Nothing.", anchor="")
    assert told() == [("why?", "open"), ("since when is it so?", "aside")]
    edit_comment(comment, body="Q: since when is it so?", anchor="")
    assert told() == [("why?", "open"), ("since when is it so?", "open")]


def test_what_a_person_put_aside_stays_aside(bob):
    comment = write_comment(make_paper(), written_by=bob, body="Q: why?")
    put_aside(Question.objects.get())
    edit_comment(comment, body="Q: why?\n\nand more", anchor="")
    assert told() == [("why?", "aside")]


def test_taking_a_comment_back_takes_its_question_along(bob):
    comment = write_comment(make_paper(), written_by=bob, body="Q: why?")
    delete_comment(comment)
    assert told() == [("why?", "aside")]


def test_lists_ask_about_the_papers_of_their_entries(bob):
    paper = make_paper()
    kept = create_reading_list(owner=bob, title="To read", intro="Q: in which order?")
    entry = add_entry(kept, links=[LinkLine("https://a.org", "a", paper)], commentary="Q: does it scale?")
    assert list(Question.objects.order_by("pk").values_list("text", "paper", "source")) == [
        ("in which order?", None, "list"),
        ("does it scale?", paper.pk, "list"),
    ]
    edit_entry(entry, commentary="Q: does it really scale?")
    assert Question.objects.count() == 2
    remove_entry(entry)
    assert Question.objects.get(paper=paper).status == "aside"


def test_private_lists_and_drafts_are_not_asked(bob, dora):
    kept = create_reading_list(owner=bob, title="Mine", intro="Q: secret?", is_public=False)
    write_comment(kept, written_by=bob, body="Q: said in secret?")
    report = save_report(make_report(title="Draft", status="draft", written_by=bob), saved_by=bob)
    report.body = "Q: unfinished?"
    save_report(report, saved_by=bob)
    assert told() == []
    edit_reading_list(kept, is_public=True)
    publish_report(report)
    assert {text for text, _ in told()} == {"secret?", "said in secret?", "unfinished?"}
    edit_reading_list(kept, is_public=False)
    withdraw_to_draft(report)
    assert {status for _, status in told()} == {"aside"}
    assert not Question.objects.visible_to(AnonymousUser()).exists()
    assert not Question.objects.visible_to(dora).exists()


def test_role_contributions_ask_for_their_session_and_paper(bob):
    paper = make_paper()
    session = make_role_play(paper=paper)
    assignment = claim_role(session.role_assignments.first(), member=bob)
    contribute_to_role(assignment, notes="Q: would anybody buy it?")
    question = Question.objects.get()
    assert (question.session, question.paper, question.asked_by) == (session, paper, bob)


def test_what_is_said_about_a_presentation_for_members_stays_among_them(bob):
    talk = make_presentation(visibility="members")
    write_comment(talk, written_by=bob, body="Q: why?")
    assert not Question.objects.visible_to(AnonymousUser()).exists()
    edit_presentation(talk, visibility="public")
    assert Question.objects.visible_to(AnonymousUser()).exists()


def test_answer_below_a_question_answers_it(bob):
    session = make_session()
    asked = ask_question("Does it scale?", asked_by=bob, session=session)
    assignment = claim_role(make_role_play().role_assignments.first(), member=bob)
    contribute_to_role(assignment, notes="Q: who paid?\nA: the reader")
    found = Question.objects.get(text="who paid?")
    assert (found.status, found.answer, found.answered_in) == ("answered", "the reader", assignment.session)
    asked.refresh_from_db()
    assert asked.is_open


def test_notes_ask_and_answer_for_their_session(bob):
    paper = make_paper()
    session = make_session(title="Now")
    make_presentation(papers=[paper], session=session, status="claimed")
    asked = ask_question("Does it scale?", asked_by=bob, session=session)
    add_note(session, text="Q: who paid?", by=bob)
    found = Question.objects.exclude(pk=asked.pk).get()
    assert (found.text, found.asker_name, found.session, found.paper) == ("who paid?", "Bob", session, paper)
    text = f"{session.notes}\nA: the reader\n\n- Q: does it scale?\n  A: It does."
    save_notes(session, text=text, version=session.notes_version, saved_by=bob)
    asked.refresh_from_db()
    found.refresh_from_db()
    assert [(one.answer, one.answered_in) for one in (found, asked)] == [("the reader", session), ("It does.", session)]


def test_gathering_what_was_there_before_is_repeatable(bob):
    make_session(notes="Q: from old notes?")
    make_report(body="Q: from an old report?")
    for _ in range(2):
        call_command("gather_questions", verbosity=0)
    assert {text for text, _ in told()} == {"from old notes?", "from an old report?"}


def test_a_long_list_without_questions_costs_few_queries(bob):
    kept = create_reading_list(owner=bob, title="Long")
    for number in range(20):
        add_entry(kept, title=f"{number}", commentary="Read it.")
    with CaptureQueriesContext(connection) as asked:
        edit_reading_list(kept, title="Longer")
    assert len(asked) < 20


@pytest.mark.django_db(transaction=True)
def test_saving_the_same_text_many_times_at_once_makes_one_question(bob):
    comment = write_comment(make_paper(), written_by=bob, body="Nothing yet.")

    def save(_) -> None:
        edit_comment(comment, body="Q: why?", anchor="")

    race(save, range(10))
    assert told() == [("why?", "open")]


def test_list_of_more_entries_than_a_query_can_name_is_harvested():
    reading_list = make_reading_list()
    Entry.objects.bulk_create(
        Entry(reading_list=reading_list, position=n, title=str(n), commentary="Q: Why?" if n == 1_100 else "Words.")
        for n in range(1, 1_201)
    )

    harvest_row(reading_list)

    assert [question.text for question in Question.objects.all()] == ["Why?"]


def test_words_written_to_hurt_are_compared_in_time():
    began = time.process_time()
    assert likeness("ab " * 600, "abc " * 600) > 0.5
    assert time.process_time() - began < 1


def test_text_in_which_everything_is_new_asks_anew(bob):
    session = make_session()
    for word in ("attention", "recurrence"):
        text = "\n\n".join(f"Q: {number} {word}?" for number in range(60))
        save_notes(session, text=text, version=session.notes_version, saved_by=bob)
    assert Question.objects.open().count() == 60
    assert not Question.objects.open().filter(text__contains="attention").exists()


def test_answer_that_members_alone_read_stays_with_them(bob, dora):
    paper = make_paper()
    asked = ask_question("Why?", asked_by=bob, paper=paper)
    talk = make_presentation(session=make_session(), papers=[paper], visibility="members", status="claimed")
    write_comment(talk, written_by=dora, body="Q: Why?\nA: Between us: luck.")
    for reader, answers in ((AnonymousUser(), [""]), (bob, ["", "Between us: luck."])):
        assert list(Question.objects.visible_to(reader).values_list("answer", flat=True)) == answers
    asked.refresh_from_db()
    assert asked.is_open


def test_notes_of_a_public_session_do_not_tell_what_members_read_in_it(bob):
    session = make_session()
    make_presentation(session=session, papers=[make_paper()], visibility="members", status="claimed")
    save_notes(session, text="Q: Why?", version=0, saved_by=bob)
    assert Question.objects.get().paper is None
    Session.objects.update(visibility="members")
    harvest_row(Session.objects.get())
    assert Question.objects.get().paper is not None


def test_question_leads_to_no_page_that_is_gone(alice, bob, client):
    report = make_report(written_by=alice, body="Q: Why?", status="published")
    comment = write_comment(make_paper(), written_by=alice, body="Q: How?")
    harvest_row(report)
    for question in Question.objects.all():
        want(question, member=bob)
        assert "found in" in client.get(question.get_absolute_url()).content.decode()
    withdraw_to_draft(report)
    assert Question.objects.get(text="Why?").source_path == ""
    publish_report(report)
    assert Question.objects.get(text="Why?").source_path == report.get_absolute_url()
    report.delete()
    comment.delete()
    for question in Question.objects.all():
        assert "found in" not in client.get(question.get_absolute_url()).content.decode()


def test_row_that_is_deleted_takes_its_questions_off_the_lists(bob):
    session = make_session()
    save_notes(session, text="Q: Why?", version=0, saved_by=bob)
    session.delete()
    assert told() == [("Why?", "aside")]


@pytest.mark.parametrize("action", ["hide", "show_again"])
def test_comments_hidden_and_shown_in_the_admin_hide_and_show_their_questions(alice_client, bob, action):
    comment = write_comment(make_paper(), written_by=bob, body="Q: Why?")
    path = reverse("admin:readinggroup_comment_changelist")
    for done in dict.fromkeys(("hide", action)):
        alice_client.post(path, {"action": done, "_selected_action": [comment.pk]})
    assert told() == [("Why?", "open" if action == "show_again" else "aside")]
