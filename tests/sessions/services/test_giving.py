"""Marking as given: into the archive, once, and its presenters are asked for exactly what is missing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Presentation
from sessions.services.giving import NotGiven, hold_session, mark_as_given, undo_given
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_presentation, make_role_play, make_session
from tests.racing import race
from tests.world import make_deck

pytestmark = pytest.mark.django_db


def past(**fields):
    return make_session(starts_at=timezone.now() - timedelta(hours=3), **fields)


def claimed(session, **fields) -> Presentation:
    return make_presentation(session=session, status="claimed", **fields)


def test_presenters_are_asked_for_exactly_what_is_missing(bob):
    session = past()
    talk = claimed(session, presenters=[bob, "Lena"], papers=[make_paper()], summary="In short.")
    make_deck(talk)
    given = mark_as_given(talk)
    assert (given.status, given.number, given.presented_on) == ("given", 1, session.local_start.date())
    mail = Mail.objects.get()
    assert (mail.address, mail.kind) == ("bob@example.org", "presenting")
    assert reverse("sessions:recording_edit", args=[talk.pk]) in mail.text
    for what in ("Slides", "Summary", "Paper"):
        assert f"* {what}" not in mail.text


def test_nobody_is_asked_when_nothing_is_missing(bob):
    mark_as_given(
        claimed(past(), presenters=[bob], summary="In short.", slides_condition="none", recording_condition="none")
    )
    assert not Mail.objects.exists()


def test_twice_is_once(bob):
    talk = claimed(past(), presenters=[bob])
    numbers = {mark_as_given(talk).number for _ in range(3)}
    assert numbers == {1}
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("status", ["open", "cancelled"])
def test_what_nobody_presented_is_refused(status):
    talk = make_presentation(session=past(), status=status)
    with pytest.raises(NotGiven):
        mark_as_given(talk)
    talk.refresh_from_db()
    assert (talk.status, talk.number) == (status, None)


def test_what_is_still_to_come_is_refused(bob):
    coming = make_session()
    for talk in (
        claimed(coming, presenters=[bob]),
        claimed(None, presented_on=timezone.localdate() + timedelta(days=2)),
        claimed(past(status="cancelled")),
    ):
        with pytest.raises(NotGiven):
            mark_as_given(talk)
    with pytest.raises(NotGiven, match="still to come"):
        hold_session(coming)
    assert not Presentation.objects.exclude(number=None).exists()
    assert not Mail.objects.exists()


def test_everything_took_place(bob):
    session = past(slots=1)
    talks = [claimed(session, position=place, presenters=[bob]) for place in (2, 3)]
    sequence = session.sequence
    for _ in range(2):
        hold_session(session)
    session.refresh_from_db()
    assert (session.status, session.sequence) == ("held", sequence)
    assert [Presentation.objects.get(pk=talk.pk).number for talk in talks] == [1, 2]
    assert session.presentations.get(position=1).status == "open"


def test_a_seminar_with_roles_is_held_without_talks():
    session = make_role_play(starts_at=timezone.now() - timedelta(hours=2))
    assert hold_session(session) == []
    assert session.status == "held"


def test_the_last_talk_holds_the_session():
    session = past()
    first, last = claimed(session, position=1), claimed(session, position=2)
    mark_as_given(first)
    session.refresh_from_db()
    assert session.status == "planned"
    mark_as_given(last)
    session.refresh_from_db()
    assert session.status == "held"


def test_undoing_keeps_the_number_and_asks_nobody_twice(bob):
    talk = mark_as_given(claimed(past(), presenters=[bob]))
    for _ in range(2):
        undo_given(talk)
    assert (talk.status, talk.number, talk.presented_on) == ("claimed", 1, None)
    other = mark_as_given(claimed(past(), title="Other"))
    assert other.number == 2
    assert mark_as_given(talk).number == 1
    assert Mail.objects.count() == 1


def test_buttons_are_there_when_they_work(bob, bob_client, alice_client, charlie):
    coming, session = make_session(), past()
    later, talk = claimed(coming, presenters=[bob]), claimed(session, presenters=[bob])
    assert "Mark as given" not in bob_client.get(later.get_absolute_url()).content.decode()
    for client in (bob_client, alice_client):
        for page in (session, talk):
            assert "Mark as given" in client.get(page.get_absolute_url()).content.decode()
    for client in (charlie, signed_in_client(make_member())):
        assert "Mark as given" not in client.get(session.get_absolute_url()).content.decode()
    refused = bob_client.post(reverse("sessions:presentation_give", args=[later.pk]), follow=True)
    assert "still to come" in refused.content.decode()
    assert bob_client.post(reverse("sessions:session_held", args=[session.pk])).status_code == 404
    answer = alice_client.post(reverse("sessions:session_held", args=[session.pk]), follow=True).content.decode()
    assert "Presentation 1 went into the archive." in answer
    assert "Everything took place" not in answer
    undo = reverse("sessions:presentation_undo", args=[talk.pk])
    assert bob_client.post(undo).status_code == 404
    assert "planned again" in alice_client.post(undo, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_a_hundred_numbers():
    session = past()
    talks = [claimed(session, position=place) for place in range(1, 101)]
    numbers = race(lambda talk: mark_as_given(Presentation.objects.get(pk=talk.pk)).number, talks)
    assert sorted(numbers) == list(range(1, 101))


@pytest.mark.django_db(transaction=True)
def test_one_marked_many_times_at_once_has_one_number_and_one_mail():
    talk = claimed(past(), presenters=[make_member()])
    numbers = race(lambda _: mark_as_given(Presentation.objects.get(pk=talk.pk)).number, range(20))
    assert set(numbers) == {1}
    assert Mail.objects.count() == 1
