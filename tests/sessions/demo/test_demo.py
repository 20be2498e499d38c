"""What the demo shows."""

import pytest
from django.db import transaction

from papers.models import MetadataFetch, Paper, ReadingList, Report
from readinggroup.models import Member
from sessions.demo.loading import load_demo
from sessions.models import Presentation, Question, Session, SlideDeck

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder of the demo's files; it is loaded once for all tests here, which only look at it."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.conf.settings.MEDIA_ROOT", folder)
        assert load_demo()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, settings):
    settings.MEDIA_ROOT = loaded


def test_archive_shows_every_case_a_real_group_has(demo):
    given = Presentation.objects.given()

    assert given.count() >= 12
    assert given.filter(presented_on=None).count() == 2
    assert given.filter(papers=None).count() == 1
    assert any(talk.papers.count() > 2 for talk in given)
    assert {"available", "expected", "none", "withheld"} == set(given.values_list("slides_condition", flat=True))
    assert {"available", "expected", "none", "withheld"} == set(given.values_list("recording_condition", flat=True))
    assert given.filter(presenters__member=None).exists()
    assert len(set(given.values_list("number", flat=True))) == given.count()


def test_what_is_available_is_there(demo):
    for talk in Presentation.objects.given():
        assert (talk.slides_condition == "available") == talk.slide_decks.exists()
        assert (talk.recording_condition == "available") == talk.recordings.exists()


def test_questions_are_open_wanted_and_answered(demo):
    questions = Question.objects.most_wanted()

    assert max(question.vote_count for question in questions.open()) >= 3
    assert {"asked", "notes", "list"} <= set(questions.values_list("source", flat=True))
    assert questions.answered().exclude(answered_in=None).count() >= 2
    assert Session.objects.filter(notes_version__gte=1).exists()


def test_decks_wait_for_a_worker(demo):
    decks = SlideDeck.objects.all()

    assert decks.count() >= 10
    assert {deck.status for deck in decks} == {"pending"}
    assert all(deck.original.read(5) == b"%PDF-" for deck in decks)


def test_papers_bring_their_facts_and_ask_nobody(demo):
    assert Paper.objects.filter(title="").count() == 0
    assert all(paper.author_names and paper.abstract and paper.identifiers.all() for paper in Paper.objects.all())
    assert set(MetadataFetch.objects.values_list("status", "source")) == {("done", "demo")}


def test_reports_are_of_all_kinds_and_states(demo):
    reports = Report.objects.published()

    assert reports.count() >= 8
    assert {"paper", "book", "recent", "article"} == set(reports.values_list("kind", flat=True))
    assert sorted(reports.filter(kind="book").values_list("part", flat=True)) == [1, 2]
    assert reports.filter(status="wip").count() == 1
    bodies = " ".join(reports.values_list("body_html", flat=True))
    for piece in ("<math", "footnote", "<pre", "<table", "<figure"):
        assert piece in bodies
    assert reports.exclude(cover="").count() >= 3


def test_lists_are_of_all_kinds_with_an_empty_section_and_a_nested_one(demo):
    lists = {reading_list.kind: reading_list for reading_list in ReadingList.objects.all()}

    assert set(lists) == {"collection", "reading_list", "backlog"}
    assert lists["collection"].number
    assert lists["collection"].dated_on
    backlog = lists["backlog"]
    assert backlog.sections.filter(parent__parent__isnull=False).exists()
    assert backlog.sections.filter(entries=None, children=None).count() == 1
    assert not any(
        link.paper is None and "arxiv.org" in link.url for e in backlog.entries.all() for link in e.links.all()
    )


def test_next_session_has_a_presenter_and_all_others_to_come_have_open_slots(demo):
    first, *later = Session.objects.upcoming().filter(format="talks")

    assert first.presentations.get().presenter_names == ["Ines"]
    # Three that were planned, and three that the series makes.
    assert len(later) == 6
    assert all(session.presentations.open().exists() for session in later)
    assert all(session.local_start.weekday() == 1 for session in (first, *later))


def test_nobody_can_sign_in_as_a_demo_member(demo):
    assert Member.objects.count() == 8
    assert not any(member.has_usable_password() for member in Member.objects.all())
