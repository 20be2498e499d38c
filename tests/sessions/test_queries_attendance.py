"""Who came, in numbers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.queries.attendance import times_attended
from tests.factories import make_member, make_session

pytestmark = pytest.mark.django_db


def test_times_attended_counts_who_was_there_and_not_who_meant_to(alice, bob, django_assert_num_queries):
    for days in (1, 8, 100):
        session = make_session(starts_at=timezone.now() - timedelta(days=days))
        session.attendances.create(member=bob, rsvp="no", attended=True)
        session.attendances.create(member=alice, rsvp="yes", attended=False if days == 1 else None)
    never = make_member()
    with django_assert_num_queries(1):
        assert times_attended([alice, bob.pk, never]) == {alice.pk: 0, bob.pk: 3, never.pk: 0}
    since = timezone.localdate() - timedelta(days=30)
    assert times_attended([bob], since=since) == {bob.pk: 2}
