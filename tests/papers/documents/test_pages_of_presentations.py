"""Pages about one presentation, as sites of groups keep one for each meeting."""

from datetime import date

import pytest

from papers.documents.archive import EntryKind, Stated
from papers.documents.document import Shape
from papers.documents.reading import read_document

PROSE = "A loom repeats what a card tells it, and so does an engine. " * 20 + "End."


def read(front, text="", name="2024-03-05-looms.md"):
    return read_document(f"---\n{front}\n---\n{text}", name=name)


def test_page_that_says_who_presents_what_is_a_presentation():
    document = read(
        "layout: post\ndate: 2024-03-12\npresenters: Ada Weaver, Ben Spinner\npapers:\n- Cards, that weave\n- Looms\n"
        "paperurls:\n- https://arxiv.org/abs/1409.2329\n- https://example.org/looms.html\ncategories:\n- weaving"
    )
    (talk,) = document.presentations
    assert (document.shape, document.reports, document.warnings) == (Shape.ARCHIVE, [], [])
    assert (talk.title, talk.held_on, talk.is_meeting) == ("Cards, that weave + Looms", date(2024, 3, 12), True)
    assert (talk.presenters, talk.topics) == (["Ada Weaver", "Ben Spinner"], ["weaving"])
    assert [(paper.text, paper.href[-9:]) for paper in talk.papers] == [
        ("Cards, that weave", "1409.2329"),
        ("Looms", "ooms.html"),
    ]


def test_files_and_words_of_such_a_page():
    document = read(
        "title: Looms\nspeaker:\n  name: Ada Weaver\npaper: https://arxiv.org/abs/1409.2329\nslides: /files/looms.pdf\n"
        "video: none\nmeeting_date: 12 March 2024",
        "A few words.\n\n**Recording**: https://youtu.be/Kib8Bk2nPEA\n",
    )
    (talk,) = document.presentations
    assert (talk.presenters, talk.held_on) == (["Ada Weaver"], date(2024, 3, 12))
    assert (talk.slides_href, talk.recording_href) == ("/files/looms.pdf", "https://youtu.be/Kib8Bk2nPEA")
    assert (talk.recording, talk.summary) == (Stated.AVAILABLE, "A few words.")
    assert not document.reports


def test_long_text_of_such_a_page_is_a_report_too():
    document = read("title: Looms\npresenter: Ada Weaver\npaper: https://arxiv.org/abs/1409.2329", PROSE)
    (talk,), (report,) = document.presentations, document.reports
    assert (talk.summary, report.kind, report.body) == ("", EntryKind.PAPER_REPORT, PROSE)
    assert [paper.href for paper in report.papers] == [paper.href for paper in talk.papers]


def test_meeting_that_nobody_has_taken_is_open():
    (talk,) = read("presenters: TBD\npapers: TBA\nlayout: post").presentations
    assert (talk.held_on, talk.is_open, talk.title) == (date(2024, 3, 5), True, "")


@pytest.mark.parametrize("front", ["lead: All about looms", "presenter:", "author: Ada", "host: Ada", "name: Ada"])
def test_page_that_names_nobody_who_presents_is_an_article(front):
    assert read(f"title: Looms\n{front}", PROSE).shape == Shape.ARTICLE


def test_draft_of_a_presentation_is_for_members():
    assert read("presenter: Ada Weaver\npublished: false").presentations[0].is_for_members


@pytest.mark.parametrize(
    ("front", "href"),
    [
        ("arxiv: 2101.00010", "arxiv:2101.00010"),
        ("arxiv_id: '1409.2329'", "arxiv:1409.2329"),
        ("doi: 10.1145/3442188.3445922", "doi:10.1145/3442188.3445922"),
        ("doi: https://doi.org/10.1145/3442188.3445922", "https://doi.org/10.1145/3442188.3445922"),
    ],
)
def test_notes_name_their_paper_by_its_number(front, href):
    (report,) = read(f"title: Looms\n{front}", PROSE).reports
    assert [paper.href for paper in report.papers] == [href]
