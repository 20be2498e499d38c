"""The weekly digest: once a week, only when something is new, ended by one click."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from readinggroup.models import Digest, Member
from readinggroup.services.digests import plan_digests, stop_url
from readinggroup.tasks import send_digest
from tests.factories import make_paper, make_presentation, make_report, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(bob):
    Member.objects.filter(pk=bob.pk).update(wants_digest=True)
    bob.refresh_from_db()
    return bob


@pytest.fixture
def news():
    paper = make_paper(title="A paper we read")
    today = timezone.localdate()
    make_presentation(title="A talk about it", status="given", number=7, presented_on=today, papers=[paper])
    make_presentation(title="Years ago", status="given", number=1, presented_on=today - timedelta(days=900))
    paper.notices.create(kind="retraction", detail="made up", source="Crossref")
    make_report(title="A report", status="published", published_at=timezone.now())


def deliver() -> list:
    plan_digests()
    for digest in Digest.objects.all():
        send_digest(digest_id=digest.pk)
    return mail.outbox


def test_news_of_the_week_in_plain_text_and_html(reader, news):
    make_session(title="Next week's session", starts_at=timezone.now() + timedelta(days=5))
    (sent,) = deliver()
    html = sent.alternatives[0].content
    assert sent.to == [reader.email]
    for words in ("A paper we read", "retracted: made up", "A report", "A talk about it", "Next week"):
        assert words in sent.body
        assert words.replace("'", "&#x27;") in html
    assert "http://localhost:8000/papers/" in sent.body
    assert "Years ago" not in sent.body


def test_only_those_who_asked_get_one_and_only_once(reader, alice, news):
    deliver()
    deliver()
    assert [sent.to for sent in mail.outbox] == [[reader.email]]


def test_nothing_new_sends_nothing(reader):
    make_session(title="A session", starts_at=timezone.now() + timedelta(days=5))
    assert deliver() == []
    assert Digest.objects.get().status == "done"


def test_what_is_for_members_alone_is_in_a_members_digest(reader):
    make_presentation(title="Among ourselves", status="given", visibility="members", presented_on=timezone.localdate())
    (sent,) = deliver()
    assert "Among ourselves" in sent.body


def test_worker_that_died_while_sending_does_not_send_twice(reader, news):
    plan_digests()
    digest = Digest.objects.get()
    Digest.objects.update(handed_over_at=timezone.now())
    send_digest(digest_id=digest.pk)
    assert mail.outbox == []
    assert Digest.objects.get().status == "done"


def test_mail_server_that_refuses_is_asked_again_later(reader, news, monkeypatch):
    def refuse(self, *args, **kwargs):
        raise ConnectionRefusedError

    plan_digests()
    digest = Digest.objects.get()
    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        send_digest(digest_id=digest.pk)
    digest.refresh_from_db()
    assert (digest.status, digest.error_code, digest.handed_over_at) == ("pending", "mail_away", None)
    Digest.objects.update(wake_at=None)
    send_digest(digest_id=digest.pk)
    assert len(mail.outbox) == 1


def test_one_click_ends_it_and_looking_does_not(client, reader, news):
    (sent,) = deliver()
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert address == stop_url(reader)
    path = address.removeprefix("http://localhost:8000")
    assert "End the weekly digest?" in client.get(path).content.decode()
    reader.refresh_from_db()
    assert reader.wants_digest
    assert "No more digests" in client.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()
    reader.refresh_from_db()
    assert not reader.wants_digest


def test_forged_link_is_nothing(client, reader):
    assert client.post("/digest/forged-token/stop/").status_code == 404
    reader.refresh_from_db()
    assert reader.wants_digest


def test_member_asks_for_it_on_the_profile(bob, bob_client):
    bob_client.post("/account/profile/", {"name": "Bob", "is_public": "on", "wants_digest": "on"})
    bob.refresh_from_db()
    assert bob.wants_digest
