"""What no form of the site sends: signs that no keyboard has, numbers that no database takes, zones that are none.

PostgreSQL refuses NUL in a text, SQLite a number of more than 64 bits, so none may get that far.
"""

import pytest
from django.urls import Resolver404, resolve, reverse

from sessions.models import Webhook
from tests.factories import make_presentation, make_session, make_topic

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["guests/a\x00b/", "guests/\x00/cancel/", "guests/\x00/session.ics", "calendar/\x00.ics"]
)
def test_secret_addresses_are_made_of_letters(charlie, path):
    assert charlie.get("/" + path.replace("\x00", "%00")).status_code == 404
    # No view is asked, and so no database.
    with pytest.raises(Resolver404):
        resolve(f"/{path}")


def test_search_at_the_door(alice_client):
    session = make_session()
    page = alice_client.get(reverse("sessions:session_check_in", args=[session.pk]), {"q": "Al\x00ice"})
    assert (page.status_code, page.context["q"]) == (200, "Alice")


def test_reason_for_calling_off(alice_client):
    session = make_session()
    alice_client.post(reverse("sessions:session_cancel", args=[session.pk]), {"reason": "Flo\x00oded."})
    session.refresh_from_db()
    assert session.cancelled_because == "Flooded."


def test_key_of_a_test_message(alice_client):
    chat = Webhook.objects.create(name="#reading", url="https://chat.example.org/hook")
    alice_client.post(reverse("sessions:chat_try", args=[chat.pk]), {"key": "a\x00b"})
    assert chat.posts.get().event == "test-ab"


HUGE = "9" * 26


@pytest.mark.parametrize("name", ["members", "topics"])
def test_key_longer_than_any(alice_client, name):
    talk = make_presentation()
    for path in (reverse("sessions:presentation_create"), reverse("sessions:presentation_edit", args=[talk.pk])):
        answer = alice_client.post(path, {"title": "A talk", "visibility": "public", name: [HUGE]})
        assert list(answer.context["form"].errors) == [name]


def test_report_and_list_with_a_key_longer_than_any(alice_client):
    make_topic("Attention")
    for path in (reverse("papers:report_create"), reverse("papers:reading_list_create")):
        answer = alice_client.post(path, {"title": "Words", "topics": [HUGE]})
        assert "topics" in answer.context["form"].errors


@pytest.mark.parametrize("zone", ["Berlin", "../etc/passwd", "https://[::1"])
def test_time_zone_that_is_none(alice_client, zone):
    session = make_session()
    times = {"starts_at": "2036-03-04T16:00", "ends_at": "2036-03-04T17:00"}
    form = {**times, "time_zone": zone, "format": "talks", "slots": 1, "visibility": "public"}
    for path in (reverse("sessions:session_create"), reverse("sessions:session_edit", args=[session.pk])):
        answer = alice_client.post(path, form)
        assert list(answer.context["form"].errors) == ["time_zone"]
        assert "write one such as Europe/Berlin" in answer.content.decode()
