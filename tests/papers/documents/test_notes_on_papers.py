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
