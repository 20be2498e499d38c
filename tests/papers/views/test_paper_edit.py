from datetime import date

import pytest
from django.forms import Form

from papers.models import Paper, Topic
from tests.factories import make_paper, make_topic

pytestmark = pytest.mark.django_db


def url(paper):
    return f"{paper.get_absolute_url()}edit/"


def filled_in(form: Form, **changes):
    """What a browser sends: every field, the hidden first values, and what the member changed."""
    sent = {}
    for field in form:
        value = field.value()
        sent[field.html_initial_name] = sent[field.html_name] = "" if value is None else value
    return {**sent, **changes}


@pytest.fixture
def paper(db):
    return make_paper(title="Wrong", venue="arXiv", authors=["Ada"], published_on=date(2017, 6, 12))


def post(client, paper, **changes):
    form = client.get(url(paper)).context["form"]
    return client.post(url(paper), filled_in(form, **changes), follow=True)


def test_member_corrects_a_paper(bob_client, paper):
    response = post(
        bob_client, paper, title="Right", authors="Ada\r\n  Bea  Bell \r\n\r\n", published="2015-06", abstract="$x$"
    )
    paper = Paper.objects.with_authors().get()
    assert "Saved." in response.text
    assert (paper.title, paper.author_names, paper.date_text) == ("Right", ["Ada", "Bea Bell"], "June 2015")
    assert paper.edited_fields == ["abstract", "authors", "published_on", "published_precision", "title"]


def test_saving_unchanged_corrects_nothing(bob_client, paper):
    post(bob_client, paper)
    assert Paper.objects.get().edited_fields == []


def test_answer_that_arrives_while_somebody_edits_is_kept(bob_client, paper):
    form = bob_client.get(url(paper)).context["form"]
    Paper.objects.filter(pk=paper.pk).update(venue="NeurIPS")
    bob_client.post(url(paper), filled_in(form, title="Right"))
    paper = Paper.objects.get()
    assert (paper.title, paper.venue, paper.edited_fields) == ("Right", "NeurIPS", ["title"])


def test_topics_are_made_and_found(bob_client, paper):
    known = make_topic("Attention")
    post(bob_client, paper, topics="attention, Sequence models ,")
    assert list(Topic.objects.values_list("name", flat=True)) == ["Attention", "Sequence models"]
    assert set(paper.topics.all()) == set(Topic.objects.all())
    assert known in paper.topics.all()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "last year"),
        ("published", "2015-13"),
        ("published", "2015-02-30"),
        pytest.param("authors", "x" * 301, id="long name"),
        pytest.param("topics", "x" * 81, id="long topic"),
        pytest.param("title", "x" * 601, id="long title"),
        ("kind", "spell"),
    ],
)
def test_impossible_values_are_named(bob_client, paper, field, value):
    response = post(bob_client, paper, **{field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("2015", date(2015, 1, 1), "year"),
        ("2015-6", date(2015, 6, 1), "month"),
        ("2015-06-08", date(2015, 6, 8), "day"),
    ],
)
def test_date_may_be_partial(bob_client, paper, typed, day, precision):
    post(bob_client, paper, published=typed)
    paper = Paper.objects.get()
    assert (paper.published_on, paper.published_precision) == (day, precision)


def test_stranger_is_asked_to_sign_in(charlie, paper):
    assert charlie.get(url(paper)).headers["Location"].startswith("/accounts/login/")
