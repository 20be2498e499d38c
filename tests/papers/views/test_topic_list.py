import pytest

from tests.factories import make_paper, make_topic

pytestmark = pytest.mark.django_db


def test_topics_are_listed_with_their_numbers(charlie):
    attention, _ = make_topic("Attention"), make_topic("vision")
    make_paper().topics.add(attention)
    response = charlie.get("/topics/")
    assert [(t.name, t.paper_count) for t in response.context["page"]] == [("Attention", 1), ("vision", 0)]
    assert "1 paper<" in response.text


def test_empty_list_says_what_to_do(charlie):
    assert "Correct or complete" in charlie.get("/topics/").text


def test_number_of_queries_does_not_grow(charlie, count_queries):
    def add(number):
        for _ in range(number):
            make_paper().topics.add(make_topic())
        return count_queries(lambda: charlie.get("/topics/"))

    assert add(1) == add(9) == add(90)
