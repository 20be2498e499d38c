"""The group's time, and beside it the reader's."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.digest import coming
from sessions.telling_words import own_time
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


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", "Tue 2 Dec 2036, 16:00–17:00 Berlin · 10:00 your time"),
        ("Asia/Tokyo", "Tue 2 Dec 2036, 16:00–17:00 Berlin · Wed 00:00 your time"),
        ("No/Where", "Tue 2 Dec 2036, 16:00–17:00 Berlin"),
    ],
)
def test_the_digest_and_mails_tell_both_clocks(time_machine, zone, told):
    time_machine.move_to("2036-11-24T12:00:00Z")
    session = make_session(starts_at="2036-12-02T15:00:00Z", ends_at="2036-12-02T16:00:00Z")
    member = make_member(time_zone=zone)
    (line,) = coming(member, timezone.now()).lines
    assert line.detail == told
    assert bool(own_time(session, member)) == ("your time" in told)


def test_of_what_is_over_the_groups_time_is_enough(charlie, time_machine):
    session = make_session(starts_at="2036-12-02T15:00:00Z", ends_at="2036-12-02T16:00:00Z")
    time_machine.move_to("2036-12-02T16:30:00Z")
    client = signed_in_client(make_member(time_zone="America/New_York"))
    for reader in (client, charlie):
        for address in ("/sessions/", session.get_absolute_url()):
            page = reader.get(address).content.decode()
            assert "16:00–17:00 Berlin</time>" in page
            assert "your time" not in page
            assert "data-local-time" not in page
