"""Posts to chats: in their words, at most once, only what everybody may know, until a chat refuses for good."""

import json
import logging
from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.models import FetchTurn
from sessions.models import Webhook, WebhookPost
from sessions.services.chats import post_about_session, post_news, try_chat, use_again
from sessions.services.sessions import cancel_session, edit_session
from sessions.services.telling import plan_mailings
from sessions.tasks import post_to_chat
from tests.factories import make_presentation, make_report, make_session
from tests.mails import write_mails
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat(httpserver, settings) -> Webhook:
    host = f"127.0.0.1:{httpserver.port}"
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [host]
    return Webhook.objects.create(
        name="#papers", url=f"http://{host}/hooks/s3cret-key", created_at=timezone.now() - timedelta(days=9)
    )


def work() -> None:
    for pk in WebhookPost.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True):
        # The pace of a host is told elsewhere.
        FetchTurn.objects.all().delete()
        post_to_chat(webhook_post_id=pk)


def received(httpserver) -> list:
    return [json.loads(request.data) for request, _ in httpserver.log]


def texts(httpserver) -> list[str]:
    return [body["text"] for body in received(httpserver)]


TITLE = "<!channel> @everyone *bold* [a](http://b) & `c`"


@pytest.mark.parametrize(
    ("chat_format", "key", "escaped"),
    [
        ("slack", "text", "&lt;!channel&gt; @everyone *bold* [a](http://b) &amp; `c`"),
        ("mattermost", "text", r"\<\!channel\> @JOINEReveryone \*bold\* \[a\]\(http\://b\) & \`c\`"),
        ("discord", "content", r"\<\!channel\> @JOINEReveryone \*bold\* \[a\]\(http\://b\) & \`c\`"),
    ],
)
def test_titles_neither_format_nor_mention(httpserver, chat, chat_format, key, escaped):
    httpserver.expect_request("/hooks/s3cret-key", method="POST").respond_with_data("ok")
    Webhook.objects.update(format=chat_format)
    session = make_session()
    post_about_session(session, TITLE, event="e")
    work()
    (body,) = received(httpserver)
    escaped = escaped.replace("JOINER", "\N{WORD JOINER}")
    assert body[key] == f"{escaped}\nhttp://localhost:8000{session.get_absolute_url()}"
    if chat_format == "discord":
        assert body["allowed_mentions"] == {"parse": []}
    if chat_format == "slack":
        assert body["mrkdwn"] is False


def test_life_of_a_session_is_told_step_by_step(httpserver, chat, time_machine):
    time_machine.move_to("2026-11-02T12:00:00Z", tick=False)
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("ok")
    starts_at = timezone.now() + timedelta(hours=30)
    session = make_session(
        title="Attention", place="Room 4", meeting_url="https://meet.example.org/x",
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
    )  # fmt: skip
    for hours in (1, 6):
        time_machine.shift(timedelta(hours=hours))
        plan_mailings()
        plan_mailings()
        work()
    edit_session(session, place="Room 5", meeting_url="https://meet.example.org/y")
    time_machine.shift(timedelta(minutes=6))
    write_mails()
    edit_session(session, meeting_url="https://meet.example.org/z")
    time_machine.shift(timedelta(minutes=6))
    write_mails()
    cancel_session(session, reason="Flooded.")
    write_mails()
    work()
    lines = [text.partition("\n")[0] for text in texts(httpserver)]
    when = "Tuesday 3 November 2026, 19:00–20:00 Berlin"
    assert lines == [
        f"Coming up: Attention, {when}, Room 4",
        f"Tomorrow: Attention, {when}, Room 4",
        "Changed: Attention. Place: Room 4 → Room 5",
        f"Called off: Attention, {when}, Room 5. Flooded",
    ]
    assert "meet.example.org" not in "".join(texts(httpserver))


def test_what_is_for_members_is_in_no_chat(chat):
    session = make_session(visibility="members", starts_at=timezone.now() + timedelta(hours=20))
    public = make_session(title="", starts_at=timezone.now() + timedelta(hours=20), visibility="public")
    make_presentation(title="Secret", status="claimed", visibility="members", session=public)
    make_presentation(visibility="members", session=make_session(starts_at=timezone.now() - timedelta(hours=5)))
    type(session).objects.update(created_at=timezone.now() - timedelta(days=1))
    plan_mailings()
    edit_session(session, place="Room 5")
    write_mails()
    told = [post.text.partition(":")[0] for post in WebhookPost.objects.order_by("pk")]
    assert told == ["Coming up", "Tomorrow"]
    assert not WebhookPost.objects.filter(text__contains="Secret").exists()


