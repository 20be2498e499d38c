"""What people are told when a session changes: the sum of it, once, and nothing when nothing changed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Mailing, Session
from sessions.services.sessions import cancel_session, edit_session, move_session
from sessions.services.telling import invite_now
from sessions.tasks import send_mailing
from tests.factories import make_member, make_presentation, make_session
from tests.mails import calendar_in, deliver, receivers
from tests.racing import race
from tests.sessions.services.test_telling import at, reply

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(datetime(2026, 11, 2, 12, tzinfo=BERLIN), tick=False)
    return time_machine


@pytest.fixture
def session(bob, clock) -> Session:
    """In five days; Bob comes."""
    session = make_session(title="Attention", place="Room 4", **at(days=5))
    reply(session, bob)
    return session


@pytest.fixture
def after_a_while(clock):
    def after_a_while(**span) -> list:
        clock.shift(timedelta(**(span or {"minutes": 6})))
        return deliver()

    return after_a_while


def test_who_comes_reads_what_was_and_what_is(session, after_a_while):
    edit_session(session, place="Room 5", **at(days=6, hours=1))
    assert deliver() == []
    (sent,) = after_a_while()
    assert sent.subject == "Changed: Attention, Sun 8 Nov 2026, 13:00–14:00 Berlin"
    assert (
        "When: Saturday 7 November 2026, 12:00–13:00 Berlin -> Sunday 8 November 2026, 13:00–14:00 Berlin" in sent.body
    )
    assert "Place: Room 4 -> Room 5" in sent.body
    (event,) = calendar_in(sent).walk("VEVENT")
    assert (event["SEQUENCE"], event["LOCATION"], event["STATUS"]) == (1, "Room 5", "CONFIRMED")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert after_a_while() == []


def test_a_move_says_why_and_a_later_theme_does_not(session, after_a_while):
    move_session(session, **at(days=6), reason="The room is flooded.")
    (sent,) = after_a_while()
    assert "Why: The room is flooded." in sent.body
    edit_session(session, title="More attention")
    (sent,) = after_a_while()
    assert "flooded" not in sent.body


def test_several_edits_become_one_mail_that_tells_the_sum(session, after_a_while):
    edit_session(session, place="Room 5")
    assert after_a_while(minutes=3) == []
    edit_session(session, title="More attention")
    assert after_a_while(minutes=3) == []
    edit_session(session, place="Room 6")
    (sent,) = after_a_while()
    assert "Place: Room 4 -> Room 6" in sent.body
    assert "Theme: Attention -> More attention" in sent.body
    assert "Room 5" not in sent.body


def test_edits_without_end_are_told_after_twenty_minutes(session, after_a_while):
    told = []
    for minute in range(8):
        edit_session(session, place=f"Hall {minute}")
        told += after_a_while(minutes=4)
    assert len(told) == 1


def test_what_was_changed_back_is_not_told(session, after_a_while):
    edit_session(session, place="Room 5")
    edit_session(session, place="Room 4")
    assert after_a_while() == []


def test_what_was_changed_back_while_the_mail_was_late_is_not_told(session, after_a_while, clock):
    edit_session(session, place="Room 5")
    clock.shift(timedelta(minutes=6))
    # A worker has it in hand already.
    Mailing.objects.update(attempts=1)
    edit_session(session, place="Room 4")
    assert after_a_while() == []


@pytest.mark.parametrize(
    "fields", [{"notes": "More."}, {"title": "Attention"}, {"capacity": 5}, {"visibility": "members"}]
)
def test_what_concerns_nobody_is_not_told(session, after_a_while, fields):
    edit_session(session, **fields)
    assert after_a_while() == []


def test_nobody_is_told_of_what_nobody_knows(bob, clock, after_a_while):
    session = make_session(**at(days=20))
    edit_session(session, place="Room 5")
    assert not Mailing.objects.exists()


def test_session_that_is_over_is_never_told_of(bob, clock, after_a_while):
    session = make_session(**at(hours=-2))
    reply(session, bob)
    edit_session(session, place="Room 5")
    cancel_session(session, reason="Never was.")
    assert after_a_while() == []


def test_soon_it_is_told_at_once(bob, clock):
    session = make_session(**at(minutes=50))
    reply(session, bob)
    edit_session(session, place="Room 5")
    assert receivers(deliver()) == ["bob"]


def test_move_reaches_all_who_were_invited_and_a_new_room_only_those_who_come(session, alice, after_a_while):
    cast = {name: make_member(name=name, email=f"{name}@example.org") for name in ("no", "waiting", "presenter")}
    make_presentation(status="claimed", session=session, presenters=[cast["presenter"]])
    invite_now(session, by=alice)
    deliver()
    reply(session, cast["no"], "no")
    reply(session, cast["waiting"], "waiting")
    edit_session(session, place="Room 5")
    assert receivers(after_a_while()) == ["bob", "presenter", "waiting"]
    edit_session(session, **at(days=6))
    assert receivers(after_a_while()) == ["alice", "bob", "presenter", "waiting"]


def test_called_off_session_leaves_calendars_and_says_why(session, alice, after_a_while):
    invite_now(session, by=alice)
    (invitation, _) = deliver()
    cancel_session(session, reason="The room is flooded.")
    sent = deliver()
    assert receivers(sent) == ["alice", "bob"]
    assert sent[0].subject.startswith("Called off: Attention")
    assert "The room is flooded." in sent[0].body
    calendar = calendar_in(sent[0])
    (event,) = calendar.walk("VEVENT")
    (before,) = calendar_in(invitation).walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"]) == ("CANCEL", "CANCELLED")
    assert event["UID"] == before["UID"]
    assert event["SEQUENCE"] > before["SEQUENCE"]
    assert after_a_while(days=1) == []


def test_session_that_takes_place_after_all_is_told(session, after_a_while):
    cancel_session(session, reason="The room is flooded.")
    deliver()
    edit_session(session, status="planned", cancelled_because="")
    (sent,) = after_a_while()
    assert "Takes place: called off -> after all" in sent.body
    (event,) = calendar_in(sent).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)


def test_called_off_by_mistake_and_put_right_before_anybody_heard_is_not_told(session, after_a_while):
    cancel_session(session, reason="Oh no.")
    edit_session(session, status="planned", cancelled_because="")
    assert after_a_while() == []


def test_calling_off_says_what_an_untold_move_would_have(session, after_a_while):
    edit_session(session, **at(days=6))
    cancel_session(session, reason="")
    assert [sent.subject.partition(":")[0] for sent in after_a_while()] == ["Called off"]


def test_guests_who_confirmed_hear_of_changes_without_what_is_for_members(session, after_a_while):
    Session.objects.update(meeting_url="https://meet.example.org/secret")
    make_presentation(title="Among ourselves", status="claimed", session=session, visibility="members")
    now = timezone.now()
    for name, confirmed_at, rsvp in (("Charlie", now, "yes"), ("Unsure", None, "yes"), ("Gone", now, "no")):
        session.guests.create(name=name, email=f"{name}@Example.org", confirmed_at=confirmed_at, rsvp=rsvp)
    edit_session(session, place="Room 5", meeting_url="https://meet.example.org/other")
    sent = after_a_while()
    assert receivers(sent) == ["bob", "charlie"]
    (guest,) = [one for one in sent if one.to == ["charlie@example.org"]]
    whole = guest.message().as_string() + guest.alternatives[0].content
    assert "Place: Room 4 -> Room 5" in guest.body
    assert "meet.example.org" not in whole
    assert "Among ourselves" not in whole
    assert "/replies/" not in whole
    (event,) = calendar_in(guest).walk("VEVENT")
    assert str(event["ATTENDEE"]).lower() == "mailto:charlie@example.org"
    stop = reverse("sessions:guest_cancel", args=[session.guests.get(name="Charlie").key])
    assert guest.extra_headers["List-Unsubscribe"].endswith(f"{stop}>")
    assert guest.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "I cannot come, and want no more mails about this: http" in guest.body
    assert stop in guest.alternatives[0].content
    edit_session(session, meeting_url="https://meet.example.org/third")
    assert receivers(after_a_while()) == ["bob"]
    cancel_session(session, reason="Flooded.")
    assert receivers(deliver()) == ["bob", "charlie"]


def test_edit_in_the_admin_counts_too(session, alice_client, after_a_while):
    path = reverse("admin:group_sessions_session_change", args=[session.pk])
    form = alice_client.get(path).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    local = session.local_start
    for name, moment in (("starts_at", local), ("ends_at", session.local_end)):
        data |= {f"{name}_0": f"{moment:%Y-%m-%d}", f"{name}_1": f"{moment:%H:%M:%S}"}
    for formset in alice_client.get(path).context["inline_admin_formsets"]:
        prefix = formset.formset.prefix
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    answer = alice_client.post(path, {**data, "place": "Room 9"})
    assert answer.status_code == 302
    assert ["Place: Room 4 -> Room 9" in sent.body for sent in after_a_while()] == [True]


def test_second_worker_tells_what_the_first_began_to_tell(session, clock, alice, bob, monkeypatch):
    reply(session, alice)
    edit_session(session, place="Room 5")
    clock.shift(timedelta(minutes=6))
    mailing = Mailing.objects.get()
    with monkeypatch.context() as patched:
        patched.setattr("sessions.services.mailings.BATCH", 1)
        patched.setattr("readinggroup.jobs.Job.advance", lambda self, **changes: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send_mailing(mailing_id=mailing.pk)
    assert Mail.objects.count() == 1
    edit_session(session, place="Room 6")
    Mailing.objects.filter(pk=mailing.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    first = deliver()
    assert receivers(first) == ["alice", "bob"]
    assert all("Place: Room 4 -> Room 5" in sent.body for sent in first)
    clock.shift(timedelta(minutes=6))
    second = deliver()
    assert receivers(second) == ["alice", "bob"]
    assert all("Place: Room 5 -> Room 6" in sent.body for sent in second)


@pytest.mark.django_db(transaction=True)
def test_many_edits_at_once_are_one_mail(session, after_a_while):
    race(lambda room: edit_session(Session.objects.get(pk=session.pk), place=f"Room {room}"), range(10, 16))
    assert receivers(after_a_while()) == ["bob"]
