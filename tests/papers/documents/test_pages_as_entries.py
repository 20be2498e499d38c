"""Pages that are one entry of a series, as their title announces, and what their heads say in tables of their own."""

from datetime import date

import pytest

from papers.documents.archive import EntryKind, Stated
from papers.documents.document import Shape
from papers.documents.reading import read_document

PAPER = "https://arxiv.org/abs/1706.03762"
TEXT = f"On [the paper]({PAPER}), as in [another](https://arxiv.org/abs/1607.06450).\n\n## Method\n\nIt weaves.\n"


def post(title, text=TEXT):
    return read_document(f'---\nlayout: post\ntitle: "{title}"\ndate: 2024-01-07\n---\n\n{text}')


@pytest.mark.parametrize("title", ["Paper Report 12: Looms", "Report #12 - Looms", "[Paper Review 12]: Looms"])
def test_post_that_announces_a_report_is_that_one(title):
    (report,) = post(title).reports
    assert (report.kind, report.number, report.title) == (EntryKind.PAPER_REPORT, 12, "Looms")
    assert (report.reported_on, [paper.href for paper in report.papers]) == (date(2024, 1, 7), [PAPER])
    assert report.body == TEXT.strip()


def test_heading_above_a_whole_text_announces_it_too():
    document = read_document(f"# Paper Report 12: Looms\n\n{TEXT}")
    (report,) = document.reports
    assert (document.shape, report.number, report.body) == (Shape.ARTICLE, 12, TEXT.strip())
    assert [section.heading for section in document.sections] == ["Method"]


def test_entry_with_a_teaser_only_stays_an_archive():
    document = read_document("# Paper Report 12: Looms\n\nA teaser. [read more](looms.md)\n")
    assert (document.shape, document.reports[0].body_href) == (Shape.ARCHIVE, "looms.md")


def test_book_report_has_its_part():
    (report,) = post("Book Report: Weaving - Part 2, Cards").reports
    assert (report.kind, report.title, report.part, report.part_title) == (EntryKind.BOOK_REPORT, "Weaving", 2, "Cards")


def test_post_that_announces_a_presentation_is_that_one():
    (talk,) = post("Paper Presentation 4: Looms", f"**Paper**: {PAPER}\n\n**Slides**: [here](one.pdf)\n").presentations
    assert (talk.number, talk.title, talk.held_on) == (4, "Looms", date(2024, 1, 7))
    assert (talk.slides, talk.is_meeting, [paper.href for paper in talk.papers]) == (Stated.AVAILABLE, False, [PAPER])


def test_talk_about_something_announces_no_presentation():
    assert post("Talk: cheap").shape == Shape.ARTICLE


def test_tables_within_the_front_matter():
    document = read_document(
        '+++\ntitle = "Looms"\n[extra]\narxiv = "1706.03762"\n[taxonomies]\ntags = ["cards"]\n'
        '[cover]\nimage = "a.png"\nalt = "A loom"\n+++\n\nIt weaves.\n'
    )
    (report,) = document.reports
    assert [paper.href for paper in report.papers] == ["arxiv:1706.03762"]
    assert (report.topics, report.cover.src, report.cover.alt) == (["cards"], "a.png", "A loom")
    assert not document.warnings


def test_topics_within_topics():
    text = "---\ntitle: Looms\ncategories:\n- [weaving, cards]\n- yarn\nimage: https://example.org/a.png\n---\nWords.\n"
    document = read_document(text)
    assert document.topics == ["weaving", "cards", "yarn"]
    assert document.reports[0].cover is None
