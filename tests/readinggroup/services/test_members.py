"""Taking one's data along, and leaving without tearing holes."""

import json

import pytest

from papers.models import ReadingList, ReadingStatus
from readinggroup.models import Comment, Member
from readinggroup.services.members import LastOrganiser, erase_member, export_member
from sessions.models import Attendance
from sessions.services.presentations import claim_presentation, open_slot
from tests.factories import (
    make_member,
    make_paper,
    make_presentation,
    make_reading_list,
    make_report,
    make_session,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora():
    """A member with something of everything."""
    dora = make_member(name="Dora", email="dora@example.org", about="Reads a lot.")
    make_presentation(title="Dora's talk", presenters=[dora, "Lena"], number=1)
    report = make_report(title="Dora's report", written_by=dora, body="Her words.")
    make_reading_list(title="Dora's list", owner=dora)
    make_reading_list(title="Dora's secret list", owner=dora, is_public=False)
    ReadingStatus.objects.create(member=dora, paper=make_paper(title="A paper"), note="A private note.")
    Attendance.objects.create(member=dora, session=make_session(title="Next week"), rsvp="yes")
    Comment.objects.create(subject=report, written_by=dora, body="A comment.", body_html="<p>A comment.</p>")
    return dora


def test_export_holds_everything_of_the_member(dora):
    text = json.dumps(export_member(dora))
    for mine in (
        "dora@example.org", "Reads a lot.", "Dora's talk", "Dora's report", "Her words.", "Dora's list",
        "Dora's secret list", "A private note.", "Next week", "A comment.",
    ):  # fmt: skip
        assert mine in text


def test_export_holds_nothing_of_others_and_no_password(dora):
    other = make_member(name="Elias", email="elias@example.org")
    make_report(title="Another report", written_by=other)
    make_presentation(title="Another talk", presenters=[other])
    text = json.dumps(export_member(dora))
    for others in ("elias@example.org", "Another report", "Another talk", dora.password):
        assert others not in text


@pytest.mark.parametrize(("keep_name", "name"), [(True, "Dora"), (False, "A former member")])
def test_archive_stays_whole_under_the_chosen_name(dora, keep_name, name):
    erase_member(dora, keep_name=keep_name)
    from papers.models import Report
    from sessions.models import Presentation

    assert not Member.objects.filter(email="dora@example.org").exists()
    assert Presentation.objects.get(title="Dora's talk").presenter_names == [name, "Lena"]
    assert Report.objects.get(title="Dora's report").author_names == [name]
    assert ReadingList.objects.get(title="Dora's list").keeper_name == name
    assert Comment.objects.get().author_name == name


def test_what_is_private_goes(dora):
    erase_member(dora, keep_name=True)
    assert not ReadingStatus.objects.exists()
    assert not Attendance.objects.exists()
    assert not ReadingList.objects.filter(is_public=False).exists()


def test_slot_that_was_only_claimed_opens_again(dora):
    slot = claim_presentation(open_slot(make_session()), member=dora, paper=make_paper())
    erase_member(dora, keep_name=True)
    slot.refresh_from_db()
    assert (slot.status, slot.claimed_by) == ("open", None)
    assert not slot.presenters.exists()
    assert not slot.papers.exists()


def test_last_organiser_must_hand_over_first():
    only = make_member(is_organiser=True)
    with pytest.raises(LastOrganiser, match="Make somebody else an organiser first"):
        erase_member(only, keep_name=True)
    make_member(is_organiser=True)
    erase_member(only, keep_name=True)
    assert Member.objects.organisers().count() == 1
