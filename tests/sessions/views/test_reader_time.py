"""The group's time, and beside it the reader's."""

import pytest
from django.urls import reverse

from tests.clients import signed_in_client
from tests.factories import make_member, make_session

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", '16:00–17:00 Berlin<span class="your-time"> (10:00 your time)'),
        ("Asia/Tokyo", '16:00–17:00 Berlin<span class="your-time"> (Wed 00:00 your time)'),
        ("Europe/Paris", "16:00–17:00 Berlin</time>"),
        ("", "16:00–17:00 Berlin</time>"),
        ("No/Where", "16:00–17:00 Berlin</time>"),
    ],
)
def test_members_read_their_own_time_wherever_they_choose(zone, told):
    session = make_session(starts_at="2036-12-02T15:00:00Z", ends_at="2036-12-02T16:00:00Z", slots=1)
    client = signed_in_client(make_member(time_zone=zone))
    slot = session.presentations.get()
    for address in ("/", "/sessions/", session.get_absolute_url(), reverse("sessions:slot_claim", args=[slot.pk])):
        assert told in client.get(address).content.decode(), address


def test_visitors_have_it_from_their_browser(charlie):
    session = make_session(starts_at="2036-12-02T15:00:00Z", ends_at="2036-12-02T16:00:00Z")
    page = charlie.get(session.get_absolute_url()).content.decode()
    assert 'datetime="2036-12-02T16:00:00+01:00" data-local-time data-zone="Europe/Berlin"' in page
