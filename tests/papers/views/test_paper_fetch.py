import pytest

from papers.models import MetadataFetch
from papers.services.papers import add_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(bob):
    paper, _ = add_paper("0000.0000", added_by=bob)
    MetadataFetch.objects.filter(paper=paper).update(status="failed", attempts=5, error="arXiv did not answer.")
    return paper


def url(paper):
    return f"{paper.get_absolute_url()}fetch/"


def test_member_has_the_sources_asked_again(bob_client, paper):
    response = bob_client.post(url(paper), follow=True)
    job = MetadataFetch.objects.get()
    assert (job.status, job.attempts, job.error) == ("pending", 0, "")
    assert "Looking up title" in response.text


def test_second_press_changes_nothing(bob_client, paper):
    bob_client.post(url(paper))
    running = MetadataFetch.objects.claim(paper.pk)
    bob_client.post(url(paper))
    assert MetadataFetch.objects.get().lease == running.lease


def test_strangers_and_links_fetch_nothing(charlie, bob_client, paper):
    assert charlie.post(url(paper)).headers["Location"].startswith("/accounts/login/")
    assert bob_client.get(url(paper)).status_code == 405
    assert MetadataFetch.objects.get().status == "failed"
