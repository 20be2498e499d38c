from datetime import timedelta

import pytest
from django.utils import timezone

from papers.models import MetadataFetch
from papers.services.papers import add_paper, edit_paper
from tests.factories import make_paper, make_presentation, make_reading_list, make_report

pytestmark = pytest.mark.django_db


def set_job(paper, **fields):
    MetadataFetch.objects.filter(paper=paper).update(**fields)


def test_everything_known_is_shown(charlie, bob):
    paper = make_paper(title="Attention", authors=["Ada", "Bea"], venue="NeurIPS", arxiv="1706.03762")
    paper.links.create(kind="code", url="https://example.org/code")
    edit_paper(paper, edited_by=bob, abstract="A bound of $n^2$.")
    text = charlie.get(paper.get_absolute_url()).text
    for expected in ("Attention", "Ada, Bea", "NeurIPS", "arXiv 1706.03762", "https://example.org/code", "<math"):
        assert expected in text


def test_old_address_leads_to_the_new_one(charlie, bob):
    paper = make_paper(title="Old")
    old = paper.get_absolute_url()
    paper = edit_paper(paper, edited_by=bob, title="New")
    assert charlie.get(old).headers["Location"] == paper.get_absolute_url()
    assert charlie.get(f"/papers/{paper.pk}/").headers["Location"] == paper.get_absolute_url()


def test_unknown_paper_is_not_found(charlie):
    assert charlie.get("/papers/4711/x/").status_code == 404
    assert charlie.get(f"/papers/{2**70}/x/").status_code == 404


def test_paper_meets_what_was_made_of_it(charlie):
    paper = make_paper()
    make_presentation(title="The talk", papers=[paper], presenters=["Cleo"])
    make_report(title="The report", paper=paper)
    entry = make_reading_list(title="The list").entries.create(position=1)
    entry.links.create(position=1, url="https://example.org", paper=paper)
    text = charlie.get(paper.get_absolute_url()).text
    for expected in ("The talk", "Cleo", "The report", "The list"):
        assert expected in text


def test_stranger_sees_nothing_private_about_a_paper(charlie, bob_client, bob):
    paper = make_paper()
    make_presentation(title="Members' talk", papers=[paper], visibility="members")
    make_report(title="Bob's draft", paper=paper, status="draft", written_by=bob)
    entry = make_reading_list(title="Bob's list", owner=bob, is_public=False).entries.create(position=1)
    entry.links.create(position=1, url="https://example.org", paper=paper)
    secrets = ("Members&#x27; talk", "Bob&#x27;s draft", "Bob&#x27;s list")
    for_charlie, for_bob = (client.get(paper.get_absolute_url()).text for client in (charlie, bob_client))
    assert [secret for secret in secrets if secret in for_charlie] == []
    assert [secret for secret in secrets if secret not in for_bob] == []


def test_pending_card_asks_for_itself_again(charlie, bob):
    paper, _ = add_paper("1706.03762", added_by=bob)
    url = f"/papers/{paper.pk}/{paper.slug}/card/"
    page, card = charlie.get(paper.get_absolute_url()), charlie.get(url)
    assert f'data-refresh-url="{url}"' in page.text
    assert f'data-refresh-url="{url}"' in card.text
    assert "Looking up title" in card.text
    assert "no-store" in card.headers["Cache-Control"]
    assert "<html" not in card.text


def test_ready_card_rests(charlie):
    assert "data-refresh-url" not in charlie.get(make_paper().get_absolute_url()).text


def test_absent_source_is_named_with_the_next_attempt(charlie, bob, settings):
    settings.TIME_ZONE = "UTC"
    paper, _ = add_paper("1706.03762", added_by=bob)
    wake_at = timezone.now() + timedelta(minutes=5)
    set_job(paper, error="arXiv did not answer.", error_code="unavailable", wake_at=wake_at)
    text = charlie.get(paper.get_absolute_url()).text
    assert "arXiv did not answer. We will try again at" in text
    assert f">{timezone.localtime(wake_at):%H:%M}</time>" in text


def test_failure_is_told_and_members_can_go_on(charlie, bob_client, bob):
    paper, _ = add_paper("0000.0000", added_by=bob)
    set_job(paper, status="failed", error="arXiv knows no paper 0000.0000.", error_code="not_found")
    for_charlie, for_bob = (client.get(paper.get_absolute_url()).text for client in (charlie, bob_client))
    assert "arXiv knows no paper 0000.0000." in for_charlie
    assert "Ask again" not in for_charlie
    assert "Ask again" in for_bob
    assert "Fill in the title" in for_bob


def test_title_that_a_person_gave_silences_the_missing_source(charlie, bob):
    paper, _ = add_paper("https://distill.pub/2021/gnn-intro/", added_by=bob)
    set_job(paper, status="failed", error="This is a PDF. Fill in the title yourself.", error_code="no_source")
    assert "Fill in the title yourself" in charlie.get(paper.get_absolute_url()).text
    paper = edit_paper(paper, edited_by=bob, title="Gentle introduction")
    assert "Fill in the title yourself" not in charlie.get(paper.get_absolute_url()).text


def test_page_says_where_each_field_came_from(charlie, bob):
    paper = make_paper(title="Attention", field_sources={"title": "arXiv", "venue": "Crossref", "abstract": "OpenAlex"})
    edit_paper(paper, edited_by=bob, venue="NeurIPS")
    text = charlie.get(paper.get_absolute_url()).text
    assert "Metadata from arXiv, OpenAlex; corrected by members" in text
    assert "abstract: OpenAlex" in text
    assert "venue: a member of the group" in text


def test_retraction_stands_before_the_abstract(charlie, bob):
    paper = make_paper(title="Broken", abstract="Text.", abstract_html="<p>Text.</p>")
    paper.notices.create(kind="retraction", detail="Data were made up", url="https://doi.org/10.1/r", source="Crossref")
    paper.notices.create(kind="version", detail="v3", url="https://arxiv.org/abs/1v3", source="arXiv")
    paper.notices.create(kind="publication", detail="Phys. Rev. X 1", url="https://doi.org/10.1/p", source="arXiv")
    text = charlie.get(paper.get_absolute_url()).text
    assert text.index("This paper was retracted") < text.index("<p>Text.</p>")
    for expected in ("Data were made up", 'href="https://doi.org/10.1/r"', "Version v3", "Published in Phys. Rev. X 1"):
        assert expected in text


def test_hostile_text_is_only_text(charlie, bob):
    paper = make_paper(title="<script>alert(1)</script>", authors=["<img src=x onerror=alert(1)>"])
    edit_paper(
        paper, edited_by=bob, abstract="<script>alert(2)</script> [x](javascript:alert(3)) $\\href{javascript:x}{y}$"
    )
    text = charlie.get(paper.get_absolute_url(), follow=True).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert 'href="javascript:' not in text


def test_number_of_queries_does_not_grow(charlie, count_queries):
    paper = make_paper(authors=["Ada"])

    def add(number):
        for _ in range(number):
            make_presentation(papers=[paper], presenters=["Ada", "Bea"])
            make_report(paper=paper)
            paper.links.create(url=f"https://example.org/{paper.links.count()}")
        return count_queries(lambda: charlie.get(paper.get_absolute_url()))

    assert add(1) == add(9) == add(90)
