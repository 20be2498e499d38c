"""Answering an invitation from the mail: only this member, only this session, and only by a press."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from sessions.models import Attendance, Session
from sessions.services.replying import reply_url
from sessions.services.sessions import cancel_session
from tests.factories import make_session

pytestmark = pytest.mark.django_db


def path(session, member, answer: str = "") -> str:
    return reply_url(session, member, answer).removeprefix("http://localhost:8000")


def replies() -> list:
    return list(Attendance.objects.values_list("member__name", "rsvp"))


@pytest.fixture
def session():
    return make_session(title="Attention", visibility="members", meeting_url="https://meet.example.org/secret")


@pytest.mark.parametrize("answer", ["yes", "maybe", "no"])
def test_link_chooses_and_a_press_answers(charlie, bob, session, answer):
    page = charlie.get(path(session, bob, answer)).content.decode()
    assert f'value="{answer}" required id="id_answer' in page.replace(" checked", "").replace("  ", " ")
    assert page.count("checked") == 1
    assert replies() == []
    charlie.post(path(session, bob, answer), {"answer": answer})
    assert replies() == [("Bob", answer)]


def test_looking_answers_nothing(charlie, bob, session):
    for method in ("get", "head"):
        assert getattr(charlie, method)(path(session, bob, "yes")).status_code == 200
    assert replies() == []


def test_link_signs_nobody_in(charlie, bob, session):
    answer = charlie.post(path(session, bob), {"answer": "yes"})
    assert "See you there." in answer.content.decode()
    assert "secret" not in answer.content.decode()
    assert charlie.get("/account/").status_code == 302
    assert charlie.get(session.get_absolute_url()).status_code == 404


def test_who_is_signed_in_as_another_answers_as_the_mails_member(alice_client, bob, session):
    assert "Answer as Bob" in alice_client.get(path(session, bob)).content.decode()
    alice_client.post(path(session, bob), {"answer": "yes"})
    assert replies() == [("Bob", "yes")]


def test_press_without_an_answer_says_so(charlie, bob, session):
    assert "This field is required" in charlie.post(path(session, bob), {"answer": ""}).content.decode()
    assert charlie.post(path(session, bob), {"answer": "waiting"}).status_code == 200
    assert replies() == []


def test_link_ends_with_the_session(charlie, bob, session):
    begun = timezone.now() - timedelta(hours=3)
    Session.objects.update(starts_at=begun, ends_at=begun + timedelta(hours=1))
    assert "This session is over" in charlie.post(path(session, bob), {"answer": "yes"}).content.decode()
    assert replies() == []


def test_called_off_session_takes_no_answer(charlie, bob, session):
    cancel_session(session, reason="Flooded.")
    page = charlie.post(path(session, bob), {"answer": "yes"}).content.decode()
    assert "called off" in page
    assert "Flooded." in page
    assert replies() == []


def test_forged_or_foreign_links_open_nothing(charlie, bob, session):
    foreign = signing.dumps([session.pk, bob.pk], salt="mail")
    for token in ("forged", foreign, signing.dumps("odd", salt="reply"), signing.dumps([session.pk, 0], salt="reply")):
        assert charlie.post(f"/replies/{token}/", {"answer": "yes"}).status_code == 404
    bob.is_active = False
    bob.save()
    assert charlie.get(path(session, bob)).status_code == 404
