"""Shared notes: every accepted save is a revision, and nobody's words are lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.markdown import MAX_CHARACTERS, TextRefused
from sessions.models import Session
from sessions.services.notes import NotesChangedMeanwhile, add_note, restore_notes, save_notes
from sessions.services.sessions import edit_session
from tests.factories import make_member, make_session
from tests.racing import race

pytestmark = pytest.mark.django_db


def test_a_save_is_a_revision_with_its_writer(bob):
    session = make_session()
    saved = save_notes(session, text="Hello, *you*.", version=0, saved_by=bob)
    assert (saved.version, saved.is_merged) == (1, False)
    assert "<em>you</em>" in session.notes_html
    revision = session.notes_revisions.get()
    assert (revision.version, revision.text, revision.saved_by) == (1, "Hello, *you*.", bob)


def test_saving_what_is_there_is_no_revision(bob):
    session = make_session()
    for _ in range(2):
        save_notes(session, text="Hello.", version=session.notes_version, saved_by=bob)
    assert session.notes_revisions.count() == 1


def test_changes_of_different_parts_are_joined(bob, alice):
    session = make_session()
    save_notes(session, text="# A\n\none\n\n# B\n\ntwo", version=0, saved_by=bob)
    save_notes(session, text="# A\n\nfirst\n\n# B\n\ntwo", version=1, saved_by=alice)
    saved = save_notes(session, text="# A\n\none\n\n# B\n\nsecond", version=1, saved_by=bob)
    assert saved.is_merged
    assert session.notes == "# A\n\nfirst\n\n# B\n\nsecond"
    assert session.notes_version == 3


def test_changes_of_the_same_part_are_refused_and_nothing_is_written(bob, alice):
    session = make_session()
    save_notes(session, text="one", version=0, saved_by=bob)
    save_notes(session, text="two", version=1, saved_by=alice)
    with pytest.raises(NotesChangedMeanwhile) as refused:
        save_notes(session, text="three", version=1, saved_by=bob)
    assert refused.value.session.notes == "two"
    assert Session.objects.get(pk=session.pk).notes == "two"
    with pytest.raises(NotesChangedMeanwhile):
        save_notes(session, text="three", version=99, saved_by=bob)


def test_notes_from_before_there_were_revisions_are_joined_with(bob, alice):
    session = make_session(notes="# A\n\none\n\n# B\n\ntwo")
    save_notes(session, text="# A\n\nfirst\n\n# B\n\ntwo", version=0, saved_by=alice)
    save_notes(session, text="# A\n\none\n\n# B\n\nsecond", version=0, saved_by=bob)
    assert session.notes == "# A\n\nfirst\n\n# B\n\nsecond"
    assert list(session.notes_revisions.values_list("version", flat=True)) == [2, 1, 0]


def test_a_note_is_one_paragraph_under_ones_name(alice):
    session = make_session(notes="Before.")
    writer = make_member(name="Bob *the* [reader]")
    add_note(session, text="- so\n\n# and so", by=writer)
    assert session.notes.startswith("Before.\n\n**Bob ")
    assert "<strong>Bob *the* [reader]:</strong> - so # and so" in session.notes_html


def test_full_notes_take_no_more(bob):
    session = make_session(notes="x" * MAX_CHARACTERS)
    with pytest.raises(TextRefused):
        add_note(session, text="more", by=bob)
    assert Session.objects.get(pk=session.pk).notes_version == 0


def test_an_older_version_comes_back_as_a_new_one(bob, alice):
    session = make_session()
    save_notes(session, text="one", version=0, saved_by=bob)
    save_notes(session, text="", version=1, saved_by=bob)
    for _ in range(2):
        restore_notes(session.notes_revisions.get(version=1), by=alice)
    session.refresh_from_db()
    assert (session.notes, session.notes_version) == ("one", 3)
    assert session.notes_revisions.get(version=3).saved_by == alice


def test_editing_a_session_keeps_its_notes_among_the_revisions():
    session = make_session()
    edit_session(session, notes="From elsewhere.", title="New")
    assert (session.notes, session.title, session.notes_revisions.count()) == ("From elsewhere.", "New", 1)


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_saves_at_once_the_accepted_are_the_revisions_and_none_is_lost():
    session, member = make_session(notes="one\n\ntwo"), make_member()

    def save(number: int) -> bool:
        own = Session.objects.get(pk=session.pk)
        try:
            # Half of them change the same line, half add a line of their own.
            text = f"one {number}\n\ntwo" if number % 2 else f"one\n\ntwo\n{number}"
            save_notes(own, text=text, version=0, saved_by=member)
        except NotesChangedMeanwhile:
            return False
        return True

    accepted = race(save, range(100))
    session.refresh_from_db()
    versions = sorted(session.notes_revisions.values_list("version", flat=True))
    assert versions == list(range(sum(accepted) + 1))
    assert session.notes_version == sum(accepted)
    lines = session.notes.splitlines()
    assert {str(number) for number in range(0, 100, 2) if accepted[number]} <= set(lines)
    assert sum(accepted[1::2]) <= 1


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_notes_at_once_each_is_there():
    session, member = make_session(), make_member(name="Bob")
    race(lambda number: add_note(Session.objects.get(pk=session.pk), text=f"Note {number}.", by=member), range(100))
    session.refresh_from_db()
    assert set(session.notes.split("\n\n")) == {f"**Bob:** Note {number}." for number in range(100)}
    assert session.notes_revisions.count() == session.notes_version == 100


def test_note_that_is_sent_twice_stands_once(bob, time_machine):
    session = make_session()
    for _ in range(2):
        add_note(session, text="Same.", by=bob)
    assert session.notes == "**Bob:** Same."
    time_machine.move_to(timezone.now() + timedelta(seconds=90))
    add_note(session, text="Same.", by=bob)
    assert session.notes.count("Same.") == 2
