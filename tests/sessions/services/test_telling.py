"""What is told of sessions by the clock: to whom, when, and never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from sessions.models import Attendance, Mailing, ReminderChoice, Series, Session
from sessions.services.sessions import edit_session
from sessions.services.telling import CannotTell, invite_now, plan_mailings, send_again, write_to_those_who_come
from tests.factories import make_member, make_presentation, make_role_play, make_session
from tests.mails import calendar_in, deliver, receivers, write_mails
from tests.racing import race

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 2, 12, tzinfo=BERLIN)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    """Monday noon; the clock stands still until a test moves it."""
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def later(time_machine):
    """Move the clock on, plan, and return the mails that leave."""

    def later(**span) -> list:
        time_machine.shift(timedelta(**span))
        plan_mailings()
        return deliver()

    return later


def at(**ahead) -> dict:
    starts_at = timezone.now() + timedelta(**ahead)
    return {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}


def reply(session, member, rsvp="yes"):
    Attendance.objects.update_or_create(session=session, member=member, defaults={"rsvp": rsvp})


def invited(**fields) -> Session:
    """A session to which everybody was invited some time ago."""
    session = make_session(**fields)
    Mailing.objects.create(session=session, kind="invitation", event=f"session-{session.pk}-invitation", status="done")
    Session.objects.filter(pk=session.pk).update(invited_at=timezone.now())
    return session


def test_members_are_invited_a_week_before_and_once(bob, alice, later):
    session = make_session(title="Attention", **at(days=8))
    assert later(hours=23) == []
    sent = later(hours=1)
    assert receivers(sent) == ["alice", "bob"]
    assert sent[0].subject == "Attention, Tue 10 Nov 2026, 12:00–13:00 Berlin"
    session.refresh_from_db()
    assert session.invited_at == timezone.now()
    assert later(hours=1) == []


def test_series_says_how_long_before(bob, later):
    series = Series.objects.create(name="Tuesdays", invite_days=2)
    make_session(series=series, **at(days=3))
    assert later(hours=23) == []
    assert receivers(later(hours=1)) == ["bob"]


def test_series_without_days_invites_nobody_by_itself(bob, later):
    make_session(series=Series.objects.create(name="Tuesdays", invite_days=0), **at(days=2))
    assert later(hours=30) == []


def test_session_made_a_moment_ago_may_still_be_corrected(bob, later):
    make_session(**at(days=2))
    assert later(minutes=9) == []
    assert receivers(later(minutes=1)) == ["bob"]


def test_who_declined_or_wants_no_invitations_gets_none(bob, alice, later):
    session = make_session(**at(days=3))
    reply(session, bob, "no")
    alice.unwanted_mail = ["invitations"]
    alice.save()
    make_member(is_active=False)
    assert later(hours=1) == []


def test_past_and_called_off_sessions_invite_nobody(bob, later):
    make_session(**at(hours=-2))
    make_session(status="cancelled", **at(days=2))
    make_session(status="held", **at(days=2))
    assert later(hours=1) == []
    assert not Mailing.objects.exists()


def test_invitation_can_be_answered_and_put_into_the_calendar(bob, later):
    session = make_session(title="Attention", place="Room 4", meeting_url="https://meet.example.org/x", **at(days=2))
    (sent,) = later(hours=1)
    for body in (sent.body, sent.alternatives[0].content):
        assert "Room 4" in body
        assert "https://meet.example.org/x" in body
        assert "/replies/" in body
        assert f"http://localhost:8000{session.get_absolute_url()}" in body
    (event,) = calendar_in(sent).walk("VEVENT")
    assert event["UID"] == f"session-{session.pk}@localhost"
    assert event["ATTENDEE"] == "mailto:bob@example.org"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ORGANIZER"] == "mailto:readinggroup@localhost"
    assert event.decoded("DTSTART") == session.starts_at
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert [part.get_filename() for part in sent.message().walk() if part.get_filename()] == ["session.ics"]


def test_member_far_away_reads_both_clocks(bob, later):
    bob.time_zone = "America/New_York"
    bob.save()
    make_session(**at(days=2))
    (sent,) = later(hours=1)
    assert "When: Wednesday 4 November 2026, 12:00–13:00 Berlin" in sent.body
    assert "Your time: Wednesday 4 November 2026, 06:00–07:00 New York" in sent.body


@pytest.mark.parametrize(
    ("choice", "moments"),
    [
        (None, [24]),
        ({"week": True, "hour": True}, [168, 24, 1]),
        ({"day": False}, []),
        ({"day": False, "hour": True}, [1]),
    ],
)
def test_who_comes_is_reminded_at_the_times_they_chose(bob, later, choice, moments):
    session = invited(**at(hours=200))
    reply(session, bob)
    if choice is not None:
        ReminderChoice.objects.create(member=bob, **choice)
    told = []
    for hours_left in range(199, 0, -1):
        told += [hours_left] * len(later(hours=1))
    assert told == moments


def test_only_those_who_mean_to_come_or_have_a_part_are_reminded(bob, alice, later):
    cast = {name: make_member(name=name, email=f"{name}@example.org") for name in ("maybe", "no", "waiting", "player")}
    session = make_role_play(roles=["Hacker"], **at(hours=30))
    Mailing.objects.create(session=session, kind="invitation", event=f"session-{session.pk}-invitation", status="done")
    for name in ("maybe", "no", "waiting"):
        reply(session, cast[name], name)
    session.role_assignments.update(member=cast["player"])
    make_presentation(status="claimed", session=session, presenters=[alice], slides_condition="none")
    assert receivers(later(hours=6)) == ["alice", "maybe", "player"]


@pytest.mark.parametrize(("hours_left", "is_sent"), [(23, True), (4, True), (2, False)])
def test_day_reminder_after_a_night_without_workers(bob, later, hours_left, is_sent):
    reply(invited(**at(hours=48)), bob)
    assert len(later(hours=48 - hours_left)) == is_sent


def test_hour_reminder_helps_until_the_start(bob, later):
    session = invited(**at(hours=48))
    reply(session, bob)
    ReminderChoice.objects.create(member=bob, day=False, hour=True)
    assert len(later(hours=47, minutes=55)) == 1


def test_planned_reminder_is_not_written_when_it_has_become_late(bob, time_machine):
    reply(invited(**at(hours=20)), bob)
    plan_mailings()
    time_machine.shift(timedelta(hours=19))
    assert deliver() == []
    assert Mailing.objects.get(kind="day").status == "done"


def test_written_reminder_is_not_sent_when_it_has_become_late(bob, time_machine):
    reply(invited(**at(hours=20)), bob)
    plan_mailings()
    write_mails()
    time_machine.shift(timedelta(hours=19))
    assert deliver() == []


def test_reminder_that_waits_is_not_sent_for_a_session_that_moved(bob, time_machine):
    session = invited(**at(hours=20))
    reply(session, bob)
    plan_mailings()
    write_mails()
    edit_session(session, **at(hours=50))
    time_machine.shift(timedelta(minutes=6))
    assert [sent.subject.partition(":")[0] for sent in deliver()] == ["Changed"]


def test_moved_session_is_reminded_of_on_its_new_day(bob, later):
    session = invited(**at(hours=24))
    reply(session, bob)
    assert len(later(minutes=1)) == 1
    edit_session(session, **at(hours=72))
    changed = later(minutes=6)
    assert [sent.subject.partition(":")[0] for sent in changed] == ["Changed"]
    assert [sent.subject.partition(":")[0] for sent in later(hours=50)] == ["Tomorrow"]


def test_presenters_are_asked_for_slides_and_papers(bob, alice, later):
    session = invited(**at(days=10))
    fixed = make_presentation(title="Mine", status="claimed", session=session, presenters=[bob])
    make_presentation(title="No slides", status="claimed", session=session, presenters=[alice], slides_condition="none")
    assert later(days=3) == []
    type(fixed).objects.filter(pk=fixed.pk).update(title="")
    Mailing.objects.filter(kind="paper").delete()
    (paper,) = later(hours=1)
    assert (paper.to, paper.subject.split(" for ")[0]) == (["bob@example.org"], "Your paper")
    (slides,) = later(days=4)
    assert (slides.to, slides.subject.split(" for ")[0]) == (["bob@example.org"], "Your slides")
    assert f"/presentations/{fixed.pk}/change/slides/" in slides.body


def test_five_o_clock_stays_five_o_clock_when_the_clocks_change(bob, time_machine):
    starts_at = datetime(2026, 10, 25, 17, tzinfo=BERLIN)
    time_machine.move_to(datetime(2026, 10, 20, tzinfo=BERLIN), tick=False)
    reply(invited(starts_at=starts_at), bob)
    time_machine.move_to(datetime(2026, 10, 24, 16, 59, tzinfo=BERLIN), tick=False)
    assert [plan_mailings(), Mailing.objects.filter(kind="day").count()][1] == 0
    time_machine.move_to(datetime(2026, 10, 24, 17, 0, tzinfo=BERLIN), tick=False)
    assert [plan_mailings(), Mailing.objects.filter(kind="day").count()] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_planners_at_once_plan_once(bob):
    for _ in range(3):
        reply(make_session(created_at=timezone.now() - timedelta(days=1), **at(hours=20)), bob)
    planned = race(lambda _: plan_mailings(timezone.now()), range(6))
    assert sum(planned) == Mailing.objects.count() == 9


def test_organiser_invites_at_once_and_who_joins_later_too(bob, alice, later):
    session = make_session(**at(days=30))
    invite_now(session, by=alice)
    assert receivers(deliver()) == ["alice", "bob"]
    invite_now(session, by=alice)
    assert deliver() == []
    make_member(name="Dora", email="dora@example.org")
    invite_now(session, by=alice)
    assert receivers(deliver()) == ["dora"]
    assert later(days=24) == []


def test_nobody_is_invited_to_what_has_begun_or_was_called_off(alice):
    for fields in (at(minutes=-5), {"status": "cancelled", **at(days=1)}):
        with pytest.raises(CannotTell):
            invite_now(make_session(**fields), by=alice)


def test_message_reaches_who_comes_once_for_a_press(bob, alice):
    session = invited(title="Attention", **at(days=2))
    reply(session, bob, "waiting")
    for _ in range(2):
        write_to_those_who_come(session, by=alice, subject="Bring **paper**", words="Some *words* & more", key="k1")
    (sent,) = deliver()
    assert (sent.to, sent.subject) == (["bob@example.org"], "Bring **paper**")
    assert "Alice writes to those who come to Attention" in sent.body
    assert "Some *words* & more" in sent.body
    assert "<em>words</em> &amp; more" in sent.alternatives[0].content


def test_failed_mails_are_sent_again(bob, alice, monkeypatch, time_machine):
    mailing = invite_now(make_session(**at(days=3)), by=alice)

    def refuse(self):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", refuse)
        for _ in range(4):
            assert deliver() == []
            time_machine.shift(timedelta(minutes=16))
    assert send_again(mailing) == 2
    assert receivers(deliver()) == ["alice", "bob"]
    assert send_again(mailing) == 0


def test_every_mail_ends_its_own_kind_with_one_click(bob, alice, client, later):
    session = make_session(**at(hours=30))
    reply(session, bob)
    make_presentation(title="Mine", status="claimed", session=session, presenters=[bob])
    mails = later(minutes=10) + later(hours=6)
    edit_session(session, place="Room 5")
    mails += later(minutes=6)
    kinds = set()
    for sent in (one for one in mails if one.to == [bob.email]):
        assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = sent.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
        before = set(bob.unwanted_mail)
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        bob.refresh_from_db()
        kinds |= set(bob.unwanted_mail) - before
    assert kinds == {"invitations", "reminders", "presenting", "changes"}
    reply(invited(**at(hours=10)), bob)
    assert later(minutes=5) == []
