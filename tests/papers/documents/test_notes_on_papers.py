"""Posts that are notes on one paper, among lists and among other articles."""

import pytest

from papers.documents.archive import EntryKind
from papers.documents.document import Shape
from papers.documents.reading import read_document

NOTES = (
    "---\nlayout: post\ntitle: Pointer Networks\nexcerpt: A novel architecture.\n---\n\n## Introduction\n\n"
    "* The paper says something, see also [another post](/another-post).\n* It is new.\n"
    "* [Link to the paper](https://arxiv.org/abs/1506.03134)\n* [Link to the code](https://github.com/a/b)\n\n"
    "## Pros\n\n* First\n* Second\n* Third\n"
)


def test_notes_in_bullets_are_a_report_on_their_paper():
    document = read_document(NOTES, name="2017-08-27-Pointer Networks.md")
    (report,) = document.reports
    assert document.shape == Shape.ARTICLE
    assert (report.kind, report.title, str(report.reported_on)) == (
        EntryKind.PAPER_REPORT,
        "Pointer Networks",
        "2017-08-27",
    )
    assert [paper.href for paper in report.papers] == ["https://arxiv.org/abs/1506.03134"]
    assert report.teaser == "A novel architecture."
    assert "* First" in report.body


def test_paper_may_stand_in_the_front_matter():
    text = "---\ntitle: On engines\npaper_url: https://arxiv.org/abs/1506.03134\n---\n\nIt computes.\n"
    assert read_document(text).reports[0].papers[0].href == "https://arxiv.org/abs/1506.03134"


def test_text_about_several_papers_is_an_article():
    text = (
        "# Two engines\n\nSome thoughts.\n\n- Paper: [one](https://arxiv.org/abs/1506.03134)\n\nMore thoughts.\n\n"
        "Paper: [two](https://arxiv.org/abs/1706.03762)\n\n"
        "And so on, for many words in a row that no list would have.\n"
    )
    document = read_document(text, shape=Shape.ARTICLE)
    assert document.reports[0].kind == EntryKind.ARTICLE


def test_sentences_with_links_in_them_are_no_list():
    text = (
        "# Our chapter\n\nWe read papers.\n\n### Join us\n\n"
        "- Join us on [Meetup](https://meetup.com/a) to hear of meetings\n"
        "- Follow [@us](https://social.org/us) for news\n- Come and introduce yourself\n\n### Contact\n\n"
        "- Ada (Twitter: [@ada](https://social.org/ada) or so)\n"
    )
    assert read_document(text).shape == Shape.ARTICLE


def test_year_and_authors_behind_a_title_are_known():
    text = (
        "# Notes\n\n- [To Tune or Not to Tune? (2019) - Peters, Ruder and Smith](notes/tune.md)\n"
        "- Engines of Thought (2015-11) [[arXiv](https://arxiv.org/abs/1511.01432)]\n"
    )
    assert [(entry.title, entry.year, entry.people) for entry in read_document(text).entries] == [
        ("To Tune or Not to Tune?", 2019, "Peters, Ruder and Smith"),
        ("Engines of Thought", 2015, ""),
    ]


def test_bold_around_a_link_leaves_no_mark_behind():
    text = (
        "# Weekly links\n\n**[A fake paper](https://a.org) by Ada on Undark.** A tale.\n\n"
        "**[Another](https://b.org) by Bob.** More.\n"
    )
    assert [(entry.title, entry.commentary) for entry in read_document(text).entries] == [
        ("A fake paper", "by Ada on Undark. A tale."),
        ("Another", "by Bob. More."),
    ]


@pytest.mark.parametrize(
    ("top", "is_paper"),
    [
        ("[Lovelace, A. 1843](https://example.org/~ada/notes.pdf)", True),
        ("Paper: https://example.org/~ada/notes.pdf", True),
        ("[slides](https://example.org/~ada/notes.pdf)", False),
        ("See [her notes](https://example.org/~ada/notes.pdf) on it.", False),
    ],
)
def test_file_above_the_text_is_the_paper_of_the_notes(top, is_paper):
    (report,) = read_document(
        f"---\ntitle: Looms\n---\n\n{top}\n\n## Summary\n\nA card has holes. It weaves.\n"
    ).reports
    assert bool(report.papers) == is_paper


CITATION = "__Ada__ reviewing Weaver B. Cards that weave. _Looms_ **2009**;3;1-9. https://doi.org/10.1000/xyz123"


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        (f"{CITATION}\n\nLinks: [PubMed](https://pubmed.ncbi.nlm.nih.gov/28333759/)\n\n## Comment\n\nFine.", 1),
        (f"{CITATION}\n\n## Comment\n\nAs in [this](https://arxiv.org/abs/1506.03134) one.", 2),
        ("Paper: [doi](https://doi.org/10.1000/xyz123) [arXiv](https://arxiv.org/abs/1506.03134)\n\nFine.", 1),
    ],
)
def test_citation_above_the_text_names_its_paper_once(text, papers):
    document = read_document(f"---\ntitle: On weaving\n---\n\n{text}\n")
    (report,) = document.reports
    assert [paper.href for paper in report.papers] == ["https://doi.org/10.1000/xyz123"]
    assert document.counts()["papers"] == papers


def test_prose_that_ends_paragraphs_in_papers_is_about_none():
    text = f"{CITATION}\n\nAnd of 2011 there is https://doi.org/10.1000/xyz124\n"
    assert not read_document(f"---\ntitle: On weaving\n---\n\n{text}").reports[0].papers


@pytest.mark.parametrize(
    ("head", "papers", "title"),
    [
        ("papers:\n- title: Cards\n  url: https://doi.org/10.1000/xyz123", ["https://doi.org/10.1000/xyz123"], "Cards"),
        ("arxiv: 1506.03134\ndoi: 10.1000/xyz123", ["arxiv:1506.03134"], None),
        (
            "papers:\n- {title: Cards, arxiv: 1506.03134}\n- '[Looms](https://arxiv.org/abs/1706.03762)'",
            ["arxiv:1506.03134", "https://arxiv.org/abs/1706.03762"],
            "Cards",
        ),
    ],
)  # fmt: skip
def test_papers_of_the_front_matter(head, papers, title):
    (report,) = read_document(f"---\ntitle: On weaving\n{head}\n---\n\nIt is old.\n").reports
    assert ([paper.href for paper in report.papers], report.paper_title) == (papers, title)
    assert report.kind == EntryKind.PAPER_REPORT


def test_further_papers_of_the_front_matter_stand_below_the_text():
    head = (
        "papers:\n- https://arxiv.org/abs/1506.03134\n"
        "- title: Looms\n  url: https://arxiv.org/abs/1706.03762\n  year: 2017\n- Yarn\n"
    )
    document = read_document(f"---\ntitle: On weaving\n{head}---\n\nIt is old.\n")
    assert document.reports[0].body == "It is old.\n\n- [Looms](https://arxiv.org/abs/1706.03762), 2017\n- Yarn"
    assert (document.counts()["papers"], document.warnings) == (2, [])


def test_many_papers_in_the_front_matter_make_an_article_that_lists_them():
    numbers = ("1506.03134", "1706.03762", "1409.2329", "1612.00222")
    head = "papers:\n" + "".join(f"- https://arxiv.org/abs/{number}\n" for number in numbers)
    document = read_document(f"---\ntitle: Five ideas\n{head}---\n\nSee <https://arxiv.org/abs/1506.03134>.\n")
    (report,) = document.reports
    assert (report.kind, report.papers, document.counts()["papers"]) == (EntryKind.ARTICLE, [], 4)
    assert report.body.count("https://arxiv.org") == 4
