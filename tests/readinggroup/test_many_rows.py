"""Rows that are inserted without instances are the same as others."""

import pytest

from papers.models import Link, MetadataFetch
from readinggroup.many_rows import BATCH, insert_rows
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
