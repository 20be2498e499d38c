"""Rows that are inserted without instances are the same as others."""

import pytest

from papers.models import Entry, Link, MetadataFetch, Paper
from readinggroup.many_rows import BATCH, create_rows, insert_rows
from tests.factories import make_paper

pytestmark = pytest.mark.django_db


def test_columns_that_are_not_named_get_their_defaults():
    paper, other = make_paper(), make_paper()
    Link.objects.all().delete()
    MetadataFetch.objects.all().delete()

    insert_rows(Link, ("url", "paper_id"), [("https://a.org", paper.pk)])
    insert_rows(MetadataFetch, ("paper_id",), [(paper.pk,)])
    MetadataFetch.objects.create(paper=other)

    assert list(Link.objects.values_list("paper", "kind", "url", "label")) == [
        (paper.pk, Link.Kind.PAGE, "https://a.org", "")
    ]
    inserted, made = MetadataFetch.objects.get(paper=paper), MetadataFetch.objects.get(paper=other)
    assert (inserted.status, inserted.attempts, inserted.error) == (made.status, made.attempts, made.error)
    assert abs((made.requested_at - inserted.requested_at).total_seconds()) < 60


def test_more_rows_than_a_batch_holds():
    paper = make_paper()
    Link.objects.all().delete()

    insert_rows(Link, ("paper_id", "url"), ((paper.pk, f"https://a.org/{n}") for n in range(BATCH + 1)))

    assert Link.objects.filter(paper=paper).count() == BATCH + 1


def test_column_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="Link has no column paper"):
        insert_rows(Link, ("paper", "url"), [])


def test_instances_are_inserted_and_know_their_keys():
    papers = [
        Paper(kind=Paper.Kind.BOOK, title=f"Loom {n}", slug=f"loom-{n}", edited_fields=["title"]) for n in range(3)
    ]
    create_rows(papers, known_by="slug")

    saved = {paper.pk: paper for paper in Paper.objects.filter(slug__startswith="loom-")}
    assert [saved[paper.pk].title for paper in papers] == ["Loom 0", "Loom 1", "Loom 2"]
    one = saved[papers[0].pk]
    assert (one.kind, one.edited_fields, one.field_sources) == ("book", ["title"], {})
    assert one.created_at is not None
    papers[0].venue = "Weaving"
    papers[0].save()
    assert Paper.objects.filter(slug__startswith="loom-").count() == 3


def test_no_instances_are_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        create_rows([], known_by="slug", among=Entry.objects.all())
