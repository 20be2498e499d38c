import pytest

from tests.factories import make_paper, make_presentation, make_reading_list, make_report, make_topic

pytestmark = pytest.mark.django_db


def test_topic_gathers_what_belongs_to_it(charlie):
    topic = make_topic("Attention", description="Who looks at whom.")
    paper = make_paper(title="The paper")
    make_presentation(title="The talk", papers=[paper], presenters=["Cleo"])
    for row in (paper, make_report(title="The report"), make_reading_list(title="The list")):
        row.topics.add(topic)
    text = charlie.get(topic.get_absolute_url()).text
    for expected in ("Attention", "Who looks at whom.", "The paper", "The talk", "The report", "The list"):
        assert expected in text


def test_stranger_sees_nothing_private_on_a_topic(charlie):
    topic = make_topic()
    make_presentation(title="Secret talk", visibility="members").topics.add(topic)
    make_report(title="Secret report", status="draft").topics.add(topic)
    make_reading_list(title="Secret list", is_public=False).topics.add(topic)
    assert "Secret" not in charlie.get(topic.get_absolute_url()).text


def test_unknown_topic_is_not_found(charlie):
    assert charlie.get("/topics/nothing/").status_code == 404


def test_number_of_queries_does_not_grow(charlie, count_queries):
    topic = make_topic()

    def add(number):
        for _ in range(number):
            paper = make_paper(authors=["Ada"])
            make_presentation(papers=[paper], presenters=["Cleo"])
            for row in (paper, make_report(paper=paper), make_reading_list()):
                row.topics.add(topic)
        return count_queries(lambda: charlie.get(topic.get_absolute_url()))

    assert add(1) == add(9) == add(90)
