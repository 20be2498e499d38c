"""Signs that no keyboard has: PostgreSQL refuses NUL in a text, so none may get that far."""

import pytest
from django.urls import Resolver404, resolve, reverse

from sessions.models import Webhook
from tests.factories import make_session

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
