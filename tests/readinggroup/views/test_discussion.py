"""Discussion under what the group reads and shows."""

import pytest
from django.urls import reverse

from readinggroup.models import Comment, Complaint, Mail
from readinggroup.services.comments import delete_comment, write_comment
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_reading_list, make_report
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    return make_presentation(title="A talk", status="given")


def say(client, talk, **sent):
    return client.post(reverse("comment_add", args=["presentation", talk.pk]), {"body": "Why so?", **sent})


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
    edit = reverse("comment_edit", args=[comment.pk])
    assert 'value="12:34"' in bob_client.get(edit).content.decode()
    bob_client.post(edit, {"body": "Second words", "pin": ""})
    shown = page(bob_client, talk)
    assert "Second words" in shown
    assert "First words" not in shown
    assert "· edited" in shown


def test_taken_back_words_are_gone_and_answers_stay(charlie, bob, alice, alice_client, talk):
    comment = write_comment(talk, written_by=bob, body="Something rash")
    write_comment(talk, written_by=alice, body="A patient answer", reply_to=comment)
    alice_client.post(reverse("comment_delete", args=[comment.pk]))
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
    assert charlie.get(reverse("comment_edit", args=[comment.pk])).status_code == 302
    assert say(bob_client, talk).status_code == 302


def test_too_many_are_slowed_down(bob_client, talk, monkeypatch):
    monkeypatch.setattr("readinggroup.views.discussion.MOST_PER_HOUR", 2)
    answers = [say(bob_client, talk, body=f"Comment {number}").status_code for number in range(3)]
    assert answers == [302, 302, 429]


def test_page_asks_equally_often_for_any_number_of_comments(bob, bob_client, talk, count_queries):
    first = write_comment(talk, written_by=bob, body="One")
    few = count_queries(lambda: page(bob_client, talk))
    for number in range(20):
        write_comment(talk, written_by=bob, body=f"Comment {number}")
        write_comment(talk, written_by=bob, body=f"Answer {number}", reply_to=first)
    assert count_queries(lambda: page(bob_client, talk)) == few


@pytest.fixture
def subjects(bob):
    """One row of each kind, all of them Bob's own."""
    return {
        "paper": make_paper(added_by=bob),
        "report": make_report(written_by=bob),
        "list": make_reading_list(owner=bob),
        "presentation": make_presentation(presenters=[bob]),
    }


@pytest.mark.parametrize("kind", ["paper", "report", "list", "presentation"])
def test_everything_that_is_read_is_discussed(kind, subjects, alice_client, client):
    subject = subjects[kind]
    answer = alice_client.post(f"/comments/on/{kind}/{subject.pk}/", {"body": "Why *so*?"})
    page = client.get(answer.url.partition("#")[0]).content.decode()
    assert "Why <em>so</em>?" in page
    assert answer.url.endswith(f"#comment-{Comment.objects.get().pk}")


@pytest.mark.parametrize("kind", ["paper", "report", "list", "presentation"])
def test_its_people_hear_of_a_comment_once(kind, subjects, alice_client, bob):
    for _ in range(2):
        alice_client.post(f"/comments/on/{kind}/{subjects[kind].pk}/", {"body": "Why so?"})
    mail = Mail.objects.get()
    assert (mail.member, mail.kind) == (bob, "discussion")
    assert "Why so?" in mail.text


def test_who_took_part_hears_of_answers_and_nobody_of_their_own(subjects, alice_client, bob_client, alice, bob):
    paper = subjects["paper"]
    alice_client.post(f"/comments/on/paper/{paper.pk}/", {"body": "Why so?"})
    Mail.objects.all().delete()
    bob_client.post(f"/comments/on/paper/{paper.pk}/", {"body": "Because.", "reply_to": Comment.objects.get().pk})
    assert [mail.member for mail in Mail.objects.all()] == [alice]


def test_nobody_hears_of_what_they_may_no_longer_see(alice_client, alice, bob):
    kept = make_reading_list(owner=alice, is_public=False)
    write_comment(kept, written_by=bob, body="First.")
    first = Comment.objects.get()
    alice_client.post(f"/comments/on/list/{kept.pk}/", {"body": "Then.", "reply_to": first.pk})
    assert not Mail.objects.exists()


def test_kind_that_is_none_is_not_found(bob_client):
    assert bob_client.post("/comments/on/member/1/", {"body": "x"}).status_code == 404


def test_long_discussion_has_pages_and_links_find_theirs(client, bob, talk):
    for number in range(120):
        write_comment(talk, written_by=bob, body=f"Comment {number}.")
    last = Comment.objects.order_by("pk").last()
    answer = client.get(f"/comments/{last.pk}/")
    assert "?comments=3#" in answer.url
    page = client.get(answer.url.partition("#")[0]).content.decode()
    assert "Comment 119." in page
    assert "Comment 10." not in page
    assert "Page 3 of 3" in page


def test_comment_is_reported_hidden_and_shown_again(client, bob, bob_client, alice_client, talk):
    comment = write_comment(talk, written_by=bob, body="Buy my book!")
    member = make_member()
    reporter = signed_in_client(member)
    assert bob_client.get(f"/comments/{comment.pk}/report/").status_code == 404
    for _ in range(2):
        reporter.post(f"/comments/{comment.pk}/report/", {"reason": "An advertisement."})
    assert Complaint.objects.count() == 1
    page = alice_client.get("/comments/reported/").content.decode()
    assert "An advertisement." in page
    alice_client.post(f"/comments/{comment.pk}/settle/", {"do": "hide"})
    assert "Buy my book!" not in client.get(talk.get_absolute_url()).content.decode()
    assert "Nothing to look at" in alice_client.get("/comments/reported/").content.decode()
    alice_client.post(f"/comments/{comment.pk}/settle/", {"do": "show"})
    assert "Buy my book!" in client.get(talk.get_absolute_url()).content.decode()


def test_complaint_without_merit_changes_nothing(client, bob, alice_client, talk):
    comment = write_comment(talk, written_by=bob, body="A fair word.")
    Complaint.objects.create(comment=comment, made_by=make_member(), reason="I disagree.")
    alice_client.post(f"/comments/{comment.pk}/settle/", {"do": "leave"})
    assert "A fair word." in client.get(talk.get_absolute_url()).content.decode()
    assert not Complaint.objects.open().exists()


def test_only_organisers_moderate(bob_client, bob, talk):
    comment = write_comment(talk, written_by=bob, body="A word.")
    assert bob_client.get("/comments/reported/").status_code == 404
    assert bob_client.post(f"/comments/{comment.pk}/settle/", {"do": "hide"}).status_code == 404


@pytest.mark.parametrize("kind", ["paper", "report", "list", "presentation"])
def test_queries_do_not_grow_with_the_comments(kind, subjects, client, bob, count_queries):
    subject = subjects[kind]
    write_comment(subject, written_by=bob, body="One.")
    few = count_queries(lambda: client.get(subject.get_absolute_url()))
    for number in range(10):
        write_comment(subject, written_by=make_member(), body=f"More {number}.")
    assert count_queries(lambda: client.get(subject.get_absolute_url())) == few


@pytest.mark.django_db(transaction=True)
def test_comment_that_arrives_many_times_at_once_is_one():
    paper, member = make_paper(), make_member()
    written = race(lambda _: write_comment(paper, written_by=member, body="Nice.").pk, range(20))
    assert len(set(written)) == 1
