"""Guests: nothing counts before their press, they stand in the same line, and their data go."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Guest, Session
from sessions.services.attendance import reply_to_session
from sessions.services.guests import GuestsNotWelcome, ask_as_guest, cancel_guest, confirm_guest, forget_guests
from sessions.services.seats import RepliesClosed
from sessions.services.sessions import cancel_session, edit_session
from sessions.services.telling import plan_mailings
from tests.factories import make_member, make_presentation, make_session
from tests.mails import calendar_in, deliver
from tests.racing import race

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/secret-room"


def open_session(**fields) -> Session:
    return make_session(**{"title": "Attention", "welcomes_guests": True, "meeting_url": LINK, **fields})


def ask(session, email="guest@example.net", name="Toni") -> Guest | None:
    ask_as_guest(session, name=name, email=email)
    return Guest.objects.filter(session=session, email=email.lower()).first()


def come(session, email="guest@example.net") -> Guest:
    return confirm_guest(ask(session, email))


def coming(session) -> int:
    return Session.objects.with_attendance().get(pk=session.pk).coming_count


def test_guest_counts_once_the_address_is_confirmed():
    session = open_session()
    guest = ask(session)
    (asked,) = deliver()
    assert coming(session) == 0
    assert f"/guests/{guest.key}/" in asked.body
    assert LINK not in asked.body + asked.alternatives[0].content
    confirm_guest(guest)
    assert coming(session) == 1


def test_confirmed_guest_is_told_the_link_and_gets_an_entry_for_the_calendar():
    session = open_session()
    make_presentation(session=session, position=1, title="Among ourselves", visibility="members", status="claimed")
    come(session)
    sent = deliver()[-1]
    assert f"Link: {LINK}" in sent.body
    (event,) = calendar_in(sent).walk("VEVENT")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    # Calendars are copied to where the link must not go.
    assert LINK not in str(event.to_ical())
    assert "Among ourselves" not in sent.body + str(event.to_ical())


def test_link_is_kept_from_guests_where_the_organisers_say_so():
    come(open_session(tells_guests_link=False))
    assert not any(LINK in sent.body + sent.alternatives[0].content for sent in deliver())


def test_guests_and_members_stand_in_one_line():
    session = open_session(capacity=1)
    first, second, third = make_member(), make_member(), make_member()
    reply_to_session(session, member=first, rsvp="yes")
    reply_to_session(session, member=second, rsvp="yes")
    guest = come(session)
    reply_to_session(session, member=third, rsvp="yes")
    assert "you are in line" in deliver()[-1].body
    for leaving in (first, second):
        reply_to_session(session, member=leaving, rsvp="no")
    guest.refresh_from_db()
    assert (guest.rsvp, session.attendances.get(member=third).rsvp) == ("yes", "waiting")
    told = deliver()[-1]
    assert (told.to, "it is yours" in told.body, LINK in told.body) == ([guest.email], True, True)
    cancel_guest(guest)
    assert session.attendances.get(member=third).rsvp == "yes"


def test_asking_twice_sends_one_mail_an_hour_and_makes_one_guest(time_machine):
    time_machine.move_to(timezone.now().replace(minute=5), tick=False)
    session = open_session()
    ask(session)
    ask(session, "Guest@Example.net", name="Toni again")
    assert len(deliver()) == 1
    assert list(session.guests.values_list("name", flat=True)) == ["Toni again"]
    time_machine.shift(timedelta(hours=1))
    ask(session)
    assert len(deliver()) == 1


def test_members_address_gets_a_mail_that_says_to_sign_in(bob):
    session = open_session()
    assert ask(session, "BOB@example.org") is None
    (sent,) = deliver()
    assert sent.to == ["bob@example.org"]
    assert "sign in" in sent.body
    assert not session.guests.exists()


def test_confirming_and_cancelling_twice_equal_once():
    session = open_session(capacity=1)
    guest = come(session)
    confirm_guest(guest)
    assert len([sent for sent in deliver() if "have a seat" in sent.subject]) == 1
    cancel_guest(guest)
    cancel_guest(guest)
    assert coming(session) == 0
    assert confirm_guest(guest).rsvp == "yes"


def test_who_says_it_was_not_them_is_forgotten_at_once():
    session = open_session()
    cancel_guest(ask(session))
    assert not Guest.objects.exists()
    assert not Mail.objects.exists()


def test_guests_come_only_where_and_while_they_are_welcome():
    closed, members_only, called_off = make_session(), open_session(visibility="members"), open_session()
    guest = ask(called_off)
    cancel_session(called_off, reason="Storm")
    for session in (closed, members_only):
        with pytest.raises(GuestsNotWelcome):
            ask(session)
    for act in (lambda: ask(called_off), lambda: confirm_guest(guest)):
        with pytest.raises(RepliesClosed):
            act()
    late = ask(open_session(title="Later"))
    Session.objects.update(welcomes_guests=False)
    with pytest.raises(GuestsNotWelcome):
        confirm_guest(late)


def test_who_never_confirms_is_forgotten_after_two_days(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    session = open_session()
    ask(session)
    come(session, "sure@example.net")
    time_machine.shift(timedelta(days=1))
    assert forget_guests() == 0
    time_machine.shift(timedelta(days=1, minutes=1))
    assert forget_guests() == 1
    assert list(Guest.objects.values_list("email", flat=True)) == ["sure@example.net"]
    assert set(Mail.objects.values_list("address", flat=True)) == {"sure@example.net"}


def test_weeks_after_the_session_names_and_addresses_go_and_numbers_stay(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    session = open_session()
    came, meant, cancelled = (come(session, f"{name}@example.net") for name in ("came", "meant", "cancelled"))
    Guest.objects.filter(pk=came.pk).update(attended=True)
    cancel_guest(cancelled)
    time_machine.shift(timedelta(days=7 + 27))
    assert forget_guests() == 0
    time_machine.shift(timedelta(days=2))
    assert forget_guests() == 3
    assert forget_guests() == 0
    assert sorted(Guest.objects.values_list("pk", "name", "email")) == [(came.pk, "", ""), (meant.pk, "", "")]
    assert not Guest.objects.filter(key=came.key).exists()
    assert not Mail.objects.exists()
    assert (coming(session), session.guests.attended().count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_twenty_guests_who_confirm_at_once_get_as_many_seats_as_there_are():
    session = open_session(capacity=5)
    guests = [session.guests.create(name=f"Guest {n}", email=f"guest{n}@example.net") for n in range(20)]
    answers = race(lambda guest: confirm_guest(guest).rsvp, guests)
    assert (answers.count("yes"), answers.count("waiting")) == (5, 15)
    assert coming(session) == 5


def test_nobody_comes_as_a_guest_to_what_became_the_members_own():
    session = open_session()
    asked, gone = ask(session), come(session, "second@example.net")
    cancel_guest(gone)
    edit_session(session, visibility="members")
    for guest in (asked, gone):
        with pytest.raises(GuestsNotWelcome):
            confirm_guest(guest)
    assert coming(session) == 0


def test_single_click_in_a_reminder_gives_the_seat_up(client, time_machine):
    session = open_session()
    guest = come(session)
    deliver()
    time_machine.move_to(session.starts_at - timedelta(hours=20))
    plan_mailings()
    (reminder,) = deliver()
    stop = reminder.extra_headers["List-Unsubscribe"].strip("<>").partition("/guests/")[2]
    client.post(f"/guests/{stop}", {"List-Unsubscribe": "One-Click"})
    guest.refresh_from_db()
    assert guest.rsvp == "no"
    cancel_session(session, reason="Flooded.")
    assert deliver() == []
