"""Mails and a mail server that says no or falls silent, at each step of the conversation."""

import pytest
from django.test import override_settings

from readinggroup.models import Mail
from readinggroup.tasks import send_mail
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server():
    with mail_server() as server:
        port = int(server.url.rpartition(":")[2])
        smtp = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": port,
            "EMAIL_TIMEOUT": 1,
        }
        with override_settings(**smtp):
            yield server


@pytest.fixture
def mail(bob) -> Mail:
    return Mail.objects.create(event="e", kind="discussion", member=bob, address=bob.email, subject="S", text="T")


def send(mail: Mail) -> Mail:
    Mail.objects.update(wake_at=None)
    send_mail(mail_id=mail.pk)
    mail.refresh_from_db()
    return mail


@pytest.mark.parametrize("step", ["", "MAIL", "RCPT", "DATA", "."])
def test_server_that_says_no_is_asked_again(server, mail, step):
    server.refuse = step
    assert (send(mail).status, mail.error_code, mail.handed_over_at) == ("pending", "mail_away", None)
    server.refuse, server.mails = None, []
    assert send(mail).status == "done"
    assert server.receivers() == ["bob@example.org"]


def test_server_that_does_not_greet_is_asked_again(server, mail):
    server.silent_at = ""
    assert (send(mail).status, mail.handed_over_at) == ("pending", None)
    server.silent_at = None
    assert send(mail).status == "done"


def test_server_that_falls_silent_with_the_mail_in_its_hands_gets_it_once(server, mail):
    server.silent_at = "."
    assert (send(mail).status, mail.error_code) == ("failed", "mail_unsure")
    server.silent_at = None
    mail.restart()
    assert send(mail).status == "done"
    assert server.receivers() == ["bob@example.org"]
