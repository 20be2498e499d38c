"""Discussion under a presentation."""

import pytest
from django.urls import reverse

from readinggroup.models import Comment
from readinggroup.services.comments import delete_comment, write_comment
from tests.factories import make_presentation

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return make_presentation(title="A talk", status="given")


def say(client, talk, **sent):
    return client.post(reverse("sessions:comment_add", args=[talk.pk]), {"body": "Why so?", **sent})


def page(client, talk) -> str:
    return client.get(talk.get_absolute_url()).content.decode()


def test_member_comments_and_everybody_reads(charlie, bob_client, talk):
    answer = say(bob_client, talk, body="The loss is $x^2$. <script>alert(1)</script>", pin="slide 12")
    comment = Comment.objects.get()
    assert answer.url == f"{talk.get_absolute_url()}#comment-{comment.pk}"
    shown = page(charlie, talk)
    assert "<math" in shown
    assert "<script>alert" not in shown
    assert 'href="#slide=12">slide 12</a>' in shown


@pytest.mark.parametrize(
    ("pin", "anchor"),
    [
        ("slide 12", "slide=12"),
        ("12", "slide=12"),
        ("Page 3", "slide=3"),
        ("12:34", "t=754"),
        ("1:00:00", "t=3600"),
        ("", ""),
    ],
)
def test_pin_is_understood_as_people_write_it(bob_client, talk, pin, anchor):
    say(bob_client, talk, pin=pin)
    assert Comment.objects.get().anchor == anchor


def test_pin_that_means_nothing_is_refused_and_the_words_stay(bob_client, talk):
    refused = say(bob_client, talk, pin="the middle")
    assert refused.status_code == 400
    assert "such as “12:34”" in refused.content.decode()
    assert "Why so?" in refused.content.decode()
    assert not Comment.objects.exists()


def test_answers_stand_under_what_they_answer(bob, alice, bob_client, talk):
    first = write_comment(talk, written_by=alice, body="A question")
    answer = write_comment(talk, written_by=alice, body="My own answer", reply_to=first)
    say(bob_client, talk, body="An answer to the answer", reply_to=answer.pk)
    assert Comment.objects.get(body="An answer to the answer").reply_to == first
    shown = page(bob_client, talk)
    assert shown.index("A question") < shown.index("My own answer") < shown.index("An answer to the answer")


def test_form_sent_twice_is_one_comment(bob_client, talk):
    say(bob_client, talk)
    say(bob_client, talk)
    assert Comment.objects.count() == 1


def test_author_edits_and_it_is_told(bob, bob_client, talk):
    comment = write_comment(talk, written_by=bob, body="First words", anchor="t=754")
    edit = reverse("sessions:comment_edit", args=[comment.pk])
    assert 'value="12:34"' in bob_client.get(edit).content.decode()
    bob_client.post(edit, {"body": "Second words", "pin": ""})
    shown = page(bob_client, talk)
    assert "Second words" in shown
    assert "First words" not in shown
    assert "· edited" in shown


def test_taken_back_words_are_gone_and_answers_stay(charlie, bob, alice, alice_client, talk):
    comment = write_comment(talk, written_by=bob, body="Something rash")
    write_comment(talk, written_by=alice, body="A patient answer", reply_to=comment)
    alice_client.post(reverse("sessions:comment_delete", args=[comment.pk]))
    shown = page(charlie, talk)
    assert "Something rash" not in shown
    assert "This comment was taken back." in shown
    assert "A patient answer" in shown


def test_taken_back_without_answers_leaves_nothing(charlie, bob, talk):
    delete_comment(write_comment(talk, written_by=bob, body="Something rash"))
    assert "taken back" not in page(charlie, talk)


def test_answer_to_what_was_taken_back_is_not_lost(bob, bob_client, talk):
    comment = write_comment(talk, written_by=bob, body="Something rash")
    delete_comment(comment)
    refused = say(bob_client, talk, body="My long answer", reply_to=comment.pk)
    assert refused.status_code == 409
    assert "My long answer" in refused.content.decode()


def test_answer_across_presentations_is_refused(bob, bob_client, talk):
    elsewhere = write_comment(make_presentation(title="Another"), written_by=bob, body="Elsewhere")
    assert say(bob_client, talk, reply_to=elsewhere.pk).status_code == 409


def test_strangers_cannot_comment_on_what_they_cannot_see(charlie, bob, bob_client, talk):
    assert say(charlie, talk).url.startswith(reverse("account_login"))
    talk.visibility = "members"
    talk.save()
    comment = write_comment(talk, written_by=bob, body="Among ourselves")
    assert charlie.get(reverse("sessions:comment_edit", args=[comment.pk])).status_code == 302
    assert say(bob_client, talk).status_code == 302


def test_too_many_are_slowed_down(bob_client, talk, monkeypatch):
    monkeypatch.setattr("sessions.views.discussion.MOST_PER_HOUR", 2)
    answers = [say(bob_client, talk, body=f"Comment {number}").status_code for number in range(3)]
    assert answers == [302, 302, 429]


def test_page_asks_equally_often_for_any_number_of_comments(bob, bob_client, talk, count_queries):
    first = write_comment(talk, written_by=bob, body="One")
    few = count_queries(lambda: page(bob_client, talk))
    for number in range(20):
        write_comment(talk, written_by=bob, body=f"Comment {number}")
        write_comment(talk, written_by=bob, body=f"Answer {number}", reply_to=first)
    assert count_queries(lambda: page(bob_client, talk)) == few
