"""What calendars are told of changes that are made at the same moment."""

import pytest

from sessions.models import Session
from sessions.services.sessions import cancel_session, edit_session
from tests.factories import make_session
from tests.racing import race


@pytest.mark.django_db(transaction=True)
def test_every_one_of_many_moves_at_once_is_counted():
    session = make_session()
    race(lambda room: edit_session(Session.objects.get(pk=session.pk), place=f"Room {room}"), range(6))
    assert Session.objects.get().sequence == 6


@pytest.mark.django_db(transaction=True)
def test_session_that_six_organisers_cancel_at_once_changed_once():
    session = make_session()
    race(lambda _: cancel_session(Session.objects.get(pk=session.pk), reason="Flooded."), range(6))
    assert Session.objects.get().sequence == 1
