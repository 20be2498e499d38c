"""Seats: one each while there are some, then a line, and whoever frees one lets the next in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.services.members import erase_member
from sessions.models import Rsvp, Session
from sessions.services.attendance import reply_to_session, take_back_reply
from sessions.services.presentations import cancel_presentation, claim_presentation
from sessions.services.seats import RepliesClosed, fill_all_seats
from sessions.services.sessions import cancel_session, edit_session
from tests.factories import make_member, make_presentation, make_role_play, make_session
from tests.mails import calendar_in, deliver
from tests.racing import race

pytestmark = pytest.mark.django_db


def replies(session) -> list[str]:
    return list(session.attendances.order_by("pk").values_list("rsvp", flat=True))


def full_session(seats: int = 1, waiting: int = 1, **fields) -> tuple[Session, list]:
    """A session whose seats are taken, and who asked for one, in order."""
    session = make_session(capacity=seats, **fields)
    members = [make_member() for _ in range(seats + waiting)]
    for member in members:
        reply_to_session(session, member=member, rsvp="yes")
    return session, members


def coming(session) -> int:
    return Session.objects.with_attendance().get(pk=session.pk).coming_count


def test_yes_takes_a_seat_while_there_is_one_and_then_a_place_in_line():
    session, _ = full_session(seats=2, waiting=3)
    assert replies(session) == ["yes", "yes", "waiting", "waiting", "waiting"]
    assert coming(session) == 2


def test_without_a_number_of_seats_everybody_has_one():
    session = make_session()
    for _ in range(5):
        reply_to_session(session, member=make_member(), rsvp="yes")
    assert replies(session) == ["yes"] * 5


@pytest.mark.parametrize("leave", ["no", "maybe", "back"])
def test_whoever_gives_up_a_seat_lets_in_the_first_in_line(leave):
    session, members = full_session(seats=1, waiting=2)
    deliver()
    if leave == "back":
        take_back_reply(session, member=members[0])
    else:
        reply_to_session(session, member=members[0], rsvp=leave)
    seats = {row.member: row.rsvp for row in session.attendances.all()}
    assert (seats[members[1]], seats[members[2]]) == ("yes", "waiting")
    (sent,) = deliver()
    assert sent.to == [members[1].email]
    assert "a seat became free, and it is yours" in sent.body
    (event,) = calendar_in(sent).walk("VEVENT")
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"


def test_saying_yes_again_keeps_the_place_in_line():
    session, members = full_session(seats=1, waiting=2)
    reply_to_session(session, member=members[1], rsvp="yes")
    reply_to_session(session, member=members[0], rsvp="no")
    assert replies(session) == ["no", "yes", "waiting"]


def test_who_comes_back_stands_at_the_end():
    session, members = full_session(seats=1, waiting=2)
    reply_to_session(session, member=members[1], rsvp="no")
    reply_to_session(session, member=members[1], rsvp="yes")
    reply_to_session(session, member=members[0], rsvp="no")
    assert replies(session) == ["no", "waiting", "yes"]


def test_more_seats_let_in_as_many_and_fewer_throw_nobody_out():
    session, members = full_session(seats=1, waiting=4)
    edit_session(session, capacity=3)
    assert replies(session) == ["yes", "yes", "yes", "waiting", "waiting"]
    edit_session(session, capacity=1)
    reply_to_session(session, member=members[0], rsvp="no")
    assert replies(session) == ["no", "yes", "yes", "waiting", "waiting"]
    edit_session(session, capacity=None)
    assert replies(session) == ["no", "yes", "yes", "yes", "yes"]
    assert len({address for sent in deliver() for address in sent.to}) == 4


def test_erased_member_frees_the_seat(django_capture_on_commit_callbacks):
    session, members = full_session(seats=1, waiting=1)
    make_member(is_organiser=True)
    with django_capture_on_commit_callbacks(execute=True):
        erase_member(members[0], keep_name=False)
    assert replies(session) == ["yes"]


def test_who_has_a_part_has_a_seat_in_any_case_and_counts_once():
    host, speaker, both = make_member(), make_member(), make_member()
    session = make_role_play(roles=["Whale"], capacity=3, host=host)
    make_presentation(session=session, position=1, status="claimed", presenters=[speaker, both, "A plain name"])
    session.role_assignments.update(member=both)
    assert coming(session) == 3
    assert reply_to_session(session, member=make_member(), rsvp="yes").rsvp == Rsvp.WAITING
    for member in (host, speaker, both):
        assert reply_to_session(session, member=member, rsvp="yes").rsvp == Rsvp.YES
    assert coming(session) == 3
    reply_to_session(session, member=speaker, rsvp="no")
    assert replies(session).count("waiting") == 0
    assert coming(session) == 3


def test_who_waits_and_then_takes_a_slot_is_in_whatever_is_free():
    session, members = full_session(seats=1, waiting=2, slots=1)
    claim_presentation(session.presentations.get(), member=members[2])
    fill_all_seats()
    assert replies(session) == ["yes", "waiting", "yes"]


def test_seat_of_a_talk_that_was_called_off_is_found_by_the_regular_look():
    speaker = make_member()
    session = make_session(capacity=1)
    talk = make_presentation(session=session, position=1, status="claimed", presenters=[speaker])
    reply_to_session(session, member=make_member(), rsvp="yes")
    cancel_presentation(talk)
    assert fill_all_seats() == 1
    assert fill_all_seats() == 0
    assert replies(session) == ["yes"]


def test_replies_close_with_the_session(bob):
    over = make_session(starts_at=timezone.now() - timedelta(days=1))
    called_off = make_session()
    cancel_session(called_off, reason="Storm")
    for session in (over, called_off):
        with pytest.raises(RepliesClosed):
            reply_to_session(session, member=bob, rsvp="yes")
        with pytest.raises(RepliesClosed):
            take_back_reply(session, member=bob)


def test_nobody_answers_that_they_wait(bob):
    session = make_session(capacity=1)
    with pytest.raises(ValueError, match="waiting"):
        reply_to_session(session, member=bob, rsvp="waiting")
    assert replies(session) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_replies_fifty_at_a_time_twenty_get_seats_and_the_others_a_line():
    session = make_session(capacity=20)
    members = [make_member(password=None) for _ in range(200)]
    answers = []
    for start in range(0, 200, 50):
        answers += race(
            lambda member: reply_to_session(session, member=member, rsvp="yes").rsvp, members[start : start + 50]
        )
    assert (answers.count("yes"), answers.count("waiting")) == (20, 180)
    assert (replies(session).count("yes"), replies(session).count("waiting")) == (20, 180)
    since = list(session.attendances.in_line().values_list("waiting_since", flat=True))
    assert len(set(since)) == 180


@pytest.mark.django_db(transaction=True)
def test_seats_given_up_at_once_go_to_as_many_in_the_order_of_the_line():
    session, members = full_session(seats=10, waiting=15)
    line = list(session.attendances.in_line().values_list("member", flat=True))
    race(lambda member: reply_to_session(session, member=member, rsvp="no"), members[:10])
    assert set(session.attendances.coming().values_list("member", flat=True)) == set(line[:10])
    assert list(session.attendances.in_line().values_list("member", flat=True)) == line[10:]
