"""Schedules of courses in definition lists: a day, its topic, who is in charge, what is read."""

from papers.documents.definition_lists import as_nested_lists
from papers.documents.document import Shape
from papers.documents.reading import read_document

COURSE = """---
title: Reading list and presenters 2025
---

Jan 28, Tue
: [Looms](https://uni.hosted.panopto.com/Panopto/Pages/Viewer.aspx?id=1) ([Slides](https://drive.google.com/file/d/1))
  : Ada
: 1. [How to weave](https://a.org/weave.pdf) by Grace Hopper
  1. [Warps without wefts](https://arxiv.org/abs/1706.03762)


Feb. 3, Mon
: **Due**{: .label .label-purple} [Signup sheet](https://forms.gle/1)


Feb. 6, Thu
: [Knots]() ([Reading survey](https://forms.gle/2) / [Questions](https://drive.google.com/file/d/3))
  : Charles, Kurt, Nuo Wen
: 1. [Tying](https://arxiv.org/abs/1810.04805)


Feb. 20, Thu
: **MP**{: .label} [Mini Project](https://a.org/project)
  : Due on March 18


Mar. 18, Tue
: **INVITED**{: .label .label-green} [Lecture by a weaver](https://youtu.be/abc)
"""


def test_days_of_a_course_are_presentations():
    document = read_document(COURSE)
    assert [(talk.title, talk.presenters, str(talk.held_on)) for talk in document.presentations] == [
        ("Looms", ["Ada"], "2025-01-28"),
        ("Knots", ["Charles", "Kurt", "Nuo Wen"], "2025-02-06"),
        ("Lecture by a weaver", [], "2025-03-18"),
    ]
    looms, knots, _ = document.presentations
    assert (looms.slides_href, looms.recording_href[-4:]) == ("https://drive.google.com/file/d/1", "id=1")
    assert "[How to weave](https://a.org/weave.pdf) by Grace Hopper" in looms.summary
    assert [paper.href for paper in knots.papers] == ["https://arxiv.org/abs/1810.04805"]
    assert "Questions" in knots.summary
    assert document.counts()["sessions"] == 3


def test_what_is_due_is_told_and_is_no_session():
    document = read_document(COURSE)
    assert [warning.line for warning in document.warnings] == [12, 22]
    assert all("due on a day" in warning.reason for warning in document.warnings)


def test_definitions_of_words_are_an_article():
    text = "# Words\n\nWarp\n: Threads that stand.\n: See weft.\n\nWeft\n: Threads that run.\n"
    document = read_document(text)
    assert document.shape == Shape.ARTICLE
    assert "- Warp\n  - Threads that stand.\n  - See weft." in document.body


def test_code_keeps_its_colons_and_every_text_its_lines():
    text = "Term\n: one\n\n```\nkey\n: value\n```\n\nA sentence,\nand more\n"
    assert as_nested_lists(text) == "- Term\n  - one\n\n```\nkey\n: value\n```\n\nA sentence,\nand more\n"
