import pytest

from readinggroup.search import rebuild
from tests.factories import make_paper, make_presentation, make_report


@pytest.fixture
def library(db):
    make_paper(title="Kernel methods", abstract="About kernels & <b>margins</b>.")
    make_report(title="Thoughts on kernels")
    make_presentation(title="Secret kernels", visibility="members")
    rebuild()


def test_visitor_finds_by_word_and_kind(library, charlie):
    page = charlie.get("/search/?q=kernels")
    assert [hit.label for hit in page.context["page"]] == ["Report", "Paper"]
    assert [(tab["name"], tab["count"]) for tab in page.context["kinds"]] == [("paper", 1), ("report", 1)]
    assert [hit.label for hit in charlie.get("/search/?q=kernels&kind=paper").context["page"]] == ["Paper"]


def test_page_marks_hits_and_escapes_text(library, charlie):
    page = charlie.get("/search/?q=kernels").content.decode()
    assert "<mark>kernels</mark>" in page
    assert "<b>margins" not in page


def test_members_find_more_than_visitors(library, charlie, bob_client):
    assert "Secret" not in charlie.get("/search/?q=kernels").content.decode()
    assert "Secret" in bob_client.get("/search/?q=kernels").content.decode()


def test_without_words_it_says_what_can_be_found(library, charlie):
    assert "What are you looking for?" in charlie.get("/search/").content.decode()


def test_without_hits_it_says_what_to_do(library, charlie):
    page = charlie.get("/search/?q=zebra").content.decode()
    assert "Nothing found for “zebra”" in page
    assert "fewer words" in page


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=%22%22%22",
        "?q=a%27%3B--",
        "?q=" + "x" * 10_000,
        "?q=NEAR(a%20b)&kind=nothing",
        "?q=kernels&page=99999",
        "?q=kernels&page=zebra",
        "?q=%ff%fe",
        "?q=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
    ids=range(9),
)
def test_any_query_is_answered(library, charlie, query):
    response = charlie.get("/search/" + query)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_results_are_paginated(db, charlie):
    for number in range(25):
        make_paper(title=f"Kernel {number}")
    rebuild()
    first, second = (charlie.get(f"/search/?q=kernel&page={number}").context["page"] for number in (1, 2))
    assert (len(first), len(second)) == (20, 5)
    assert not {hit.url for hit in first} & {hit.url for hit in second}


def test_search_is_only_read(charlie):
    assert charlie.post("/search/").status_code == 405
