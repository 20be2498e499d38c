import pytest
from django.urls import reverse

from tests.factories import make_paper, make_topic

pytestmark = pytest.mark.django_db
URL = "/papers/"


def titles(response):
    return [paper.title for paper in response.context["page"].object_list]


def test_papers_are_listed_newest_first(charlie):
    for title in ("First", "Second"):
        make_paper(title=title, authors=["Ada"], venue="NeurIPS")
    response = charlie.get(URL)
    assert titles(response) == ["Second", "First"]
    assert "Ada" in response.text
    assert "NeurIPS" in response.text


@pytest.mark.parametrize("text", ["transformer", "LOVELACE transf", "neurips", "1706.03762"])
def test_papers_are_found_by_every_word(charlie, text):
    make_paper(title="Transformers", authors=["Ada Lovelace", "Bea"], venue="NeurIPS", arxiv="1706.03762")
    make_paper(title="Other", authors=["Ada Lovelace"])
    assert titles(charlie.get(URL, {"q": text})) == ["Transformers"]


def test_topic_filters(charlie):
    topic = make_topic("Attention")
    make_paper(title="In").topics.add(topic)
    make_paper(title="Out")
    assert titles(charlie.get(URL, {"topic": topic.slug})) == ["In"]


def test_empty_list_says_what_to_do(charlie, bob_client):
    assert "Sign in to add one" in charlie.get(URL).text
    assert reverse("papers:paper_add") in bob_client.get(URL).text
    make_paper()
    assert "No paper fits" in charlie.get(URL, {"q": "zzz"}).text


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "-1"},
        {"page": "9" * 30},
        {"page": "x"},
        {"q": "\x00'\"%"},
        {"topic": "no\x00"},
        pytest.param({"q": "x" * 5000}, id="long"),
    ],
)
def test_odd_queries_are_answered(charlie, query):
    make_paper()
    assert charlie.get(URL, query).status_code == 200


def test_list_is_paginated(charlie):
    for _ in range(21):
        make_paper()
    assert len(titles(charlie.get(URL))) == 20
    assert len(titles(charlie.get(URL, {"page": 2}))) == 1


def test_number_of_queries_does_not_grow(charlie, count_queries):
    topic = make_topic()

    def add(number):
        for _ in range(number):
            make_paper(authors=["Ada", "Bea"], arxiv="").topics.add(topic)
        return count_queries(lambda: charlie.get(URL))

    assert add(1) == add(9) == add(90)


def test_posting_is_refused(charlie):
    assert charlie.post(URL).status_code == 405
