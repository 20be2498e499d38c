"""Mails about events: once per event and person, only to who wants them, ended by one click."""

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from readinggroup.models import Mail, Member
from readinggroup.services.mailing import choose_mail, send_once, send_once_to_address
from readinggroup.tasks import send_mail
from tests.factories import make_member

pytestmark = pytest.mark.django_db

WORDS = {
    "test/note.subject.txt": "About\n{{ what }}",
    "test/note.txt": "Hello {{ member }}, {{ what }}. {{ stop_url }}",
    "test/note.html": "<p>{{ what }} <a href='{{ stop_url }}'>End</a></p>",
}


@pytest.fixture(autouse=True)
def words(settings):
    loaders = [("django.template.loaders.locmem.Loader", WORDS)]
    (engine,) = settings.TEMPLATES
    files = "django.template.loaders.filesystem.Loader"
    options = {**engine["OPTIONS"], "loaders": [*loaders, files]}
    with override_settings(TEMPLATES=[{**engine, "APP_DIRS": False, "OPTIONS": options}]):
        yield


def tell(member, event="an-event", **more):
    return send_once(to=member, event=event, kind="discussion", template="test/note", context={"what": "A & B"}, **more)


def deliver():
    for row in Mail.objects.all():
        send_mail(mail_id=row.pk)
    return mail.outbox


def test_mail_reaches_its_member_in_text_and_html(bob):
    tell(bob)
    (sent,) = deliver()
    assert (sent.to, sent.subject) == ([bob.email], "About A & B")
    assert "A & B" in sent.body
    assert "A &amp; B" in sent.alternatives[0].content


def test_event_told_twice_is_sent_once(bob, alice):
    assert tell(bob) is not None
    assert tell(bob) is None
    tell(alice)
    deliver()
    deliver()
    assert sorted(sent.to[0] for sent in mail.outbox) == sorted([alice.email, bob.email])


def test_member_who_does_not_want_them_gets_none(bob):
    choose_mail(bob, wanted=set())
    assert tell(bob) is None
    assert deliver() == []


def test_member_who_ends_them_before_they_are_sent_gets_none(bob):
    tell(bob)
    choose_mail(bob, wanted=set())
    assert deliver() == []
    assert Mail.objects.get().status == "done"


def test_worker_that_died_while_sending_does_not_send_twice(bob):
    tell(bob)
    Mail.objects.update(handed_over_at=timezone.now())
    assert deliver() == []
    assert Mail.objects.get().status == "done"


def test_mail_server_that_refuses_is_asked_again_later(bob, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    tell(bob)
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        deliver()
    row = Mail.objects.get()
    assert (row.status, row.error_code, row.handed_over_at) == ("pending", "mail_away", None)
    Mail.objects.update(wake_at=None)
    assert len(deliver()) == 1


def test_one_click_ends_the_kind_and_looking_does_not(client, bob):
    tell(bob)
    (sent,) = deliver()
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = sent.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert "End mails about discussion?" in client.get(path).content.decode()
    bob.refresh_from_db()
    assert bob.unwanted_mail == []
    assert "No more of these mails" in client.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()
    bob.refresh_from_db()
    assert bob.unwanted_mail == ["discussion"]


def test_forged_link_ends_nothing(client, bob):
    assert client.post("/mails/forged/stop/").status_code == 404


def test_member_chooses_on_the_account(bob, bob_client):
    bob_client.post("/account/mails/", {"wanted": ["reminders"]})
    bob.refresh_from_db()
    assert "discussion" in bob.unwanted_mail
    assert "reminders" not in bob.unwanted_mail
    bob_client.post("/account/mails/", {"wanted": ["reminders", "discussion"]})
    bob.refresh_from_db()
    assert "discussion" not in bob.unwanted_mail


def test_calendar_goes_along(bob):
    tell(bob, calendar="BEGIN:VCALENDAR", calendar_method="REQUEST")
    (sent,) = deliver()
    assert sent.alternatives[1].mimetype == "text/calendar; method=REQUEST"


def test_mail_that_comes_too_late_is_not_sent(bob):
    tell(bob, expires_at=timezone.now())
    assert deliver() == []
    assert Mail.objects.get().error_code == "too_late"


def test_server_that_falls_silent_is_not_sent_the_same_again(bob, monkeypatch):
    def hang(self, *args, **kwargs):
        raise TimeoutError

    tell(bob)
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", hang)
        deliver()
    row = Mail.objects.get()
    assert (row.status, row.error_code) == ("failed", "mail_unsure")
    row.restart()
    assert deliver() == []


def test_server_that_does_not_answer_is_asked_again_later(bob, monkeypatch):
    def hang(self):
        raise TimeoutError

    tell(bob)
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", hang)
        deliver()
    assert Mail.objects.get().error_code == "mail_away"
    Mail.objects.update(wake_at=None)
    assert len(deliver()) == 1


def test_who_did_not_confirm_the_address_is_not_reachable(bob, alice):
    make_member(is_active=False)
    bob.emailaddress_set.update(verified=False)
    by_hand = Member.objects.create_user("made@example.org", name="By hand")
    assert set(Member.objects.reachable()) == {alice, by_hand}


def tell_guest(address="guest@example.net", event="an-event", **more):
    return send_once_to_address(
        address,
        name="A guest",
        event=event,
        kind="discussion",
        template="test/note",
        context={"what": "A & B"},
        stop_url="https://example.org/guests/key/cancel/",
        **more,
    )


def test_address_without_an_account_is_told_once_whatever_its_capitals():
    assert tell_guest() is not None
    assert tell_guest("Guest@Example.net") is None
    (sent,) = deliver()
    assert sent.to == ["guest@example.net"]
    assert "Hello A guest, A & B" in sent.body


def test_guests_mail_is_ended_at_its_own_address():
    tell_guest()
    (sent,) = deliver()
    headers = sent.message()
    assert headers["List-Unsubscribe"] == "<https://example.org/guests/key/cancel/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://example.org/guests/key/cancel/" in sent.body
