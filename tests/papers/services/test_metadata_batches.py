"""arXiv is asked about many papers at once, and about what changed since."""

import json
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone
from werkzeug import Response

from papers.models import MetadataFetch, Paper
from papers.services.papers import add_paper, edit_paper, fetch_metadata, fetch_metadata_again

pytestmark = pytest.mark.django_db

ENTRY = (
    "<entry><id>http://arxiv.org/abs/{id}v{version}</id><title>Title of {id}</title><summary>Text.</summary>"
    "<published>2020-01-01T00:00:00Z</published><author><name>Ada</name></author>{more}</entry>"
)
FEED = '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">{}</feed>'


@pytest.fixture
def library(replay):
    """An arXiv that has every paper; `asked` are the ids of each request, `spoiled` ids make it answer 400."""

    class Library:
        asked: list[list[str]] = []
        spoiled: set[str] = set()
        version = 1
        more = ""

        def __call__(self, request):
            ids = parse_qs(urlsplit(request.full_path).query)["id_list"][0].split(",")
            self.asked.append(ids)
            if self.spoiled & set(ids):
                return Response("incorrect id format", status=400)
            return Response(FEED.format("".join(ENTRY.format(id=i, version=self.version, more=self.more) for i in ids)))

    replay.intercept = found = Library()
    found.asked, found.spoiled = [], set()
    return found


def add(*ids: str) -> list[Paper]:
    return [add_paper(text, added_by=None)[0] for text in ids]


@pytest.mark.timeout(240)
def test_thousand_papers_take_at_most_twenty_requests(library):
    papers = add(*(f"2001.{number:05}" for number in range(1000)))
    for paper in papers:
        fetch_metadata(paper)
    assert len(library.asked) <= 20
    assert sorted(chain(*library.asked)) == sorted(f"2001.{number:05}" for number in range(1000))
    assert MetadataFetch.objects.filter(status="done", attempts=1).count() == 1000
    assert Paper.objects.filter(title__startswith="Title of 2001.").count() == 1000


def test_id_that_spoils_the_answer_harms_only_itself(library):
    papers = add(*(f"2001.{number:05}" for number in range(8)))
    library.spoiled = {"2001.00005"}
    fetch_metadata(papers[0])
    states = dict(MetadataFetch.objects.values_list("paper__identifiers__value", "status"))
    assert [value for value, status in states.items() if status != "done"] == ["2001.00005"]
    assert "arXiv knows no paper 2001.00005" in MetadataFetch.objects.get(status="failed").error


def test_absent_arxiv_is_told_to_all_who_wait(replay):
    papers = add("2001.00001", "2001.00002")
    replay.override("/api/query", status=503)
    fetch_metadata(papers[0])
    jobs = MetadataFetch.objects.all()
    assert {job.error for job in jobs} == {"arXiv did not answer."}
    assert all(job.wake_at > timezone.now() for job in jobs)
    assert len(replay.asked) == 1


def test_paper_that_another_worker_holds_is_not_taken(library):
    first, second = add("2001.00001", "2001.00002")
    MetadataFetch.objects.claim(second.pk)
    fetch_metadata(first)
    assert library.asked == [["2001.00001"]]
    assert MetadataFetch.objects.get(pk=second.pk).status == "running"


def test_corrections_survive_a_batch(library, bob):
    first, second = add("2001.00001", "2001.00002")
    edit_paper(second, edited_by=bob, title="Ours")
    fetch_metadata(first)
    assert Paper.objects.get(pk=second.pk).title == "Ours"


def test_busy_arxiv_takes_nobody_else_along(library, settings):
    settings.ARXIV_SECONDS_PER_REQUEST = 60
    fetch_metadata(add("2001.00000")[0])
    first, second = add("2001.00001", "2001.00002")
    fetch_metadata(first)
    states = dict(MetadataFetch.objects.values_list("pk", "attempts"))
    assert (states[first.pk], states[second.pk], len(library.asked)) == (0, 0, 1)


def again(paper: Paper) -> Paper:
    fetch_metadata_again(paper)
    fetch_metadata(paper)
    return Paper.objects.get(pk=paper.pk)


def test_newer_version_than_the_one_added_is_noticed(library):
    paper = add("2001.00001v1")[0]
    library.version = 3
    fetch_metadata(paper)
    assert [(n.kind, n.detail, n.url) for n in paper.notices.all()] == [
        ("version", "v3", "https://arxiv.org/abs/2001.00001v3")
    ]
    library.version = 4
    assert [notice.detail for notice in again(paper).notices.all()] == ["v4"]


def test_version_that_appears_later_is_noticed(library):
    paper = add("2001.00001")[0]
    library.version = 2
    fetch_metadata(paper)
    assert not paper.notices.exists()
    library.version = 3
    assert [notice.detail for notice in again(paper).notices.all()] == ["v3"]
    assert [notice.detail for notice in again(paper).notices.all()] == ["v3"]


def test_publication_and_withdrawal_are_noticed_once(library):
    paper = add("2001.00001")[0]
    fetch_metadata(paper)
    library.more = "<arxiv:doi>10.1103/x</arxiv:doi><arxiv:comment>Withdrawn by the authors</arxiv:comment>"
    paper = again(again(paper))
    assert sorted(notice.kind for notice in paper.notices.all()) == ["publication", "withdrawal"]
    assert paper.identifiers.filter(scheme="doi", value="10.1103/x").exists()


def test_unchanged_answer_is_not_sent_again(replay):
    work = {"title": ["T"], "author": [{"family": "A"}], "abstract": "A.", "issued": {"date-parts": [[2020]]}}
    body = json.dumps({"message": work})
    conditions = []

    def answer(request):
        conditions.append(request.headers.get("If-None-Match"))
        if conditions[-1] == '"one"':
            return Response(status=304, headers={"ETag": '"one"'})
        return Response(body, headers={"ETag": '"one"'})

    replay.intercept = answer
    paper = add("10.1234/x")[0]
    fetch_metadata(paper)
    paper = again(paper)
    assert conditions == [None, '"one"']
    assert (paper.title, paper.metadata_fetch.status) == ("T", "done")
