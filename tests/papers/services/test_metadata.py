from datetime import timedelta

import pytest
from django.utils import timezone

from papers.models import Identifier, MetadataFetch, Paper
from papers.services.papers import add_paper, edit_paper, fetch_metadata, fetch_metadata_again
from papers.tasks import fetch_metadata as task
from readinggroup.jobs import sweep
from tests.factories import make_paper

pytestmark = pytest.mark.django_db

EDITORS = "Proceedings of Workshop AEW10: Concepts in Information Theory and Communications"


@pytest.fixture
def paper(bob):
    return add_paper("1707.08567", added_by=bob)[0]


def fetched(paper) -> Paper:
    fetch_metadata(paper)
    return Paper.objects.for_card().get(pk=paper.pk)


def due_now(paper) -> None:
    MetadataFetch.objects.filter(paper=paper).update(wake_at=timezone.now() - timedelta(seconds=1))


def test_paper_is_filled_in(replay, paper):
    paper = fetched(paper)
    assert paper.title == EDITORS
    assert len(paper.author_names) == 34
    assert paper.date_text == "27 July 2017"
    assert "10th Asia-Europe workshop" in paper.abstract_html
    assert paper.slug.startswith("proceedings-of-workshop")
    assert (paper.metadata_fetch.status, paper.metadata_fetch.source) == (MetadataFetch.Status.DONE, "arXiv")
    assert len(paper.links.all()) == 2


def test_second_message_does_nothing(replay, paper):
    fetch_metadata(paper)
    fetch_metadata(paper)
    assert len(replay.asked) == 1


def test_fetching_again_changes_nothing_that_is_the_same(replay, paper):
    before = list(fetched(paper).credits.values_list("author", flat=True))
    fetch_metadata_again(paper)
    again = fetched(paper)
    assert list(again.credits.values_list("author", flat=True)) == before
    assert len(again.links.all()) == 2
    assert len(replay.asked) == 2


def test_corrections_survive_a_fetch(replay, paper, bob):
    edit_paper(paper, edited_by=bob, title="Our title", authors=["Ada"])
    paper = fetched(paper)
    assert (paper.title, paper.author_names) == ("Our title", ["Ada"])
    assert paper.date_text == "27 July 2017"


def test_title_from_a_document_gives_way_to_the_source(replay, paper):
    Paper.objects.filter(pk=paper.pk).update(title="As somebody wrote it")
    assert fetched(paper).title == EDITORS


def test_unknown_id_says_so_and_stays_usable(replay, bob):
    paper, _ = add_paper("0000.0000", added_by=bob)
    job = fetched(paper).metadata_fetch
    assert job.status == MetadataFetch.Status.FAILED
    assert job.error == "arXiv knows no paper 0000.0000. Check the id, or fill in the title yourself."
    assert edit_paper(paper, edited_by=bob, title="Known to us").display_title == "Known to us"


def test_absent_source_is_asked_again_later(replay, paper):
    replay.override("/api/query", status=503)
    job = fetched(paper).metadata_fetch
    assert (job.status, job.error) == (MetadataFetch.Status.PENDING, "arXiv did not answer.")
    assert job.wake_at > timezone.now()
    fetch_metadata(paper)
    assert len(replay.asked) == 1

    replay.overrides.clear()
    due_now(paper)
    assert fetched(paper).title == EDITORS


def test_source_that_asks_for_patience_gets_it(replay, paper):
    replay.override("/api/query", status=429, **{"Retry-After": "3600"})
    job = fetched(paper).metadata_fetch
    assert job.wake_at > timezone.now() + timedelta(minutes=59)


def test_source_that_stays_away_is_given_up_with_a_reason(replay, paper):
    replay.override("/api/query", status=503)
    for _ in range(7):
        due_now(paper)
        fetch_metadata(paper)
    job = fetched(paper).metadata_fetch
    assert (job.status, job.error) == (MetadataFetch.Status.FAILED, "arXiv did not answer.")
    assert len(replay.asked) == MetadataFetch.max_attempts

    replay.overrides.clear()
    fetch_metadata_again(paper)
    assert fetched(paper).title == EDITORS


def test_waiting_for_ones_turn_is_no_attempt(replay, paper, settings):
    settings.ARXIV_SECONDS_PER_REQUEST = 60
    fetch_metadata(paper)
    other, _ = add_paper("1234.5678", added_by=None)
    job = fetched(other).metadata_fetch
    assert (job.status, job.attempts) == (MetadataFetch.Status.PENDING, 0)
    assert job.wake_at > timezone.now() + timedelta(seconds=40)
    assert len(replay.asked) == 1


def test_second_source_is_asked_when_the_first_is_away(replay, bob):
    paper, _ = add_paper("10.1073/pnas.1414271111", added_by=bob)
    paper.identifiers.create(scheme="arxiv", value="1234.5678")
    replay.override("/api/query", status=503)
    paper = fetched(paper)
    assert paper.metadata_fetch.source == "Crossref"
    assert paper.title.startswith("Developing functional")


def test_dead_worker_is_followed_by_another(replay, paper):
    lost = MetadataFetch.objects.claim(paper.pk)
    fetch_metadata(paper)
    assert replay.asked == []
    later = timezone.now() + timedelta(seconds=lost.lease_seconds + 1)
    MetadataFetch.objects.filter(pk=paper.pk).update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    assert MetadataFetch.objects.due(later).count() == 1
    assert fetched(paper).title == EDITORS


def test_identifier_of_another_paper_stays_there(replay, bob):
    other = make_paper(title="Published form")
    other.identifiers.create(scheme="doi", value="10.1234/published")
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>'
        "<id>http://arxiv.org/abs/1111.2222v1</id><title>Preprint</title><arxiv:doi>10.1234/published</arxiv:doi>"
        "</entry></feed>"
    )
    replay.override("1111.2222", feed)
    paper = fetched(add_paper("1111.2222", added_by=bob)[0])
    assert paper.title == "Preprint"
    assert Identifier.objects.get(value="10.1234/published").paper == other


def test_task_returns_quietly_when_the_paper_is_gone():
    task(paper_id=2**40)


def test_sweep_wakes_what_waits(replay, paper, monkeypatch):
    woken = []
    monkeypatch.setattr("readinggroup.jobs.wake_worker", lambda *call: woken.append(call) or True)
    sweep()
    assert ("papers.fetch_metadata", "paper_id", paper.pk) in woken
