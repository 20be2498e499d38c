"""What organisers see of what was told, and tell by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Attendance, Mailing
from sessions.services.telling import invite_now
from tests.factories import make_member, make_session
from tests.mails import deliver, receivers, write_mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(bob):
    session = make_session(title="Attention")
    Attendance.objects.create(session=session, member=bob, rsvp="yes")
    return session


def path(session, more: str = "") -> str:
    return f"/sessions/{session.pk}/told/{more}"


def page(client, session) -> str:
    return client.get(path(session)).content.decode()


def test_fresh_session_says_that_nobody_was_told(alice_client, session):
    told = page(alice_client, session)
    assert "Nobody has been invited yet." in told
    assert "No mail about this session was written so far." in told


def test_organiser_invites_with_one_press_and_sees_it(alice_client, session):
    for _ in range(2):
        alice_client.post(path(session, "invite/"))
    assert receivers(deliver()) == ["alice", "bob"]
    told = page(alice_client, session)
    assert "2 sent" in told
    assert "Invite who joined since" in told
    assert "by Alice" in told


def test_nobody_is_invited_to_what_was_called_off(alice_client, session):
    session.status = "cancelled"
    session.save()
    assert "begun or was called off" in alice_client.post(path(session, "invite/"), follow=True).content.decode()
    assert not Mailing.objects.exists()


def test_failures_are_named_with_their_reason_and_sent_again(alice_client, alice, session):
    mailing = invite_now(session, by=alice)
    write_mails()
    Mail.objects.filter(member__name="Bob").update(status="failed", error="The mail server refused.")
    told = page(alice_client, session)
    assert "1 failed" in told
    assert "Bob: The mail server refused." in told
    answer = alice_client.post(f"/mailings/{mailing.pk}/again/", follow=True)
    assert "1 mail will be tried again." in answer.content.decode()
    assert receivers(deliver()) == ["alice", "bob"]


def test_mail_that_may_have_arrived_is_not_offered_again(alice_client, alice, session):
    invite_now(session, by=alice)
    write_mails()
    Mail.objects.update(status="failed", error="Silence.", error_code="mail_unsure", handed_over_at=timezone.now())
    assert "Send again what failed" not in page(alice_client, session)


def test_message_is_sent_once_however_often_it_is_pressed(alice_client, session):
    form = alice_client.get(path(session, "write/")).context["form"]
    data = {"subject": "Bring paper", "words": "And *pens*.", "key": form["key"].value()}
    for _ in range(3):
        assert alice_client.post(path(session, "write/"), data).status_code == 302
    assert receivers(deliver()) == ["bob"]
    assert "Message to those who come: Bring paper" in page(alice_client, session)


def test_sixth_message_within_an_hour_is_refused_and_kept(alice_client, session, time_machine):
    time_machine.move_to("2026-11-02T12:00:00Z", tick=False)
    type(session).objects.update(ends_at=timezone.now() + timedelta(days=9), starts_at=timezone.now())
    for number in range(6):
        data = {"subject": "S", "words": f"Words {number}", "key": f"k{number}"}
        answer = alice_client.post(path(session, "write/"), data)
    assert "Wait a little before the next" in answer.content.decode()
    assert "Words 5" in answer.content.decode()
    assert Mailing.objects.count() == 5


def test_empty_message_says_so(alice_client, session):
    answer = alice_client.post(path(session, "write/"), {"subject": "", "words": "x", "key": "k"})
    assert "This field is required." in answer.content.decode()
    assert not Mailing.objects.exists()


def test_page_needs_equally_many_queries_for_any_number_of_rows(alice_client, alice, session, count_queries):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            member = make_member()
            mailing = session.mailings.create(kind="message", event=f"m-{member.pk}", written=1, requested_by=member)
            Mail.objects.create(
                event=mailing.event, kind="changes", member=member, address=member.email, subject="S", text="T",
                status="failed", error="No.",
            )  # fmt: skip
        counts.append(count_queries(lambda: page(alice_client, session)))
    assert counts[0] == counts[1]


def test_many_mailings_are_paginated(alice_client, session):
    for number in range(25):
        session.mailings.create(kind="message", event=f"m-{number}", written=1, details={"subject": f"No. {number}"})
    assert "Page 1 of 2" in page(alice_client, session)
