"""Who was there: a tick is one person's, twice is once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.services.members import erase_member, export_member
from sessions.services.attendance import reply_to_session
from sessions.services.check_in import CheckInClosed, check_in, count_unnamed, tick_guest, tick_member
from sessions.services.seats import ask_for_seat
from sessions.services.sessions import cancel_session
from tests.factories import make_member, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


def begun(**ago):
    return make_session(starts_at=timezone.now() - timedelta(**ago))


@pytest.mark.parametrize(("ago", "is_open"), [(-16, False), (-14, True), (30, True), (60 * 6, True), (60 * 8, False)])
def test_members_say_that_they_are_here_around_the_session(bob, ago, is_open):
    session = begun(minutes=ago)
    if is_open:
        assert check_in(session, member=bob).attended
    else:
        with pytest.raises(CheckInClosed):
            check_in(session, member=bob)
        assert not session.attendances.exists()


def test_nobody_is_at_what_was_called_off(bob):
    session = begun(minutes=5)
    cancel_session(session, reason="Storm")
    with pytest.raises(CheckInClosed, match="called off"):
        check_in(session, member=bob)


def test_first_moment_counts_and_the_reply_stays(bob, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    session = begun(minutes=5)
    session.attendances.create(member=bob, rsvp="no")
    first = check_in(session, member=bob).checked_in_at
    time_machine.shift(60)
    assert check_in(session, member=bob).checked_in_at == first
    assert session.attendances.get().rsvp == "no"


def test_tick_is_taken_back_and_leaves_no_empty_row(bob, alice):
    session = begun(days=3)
    session.attendances.create(member=bob, rsvp="yes")
    for member in (bob, alice):
        tick_member(session, member=member, is_here=True)
        tick_member(session, member=member, is_here=False)
    assert list(session.attendances.values_list("member", "rsvp", "attended")) == [(bob.pk, "yes", None)]


def test_guests_are_ticked_too():
    guest = begun(minutes=5).guests.create(name="Toni", email="t@example.net", confirmed_at=timezone.now())
    tick_guest(guest, is_here=True)
    guest.refresh_from_db()
    assert guest.attended


def test_press_that_arrives_twice_counts_one_unknown_person():
    session = begun(minutes=5)
    assert count_unnamed(session, seen=0, step=1)
    assert not count_unnamed(session, seen=0, step=1)
    assert not count_unnamed(session, seen=0, step=-1)
    session.refresh_from_db()
    assert session.unnamed_came == 1


def test_erased_member_stays_in_the_number_and_the_export_says_where_they_were(bob, alice):
    session = begun(days=3)
    tick_member(session, member=bob, is_here=True)
    (reply,) = export_member(bob)["replies"]
    assert (reply["session"], reply["attended"]) == (str(session), True)
    erase_member(bob, keep_name=False)
    session.refresh_from_db()
    assert (session.unnamed_came, session.attendances.count()) == (1, 0)


def test_replies_as_a_guest_are_the_members_whose_address_it_is(bob, alice):
    session = begun(days=3)
    session.guests.create(name="B.", email="bob@example.org", confirmed_at=timezone.now(), attended=True)
    assert export_member(bob)["replies_as_guest"][0]["name"] == "B."
    erase_member(bob, keep_name=False)
    session.refresh_from_db()
    assert (session.unnamed_came, session.guests.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_organisers_who_tick_at_once_do_not_undo_each_other():
    session = begun(minutes=5)
    members = [make_member() for _ in range(10)]
    ticks = [member for member in members for _ in range(2)]
    race(lambda member: tick_member(session, member=member, is_here=True), ticks)
    assert session.attendances.attended().count() == 10


def test_reply_leaves_the_tick_of_somebody_else(bob):
    session = begun(minutes=5)
    reply_to_session(session, member=bob, rsvp="maybe")
    stale = session.attendances.get()
    tick_member(session, member=bob, is_here=True)
    ask_for_seat(session, stale)
    assert (session.attendances.get().rsvp, session.attendances.get().attended) == ("yes", True)