def test_what_was_given_and_published_is_told_once(httpserver, chat):
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("ok")
    held = make_session(starts_at=timezone.now() - timedelta(hours=5))
    talk = make_presentation(title="All of it", session=held, presenters=["Ada"])
    report = make_report(title="What it means", published_at=timezone.now() - timedelta(hours=1))
    make_report(title="Imported", published_at=timezone.now(), import_key="r1")
    make_report(title="Draft", status="draft")
    make_presentation(title="Long ago", session=make_session(starts_at=timezone.now() - timedelta(days=30)))
    assert [post_news(), post_news()] == [2, 0]
    work()
    assert texts(httpserver) == [
        f"Presented: All of it (Ada)\nhttp://localhost:8000{talk.get_absolute_url()}",
        f"Report: What it means\nhttp://localhost:8000{report.get_absolute_url()}",
    ]


def test_chat_added_today_hears_nothing_of_yesterday(chat):
    Webhook.objects.update(created_at=timezone.now())
    make_report(published_at=timezone.now() - timedelta(days=1))
    assert post_news() == 0


@pytest.mark.parametrize(("field", "count"), [("tells_sessions", 1), ("tells_archive", 1), ("is_active", 0)])
def test_chat_hears_what_it_wants(chat, field, count):
    Webhook.objects.update(**{field: False})
    make_report(published_at=timezone.now())
    told = post_news() + post_about_session(make_session(), "Hello", event="e")
    assert told == count


def test_worker_that_died_while_posting_does_not_post_twice(httpserver, chat):
    post_about_session(make_session(), "Hello", event="e")
    WebhookPost.objects.update(handed_over_at=timezone.now())
    work()
    assert httpserver.log == []
    assert WebhookPost.objects.get().status == "done"


@pytest.mark.parametrize("status", [429, 503])
def test_chat_that_is_away_is_asked_again_later(httpserver, chat, status):
    httpserver.expect_ordered_request("/hooks/s3cret-key").respond_with_data("", status=status)
    httpserver.expect_ordered_request("/hooks/s3cret-key").respond_with_data("ok")
    post_about_session(make_session(), "Hello", event="e")
    work()
    post = WebhookPost.objects.get()
    assert (post.status, post.handed_over_at) == ("pending", None)
    WebhookPost.objects.update(wake_at=None)
    work()
    assert WebhookPost.objects.get().status == "done"


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (403, "refused the message (403)"),
        (404, "does not know this address"),
        (302, "refused the message (302)"),
        (500, "may have arrived or not"),
    ],
)
def test_refusal_is_final_and_says_why_without_the_address(httpserver, chat, status, reason):
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("", status=status, headers={"Location": "/other"})
    post_about_session(make_session(), "Hello", event="e")
    work()
    post = WebhookPost.objects.get()
    assert post.status == "failed"
    assert reason in post.error
    assert "s3cret" not in post.error
    assert len(httpserver.log) == 1


def test_chat_is_paused_after_five_failures_in_a_row_and_used_again(httpserver, chat):
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("", status=404)
    for number in range(5):
        assert post_about_session(make_session(), "Hello", event=f"e{number}") == 1
        work()
    chat.refresh_from_db()
    assert not chat.is_active
    assert chat.paused_because == "5 messages in a row failed. The chat does not know this address any more."
    assert post_about_session(make_session(), "Hello", event="e6") == 0
    use_again(chat)
    assert post_about_session(make_session(), "Hello", event="e6") == 1


def test_host_inside_the_network_is_refused(chat, settings):
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = []
    post_about_session(make_session(), "Hello", event="e")
    work()
    assert WebhookPost.objects.get().error == "This address is none that the site may post to."


def test_address_is_in_no_log(httpserver, chat, caplog):
    caplog.set_level(logging.INFO)
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("ok")
    post_about_session(make_session(), "Hello", event="e")
    work()
    assert "s3cret" not in "".join(record.getMessage() for record in caplog.records if record.name != "werkzeug")
    assert chat.masked_url == "127.0.0.1/…-key"


def test_test_message_is_sent_once_for_a_press_also_to_a_paused_chat(httpserver, chat):
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("ok")
    Webhook.objects.update(is_active=False)
    for _ in range(2):
        try_chat(chat, key="k")
        work()
    assert len(httpserver.log) == 1


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_post_once(httpserver, chat):
    httpserver.expect_request("/hooks/s3cret-key").respond_with_data("ok")
    post_about_session(make_session(), "Hello", event="e")
    race(lambda pk: post_to_chat(webhook_post_id=pk), [WebhookPost.objects.get().pk] * 6)
    assert len(httpserver.log) == 1
