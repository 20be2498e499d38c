"""Papers that the group has read are looked at again, slowly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.models import MetadataFetch
from papers.services.watching import BATCH, watch_papers
from tests.factories import make_paper, make_presentation, make_report

pytestmark = pytest.mark.django_db


def checked(days_ago: int, *, is_read: bool = True, **fields):
    paper = make_paper(title=f"Checked {days_ago} days ago")
    if is_read:
        make_presentation(title="A talk", status="given", papers=[paper])
    then = timezone.now() - timedelta(days=days_ago)
    fields = {"status": "done", "source": "arXiv", "finished_at": then, **fields}
    MetadataFetch.objects.update_or_create(paper=paper, defaults=fields)
    return paper


def waiting() -> set[int]:
    return set(MetadataFetch.objects.waiting().values_list("pk", flat=True))


def test_papers_that_were_read_are_asked_about_when_it_is_long_ago():
    old, reported = checked(40), checked(50, is_read=False)
    make_report(title="About it", paper=reported, status="published")
    checked(5)
    checked(90, is_read=False)
    assert watch_papers() == 2
    assert waiting() == {old.pk, reported.pk}
    assert watch_papers() == 0


def test_those_checked_longest_ago_come_first_and_few_at_a_time():
    papers = [checked(100 - place) for place in range(BATCH + 3)]
    watch_papers()
    assert waiting() == {paper.pk for paper in papers[:BATCH]}


def test_failed_check_is_tried_again_later_and_what_nobody_describes_never():
    failed = checked(40, status="failed", error_code="unavailable")
    checked(40, status="failed", error_code="no_source")
    watch_papers()
    assert waiting() == {failed.pk}


def test_check_is_quiet_on_the_page_and_members_see_when_it_was(charlie, bob_client):
    paper = checked(40)
    assert "Last checked on" in bob_client.get(paper.get_absolute_url()).content.decode()
    assert "Last checked on" not in charlie.get(paper.get_absolute_url()).content.decode()
    watch_papers()
    page = bob_client.get(paper.get_absolute_url()).content.decode()
    assert "Being checked again now" in page
    assert 'aria-busy="true"' not in page


def test_what_was_noticed_stands_on_the_home_page(charlie):
    paper = checked(1)
    paper.notices.create(kind="retraction", detail="Figure 3 was made up", source="Crossref")
    checked(1, is_read=False).notices.create(kind="version", detail="v9")
    page = charlie.get("/").content.decode()
    assert "What happened to papers we read" in page
    assert "<strong>Retracted</strong>: Figure 3 was made up" in page
    assert "v9" not in page


def test_organiser_sees_failures_by_cause_and_when_each_was_checked(admin_member_client):
    checked(40, status="failed", error_code="unavailable")
    checked(30)
    page = admin_member_client.get("/admin/papers/paper/?metadata_fetch__error_code=unavailable").content.decode()
    assert "Checked 40 days ago" in page
    assert "Checked 30 days ago" not in page
