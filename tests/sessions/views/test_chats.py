"""Chats, as organisers add, test, pause and remove them."""

import pytest

from sessions.models import Webhook, WebhookPost

pytestmark = pytest.mark.django_db

URL = "https://hooks.slack.com/services/T0/B0/s3cret"


@pytest.fixture
def chat() -> Webhook:
    return Webhook.objects.create(name="#papers", url=URL)


def fields(**more) -> dict:
    return {"name": "#papers", "format": "slack", "url": URL, "tells_sessions": "on", "tells_archive": "on", **more}


def test_chat_is_added_and_its_address_is_shown_to_nobody_again(alice_client):
    answer = alice_client.post("/chats/", fields(), follow=True)
    chat = Webhook.objects.get()
    assert (chat.url, chat.is_active) == (URL, True)
    for path in ("/chats/", f"/chats/{chat.pk}/", f"/admin/group_sessions/webhook/{chat.pk}/change/"):
        page = alice_client.get(path).content.decode()
        assert "B0/s3cret" not in page
        assert "hooks.slack.com/…" in page
    assert "Send a test message" in answer.content.decode()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://hooks.slack.com/x", "must begin with https://"),
        ("ftp://hooks.slack.com/x", "cannot post there"),
        ("https://a:b@hooks.slack.com/x", "cannot post there"),
        ("https://hooks.slack.com:22/x", "cannot post there"),
        ("no address", "cannot post there"),
        ("", "This field is required"),
    ],
)
def test_address_that_cannot_be_posted_to_is_refused_with_what_was_typed(alice_client, url, words):
    answer = alice_client.post("/chats/", fields(url=url, name="Ours"))
    assert words in answer.content.decode()
    assert 'value="Ours"' in answer.content.decode()
    assert not Webhook.objects.exists()


def test_empty_address_keeps_the_one_there_is(alice_client, chat):
    alice_client.post(f"/chats/{chat.pk}/", {"name": "#reading", "format": "discord", "url": ""})
    chat.refresh_from_db()
    assert (chat.name, chat.format, chat.url, chat.tells_sessions) == ("#reading", "discord", URL, False)


def test_admin_keeps_the_address_too(alice_client, chat):
    data = {"name": "#reading", "format": "slack", "url": ""}
    assert alice_client.post(f"/admin/group_sessions/webhook/{chat.pk}/change/", data).status_code == 302
    chat.refresh_from_db()
    assert (chat.name, chat.url) == ("#reading", URL)


def test_test_message_is_sent_once_for_a_press(alice_client, chat):
    key = alice_client.get(f"/chats/{chat.pk}/").context["key"]
    for _ in range(2):
        alice_client.post(f"/chats/{chat.pk}/test/", {"key": key})
    assert WebhookPost.objects.get().text == "Tuesday Readers will post here."


def test_paused_chat_says_why_and_is_used_again(alice_client, chat):
    Webhook.objects.update(is_active=False, paused_because="5 messages in a row failed.")
    assert "5 messages in a row failed." in alice_client.get(f"/chats/{chat.pk}/").content.decode()
    alice_client.post(f"/chats/{chat.pk}/switch/", {"use": "yes"})
    chat.refresh_from_db()
    assert (chat.is_active, chat.paused_because) == (True, "")


def test_chat_is_removed(alice_client, chat):
    alice_client.post(f"/chats/{chat.pk}/delete/")
    assert not Webhook.objects.exists()
