"""Guests' pages: asking, confirming by a press, cancelling, and what nobody else learns."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Guest
from sessions.services.guests import confirm_guest
from tests.factories import make_member, make_session
from tests.mails import deliver

pytestmark = pytest.mark.django_db
LINK = "https://meet.example.org/secret-room"


@pytest.fixture
def session():
    return make_session(title="Attention", welcomes_guests=True, meeting_url=LINK)


@pytest.fixture
def guest(session):
    return confirm_guest(session.guests.create(name="Toni", email="toni@example.net"))


@pytest.fixture
def ask(charlie, session, time_machine):
    """Open the form, take one's time, and send it."""

    def ask(email="toni@example.net", name="Toni", *, seconds=5, **more) -> str:
        time_machine.move_to(timezone.now(), tick=False)
        url = reverse("sessions:session_guest", args=[session.pk])
        page = charlie.get(url)
        time_machine.shift(seconds)
        data = {"name": name, "email": email, "began": page.context["form"].initial["began"], **more}
        return charlie.post(url, data).content.decode()

    return ask


def test_visitor_asks_confirms_by_a_press_and_has_a_seat(charlie, session, ask):
    assert "Come as a guest" in charlie.get(session.get_absolute_url()).content.decode()
    assert "Look into your mail" in ask()
    (sent,) = deliver()
    path = Guest.objects.get().get_absolute_url()
    assert f"http://localhost:8000{path}" in sent.body
    for method in ("get", "head"):
        assert getattr(charlie, method)(path).status_code == 200
    assert Guest.objects.get().confirmed_at is None
    page = charlie.post(path, {"answer": "yes"}, follow=True).content.decode()
    assert "You have a seat" in page
    assert LINK in page


def test_answer_is_the_same_whether_an_address_is_known(ask, guest, bob):
    answers = {ask(email).replace(email, "") for email in ("toni@example.net", "bob@example.org", "new@example.net")}
    assert len({answer.partition("<main")[2] for answer in answers}) == 1


def test_programs_are_kept_out(ask):
    assert "Leave the field" in ask(website="https://spam.example")
    assert "faster than anybody types" in ask(seconds=0)
    assert "open for too long" in ask(seconds=3600 * 25)
    assert "open for too long" in ask(began="forged")
    assert "without an address" in ask(name="Win www.spam.example")
    assert not Guest.objects.exists()
    assert not Mail.objects.exists()


def test_refused_form_keeps_what_was_typed(ask):
    page = ask("no-address", name="Toni Typed")
    assert "Toni Typed" in page
    assert "no-address" in page


def test_too_many_requests_send_no_more_mails(ask):
    for number in range(10):
        ask(f"guest{number}@example.net")
    assert "Try again in an hour" in ask("one-more@example.net")
    assert Mail.objects.count() == 10


def test_form_is_there_only_where_guests_are_welcome(charlie, bob_client, session):
    url = reverse("sessions:session_guest", args=[session.pk])
    assert bob_client.get(url).url == session.get_absolute_url()
    type(session).objects.update(welcomes_guests=False)
    assert charlie.get(url).status_code == 404
    assert "Come as a guest" not in charlie.get(session.get_absolute_url()).content.decode()
    type(session).objects.update(welcomes_guests=True, visibility="members")
    assert charlie.get(url).status_code == 404


def test_guest_gives_the_seat_up_and_takes_it_again(charlie, guest):
    path = guest.get_absolute_url()
    assert "We will miss you" in charlie.post(path, {"answer": "no"}).content.decode()
    page = charlie.get(path).content.decode()
    assert "You are not coming" in page
    assert LINK not in page
    assert "You have a seat" in charlie.post(path, {"answer": "yes"}, follow=True).content.decode()


def test_mail_programs_single_click_cancels_and_looking_does_not(charlie, guest):
    stop = deliver()[-1].message()["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    charlie.get(stop)
    guest.refresh_from_db()
    assert guest.rsvp == "yes"
    charlie.post(stop, {"List-Unsubscribe": "One-Click"})
    guest.refresh_from_db()
    assert guest.rsvp == "no"


def test_key_is_told_to_nobody(charlie, guest):
    for name in ("guest_detail", "guest_cancel", "guest_calendar"):
        headers = charlie.get(reverse(f"sessions:{name}", args=[guest.key])).headers
        assert headers["Referrer-Policy"] == "same-origin"
        assert "noindex" in headers["X-Robots-Tag"]
        assert "no-store" in headers["Cache-Control"]
        assert charlie.get(reverse(f"sessions:{name}", args=["forged"])).status_code == 404


def test_unconfirmed_guest_learns_no_link_and_forgotten_guest_nothing(charlie, session):
    guest = session.guests.create(name="Toni", email="toni@example.net")
    assert LINK not in charlie.get(guest.get_absolute_url()).content.decode()
    assert charlie.get(reverse("sessions:guest_calendar", args=[guest.key])).status_code == 404
    Guest.objects.update(email="", confirmed_at=timezone.now())
    assert charlie.get(guest.get_absolute_url()).status_code == 404


def test_meeting_link_is_in_nothing_public(charlie, session, guest):
    paths = ["/", "/sessions/", session.get_absolute_url(), "/feeds/sessions.atom", "/feeds/everything.atom"]
    paths += ["/calendar.ics", f"/sessions/{session.pk}.ics", reverse("sessions:guest_calendar", args=[guest.key])]
    paths += [reverse("sessions:session_guest", args=[session.pk])]
    told = {path for path in paths if LINK in charlie.get(path).content.decode()}
    assert told == set()


def test_addresses_of_guests_are_for_organisers(bob_client, alice, guest, admin_member_client, session):
    for path in (session.get_absolute_url(), reverse("sessions:session_people", args=[session.pk])):
        assert "toni@example.net" not in bob_client.get(path).content.decode()
    assert "toni@example.net" in admin_member_client.get("/admin/group_sessions/guest/").content.decode()


def test_name_with_markup_is_text_everywhere(ask, session, bob_client):
    ask(name="<script>alert(1)</script>")
    (sent,) = deliver()
    assert "<script>" not in sent.alternatives[0].content
    confirm_guest(Guest.objects.get())
    people = bob_client.get(reverse("sessions:session_people", args=[session.pk])).content.decode()
    assert "<script>alert" not in people
    assert len(mail.outbox) == 1


def test_called_off_and_past_sessions_say_so_on_the_guests_page(charlie, guest, session):
    type(session).objects.update(status="cancelled", cancelled_because="The heating broke.")
    page = charlie.get(guest.get_absolute_url()).content.decode()
    assert ("called off" in page, "The heating broke." in page, LINK in page) == (True, True, False)
    past = timezone.now() - timedelta(days=1)
    type(session).objects.update(status="planned", starts_at=past, ends_at=past + timedelta(hours=1))
    assert "This session is over" in charlie.get(guest.get_absolute_url()).content.decode()


def test_guest_in_line_reads_the_place(charlie, session):
    type(session).objects.update(capacity=1, host=make_member())
    guest = confirm_guest(session.guests.create(name="Toni", email="toni@example.net"))
    page = charlie.get(guest.get_absolute_url()).content.decode()
    assert "You are next in line" in page
    assert LINK not in page
