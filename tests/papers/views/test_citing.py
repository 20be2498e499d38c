"""Citing by button, by address and by what a client accepts."""

import json
from datetime import date

import pytest

from tests.factories import make_paper, make_presentation, make_reading_list, make_session

pytestmark = pytest.mark.django_db
BIBTEX, RIS = "application/x-bibtex", "application/x-research-info-systems"
CSL, TEXT = "application/vnd.citationstyles.csl+json", "text/x-bibliography"


@pytest.fixture
def paper():
    return make_paper(
        title="Attention Is All </script> You Need",
        authors=["Ashish Vaswani", "Laurens van der Maaten"],
        arxiv="1706.03762",
        published_on=date(2017, 6, 12),
    )


@pytest.mark.parametrize(("extension", "media_type"), [("bib", BIBTEX), ("ris", RIS), ("json", CSL), ("txt", TEXT)])
def test_address_and_accept_header_give_the_same(charlie, paper, extension, media_type):
    page = paper.get_absolute_url()
    by_address = charlie.get(f"{page.rstrip('/')}.{extension}")
    by_header = charlie.get(page, headers={"Accept": media_type})
    assert by_address.status_code == 200
    assert by_address.headers["Content-Type"] == f"{media_type}; charset=utf-8"
    assert by_header.content == by_address.content
    assert "Accept" in by_header.headers["Vary"]
    assert b"Vaswani" in by_address.content


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", ""])
def test_browser_gets_the_page(charlie, paper, accept):
    page = charlie.get(paper.get_absolute_url(), headers={"Accept": accept} if accept else {})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "Accept" in page.headers["Vary"]


def test_reference_managers_find_the_paper_in_the_page(charlie, paper):
    page = charlie.get(paper.get_absolute_url()).content.decode()
    assert '<meta name="citation_title" content="Attention Is All &lt;/script&gt; You Need">' in page
    assert '<meta name="citation_author" content="van der Maaten, Laurens">' in page
    assert '<meta name="citation_publication_date" content="2017/6/12">' in page
    assert '<meta name="citation_arxiv_id" content="1706.03762">' in page
    block = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    record = json.loads(block)
    assert record["@type"] == "ScholarlyArticle"
    assert record["name"] == "Attention Is All </script> You Need"
    assert record["author"][1]["name"] == "Laurens van der Maaten"


def test_cite_page_shows_styles_to_copy(charlie, paper):
    page = charlie.get(f"{paper.get_absolute_url()}cite/").content.decode()
    for label in ("APA", "IEEE", "Chicago", "BibTeX"):
        assert f">{label}</p>" in page
    assert "@misc{vaswani2017attention," in page


def test_presentation_session_list_and_archive_are_cited_whole(charlie, paper):
    session = make_session()
    other = make_paper(title="Another one", authors=["Ada Lovelace"])
    first = make_presentation(
        title="A talk", status="given", number=1, session=session, position=1, papers=[paper, other]
    )
    reading_list = make_reading_list(title="A list")
    entry = reading_list.entries.create(position=1, commentary="Worth it.")
    entry.links.create(position=1, url="https://arxiv.org/abs/1706.03762", paper=paper)
    pages = [first.get_absolute_url(), session.get_absolute_url(), "/archive/"]
    for page in pages:
        items = json.loads(charlie.get(f"{page.rstrip('/')}.json").content)
        assert [item["title"] for item in items] == [paper.title, "Another one"]
        assert json.loads(charlie.get(page, headers={"Accept": CSL}).content) == items
        assert f"{page.rstrip('/')}.bib" in charlie.get(page).content.decode()
    assert "annote = {Worth it.}" in charlie.get(f"{reading_list.get_absolute_url().rstrip('/')}.bib").content.decode()
    assert 'class="Z3988"' in charlie.get(pages[0]).content.decode()


def test_what_is_for_members_is_not_cited_to_others(charlie, bob_client, paper):
    secret = make_presentation(title="Ours", status="given", number=1, visibility="members", papers=[paper])
    assert charlie.get(f"{secret.get_absolute_url().rstrip('/')}.bib").status_code == 404
    assert charlie.get(secret.get_absolute_url(), headers={"Accept": BIBTEX}).status_code == 404
    assert charlie.get("/archive.json").content.strip() == b"[]"
    assert "Vaswani" in bob_client.get("/archive.json").content.decode()
    private = make_reading_list(title="Mine", is_public=False)
    assert charlie.get(f"{private.get_absolute_url().rstrip('/')}.bib").status_code == 404


def test_archive_needs_as_many_queries_for_any_number_of_papers(charlie, count_queries):
    def add(number: int) -> None:
        for place in range(number):
            make_presentation(
                title=f"Talk {number} {place}", status="given", papers=[make_paper(title="P", authors=["A B"])]
            )

    add(1)
    few = count_queries(lambda: charlie.get("/archive.bib"))
    add(12)
    assert count_queries(lambda: charlie.get("/archive.bib")) == few
