"""Replying on pages, who comes, and where one was."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.services.attendance import reply_to_session
from sessions.services.check_in import tick_member
from tests.clients import signed_in_client
from tests.factories import make_member, make_presentation, make_role_play, make_session

pytestmark = pytest.mark.django_db


def answer(client, session, rsvp, **more) -> str:
    return client.post(
        reverse("sessions:session_reply", args=[session.pk]), {"rsvp": rsvp, **more}, follow=True
    ).content.decode()


def page_of(client, session) -> str:
    return client.get(session.get_absolute_url()).content.decode()


def full(seats=1, waiting=0):
    session = make_session(capacity=seats)
    for _ in range(seats + waiting):
        reply_to_session(session, member=make_member(), rsvp="yes")
    return session


def test_member_says_yes_maybe_no_and_takes_it_back(bob_client):
    session = make_session()
    for rsvp, said in (("yes", "You are coming"), ("maybe", "You are perhaps coming"), ("no", "You are not coming")):
        assert said in answer(bob_client, session, rsvp)
        assert session.attendances.get().rsvp == rsvp
    assert "I will be there" in answer(bob_client, session, "back")
    assert not session.attendances.exists()


def test_late_member_reads_the_place_in_line(bob_client):
    session = full(waiting=2)
    assert "Stand in line" in page_of(bob_client, session)
    page = answer(bob_client, session, "yes")
    assert "2 people wait before you" in page
    assert "You are 3rd in line" in page
    assert "Leave the line" in page


def test_reply_from_the_home_page_stays_there(bob_client):
    session = full()
    page = bob_client.get("/").content.decode()
    assert "1 of 1 seat" in page
    assert "You are next in line" in answer(bob_client, session, "yes", **{"from": "home"})


def test_nobody_is_put_in_line_by_a_form(bob_client):
    session = make_session()
    assert "Choose whether you are coming" in answer(bob_client, session, "waiting")
    assert not session.attendances.exists()


def test_visitors_see_numbers_and_members_names(charlie, bob_client):
    session = make_session(capacity=20)
    reply_to_session(session, member=make_member(name="Dora"), rsvp="yes")
    seen = page_of(charlie, session)
    assert "1 of 20 seats" in seen
    assert "Dora" not in seen
    assert "Dora" in page_of(bob_client, session)
    assert charlie.get(reverse("sessions:session_people", args=[session.pk])).status_code == 302


def test_names_are_few_on_the_page_and_all_on_their_own(bob_client):
    session = make_session(capacity=40)
    for number in range(40):
        reply_to_session(session, member=make_member(name=f"Reader {number:02}"), rsvp="yes")
    session.guests.create(name="Toni", email="t@example.net", confirmed_at=timezone.now())
    reply_to_session(session, member=make_member(name="Late"), rsvp="yes")
    page = page_of(bob_client, session)
    assert "Reader 11 and 29 more" in page
    assert "Reader 12" not in page
    people = bob_client.get(reverse("sessions:session_people", args=[session.pk])).content.decode()
    assert people.index("Reader 39") < people.index("Toni") < people.index("In line") < people.index("Late")
    assert "t@example.net" not in people


def test_past_session_says_how_many_came_and_who(charlie, bob, bob_client):
    session = make_session(starts_at=timezone.now() - timedelta(days=3))
    session.attendances.create(member=make_member(name="Absent"), rsvp="yes")
    tick_member(session, member=bob, is_here=True)
    type(session).objects.update(unnamed_came=2)
    assert "3 came" in page_of(charlie, session)
    assert "Bob" not in page_of(charlie, session)
    people = bob_client.get(reverse("sessions:session_people", args=[session.pk])).content.decode()
    assert ("Bob" in people, "Absent" in people, "2 people without a name" in people) == (True, False, True)


def test_host_without_a_reply_reads_that_they_have_a_seat(bob, bob_client):
    session = full()
    type(session).objects.update(host=bob)
    assert "You have a part, and so a seat" in page_of(bob_client, session)
    assert "2 of 1 seat" in page_of(bob_client, session)


def test_member_sees_where_they_were_and_nobody_else_does(bob, bob_client):
    past = {"starts_at": timezone.now() - timedelta(days=3)}
    tick_member(make_session(title="There", **past), member=bob, is_here=True)
    make_presentation(session=make_session(title="Spoke", **past), position=1, presenters=[bob])
    play = make_role_play(title="Played", roles=["Whale"], **past)
    play.role_assignments.update(member=bob)
    make_session(title="Elsewhere", **past).attendances.create(member=bob, rsvp="yes")
    page = bob_client.get(reverse("sessions:attendance_list")).content.decode()
    assert "1 session, presented in 1 and played a role in 1" in page
    assert "you played the Whale" in page
    assert "Elsewhere" not in page
    other = signed_in_client(make_member()).get(reverse("sessions:attendance_list")).content.decode()
    assert "Nothing yet" in other


def test_organisers_see_on_a_members_page_how_often_they_came(bob, alice_client, bob_client, charlie):
    tick_member(make_session(starts_at=timezone.now() - timedelta(days=3)), member=bob, is_here=True)
    assert (
        "Came to 1 session, 1 of them in the last half year"
        in alice_client.get(bob.get_absolute_url()).content.decode()
    )
    for client in (bob_client, charlie):
        assert "Came to" not in client.get(bob.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["session_detail", "session_people", "attendance_list"])
def test_number_of_queries_does_not_grow(bob, bob_client, count_queries, name):
    session = make_session(capacity=100)
    past = make_session(starts_at=timezone.now() - timedelta(days=1))
    url = reverse(f"sessions:{name}", args=[] if name == "attendance_list" else [session.pk])

    def fill(number):
        for _ in range(number):
            reply_to_session(session, member=make_member(), rsvp="yes")
            session.guests.create(
                name="Toni", email=f"{session.guests.count()}@example.net", confirmed_at=timezone.now()
            )
            tick_member(past, member=bob, is_here=True)
            tick_member(make_session(starts_at=past.starts_at), member=bob, is_here=True)

    fill(1)
    one = count_queries(lambda: bob_client.get(url))
    fill(3)
    assert count_queries(lambda: bob_client.get(url)) == one
