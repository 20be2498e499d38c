"""At the door: the button "I am here", the list to tick, the code on the projector."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.qr_code import qr_path
from sessions.services.attendance import reply_to_session
from tests.factories import make_member, make_session

pytestmark = pytest.mark.django_db


def running(**fields):
    return make_session(starts_at=timezone.now() - timedelta(minutes=5), **fields)


def here(session) -> str:
    return reverse("sessions:session_here", args=[session.pk])


def door(session) -> str:
    return reverse("sessions:session_check_in", args=[session.pk])


def test_member_presses_once_it_begins(bob_client):
    session = make_session()
    assert "I am here" not in bob_client.get(session.get_absolute_url()).content.decode()
    type(session).objects.update(starts_at=timezone.now())
    assert "I am here" in bob_client.get(session.get_absolute_url()).content.decode()
    page = bob_client.post(here(session), follow=True).content.decode()
    assert "Good to see you." in page
    assert "You are here" in page
    assert "I am here" not in page


def test_code_leads_to_the_button_and_looking_checks_nobody_in(bob_client, charlie):
    session = running()
    assert "I am here" in bob_client.get(here(session)).content.decode()
    assert not session.attendances.exists()
    assert charlie.get(here(session)).url == f"/accounts/login/?next={here(session)}"
    bob_client.post(here(session))
    assert "You are here" in bob_client.get(here(session)).content.decode()


def test_too_early_says_when(bob_client):
    session = make_session()
    assert "15 minutes before the start" in bob_client.get(here(session)).content.decode()
    assert "when the session begins" in bob_client.post(here(session), follow=True).content.decode()
    assert not session.attendances.exists()


def test_organisers_and_the_host_tick_and_others_find_nothing(bob, bob_client, alice_client, charlie):
    session = running()
    for client, status in ((alice_client, 200), (bob_client, 404), (charlie, 302)):
        assert client.get(door(session)).status_code == status
    assert bob_client.post(door(session), {"member": bob.pk, "here": "yes"}).status_code == 404
    type(session).objects.update(host=bob)
    assert bob_client.get(door(session)).status_code == 200
    assert bob_client.get(reverse("sessions:session_poster", args=[session.pk])).status_code == 200


def test_who_replied_stands_first_and_others_are_found(alice_client):
    session = running()
    coming, perhaps, other = make_member(name="Zoe"), make_member(name="Ann"), make_member(name="Carl Other")
    type(session).objects.update(starts_at=timezone.now() + timedelta(minutes=5))
    reply_to_session(session, member=coming, rsvp="yes")
    reply_to_session(session, member=perhaps, rsvp="maybe")
    page = alice_client.get(door(session)).content.decode()
    assert page.index("Zoe") < page.index("Ann")
    assert "Carl Other" not in page
    assert "Carl Other" in alice_client.get(door(session), {"q": "oth car"}).content.decode()
    answer = alice_client.post(f"{door(session)}?q=carl", {"member": other.pk, "here": "yes"})
    assert answer.url == f"{door(session)}?q=carl#member-{other.pk}"
    assert "Carl Other" in alice_client.get(door(session)).content.decode()


def test_same_press_twice_is_once_and_a_second_press_takes_back(alice_client, bob):
    session = running()
    guest = session.guests.create(name="Toni", email="t@example.net", confirmed_at=timezone.now())
    for _ in range(2):
        alice_client.post(door(session), {"member": bob.pk, "here": "yes"})
        alice_client.post(door(session), {"guest": guest.pk, "here": "yes"})
    assert "2 ticked" in alice_client.get(door(session)).content.decode()
    alice_client.post(door(session), {"member": bob.pk, "here": "no"})
    assert "1 ticked" in alice_client.get(door(session)).content.decode()


def test_unknown_people_are_counted(alice_client):
    session = running()
    alice_client.post(door(session), {"unnamed": "more", "seen": "0"})
    late = alice_client.post(door(session), {"unnamed": "more", "seen": "0"}, follow=True)
    assert "Somebody else changed the number" in late.content.decode()
    alice_client.post(door(session), {"unnamed": "more", "seen": "1"})
    alice_client.post(door(session), {"unnamed": "less", "seen": "2"})
    assert "1 ticked, 1 of them without a name" in alice_client.get(door(session)).content.decode()


@pytest.mark.parametrize("odd", [{"member": "x"}, {"member": "9" * 40}, {"guest": "1"}, {"unnamed": "many"}, {}])
def test_odd_presses_change_nothing(alice_client, odd):
    session = running()
    make_session().guests.create(pk=1, name="Elsewhere", email="e@example.net", confirmed_at=timezone.now())
    assert alice_client.post(door(session), {"here": "yes", **odd}).status_code in (302, 404)
    assert not session.attendances.exists()


def test_code_holds_the_address_in_a_drawing_without_styles(alice_client):
    session = running()
    page = alice_client.get(reverse("sessions:session_poster", args=[session.pk])).content.decode()
    address = f"http://localhost:8000{here(session)}"
    path, size = qr_path(address)
    assert f'viewBox="0 0 {size} {size}"' in page
    assert path in page
    assert "style=" not in page


def test_number_of_queries_at_the_door_does_not_grow(alice_client, count_queries):
    session = make_session()

    def fill(number):
        for _ in range(number):
            reply_to_session(session, member=make_member(), rsvp="yes")
            session.guests.create(name="T", email=f"{session.guests.count()}@example.net", confirmed_at=timezone.now())

    fill(1)
    one = count_queries(lambda: alice_client.get(door(session)))
    fill(3)
    assert count_queries(lambda: alice_client.get(door(session))) == one


def test_press_on_the_home_page_stays_there(bob_client):
    session = running()
    assert "I am here" in bob_client.get("/").content.decode()
    assert bob_client.post(here(session), {"from": "home"}).url == "/"
