"""Ways in which groups write down who presents what, and when nobody does."""

from papers.documents.archive import Stated
from papers.documents.reading import read_document


def talks(text: str):
    return read_document(text).presentations


def test_name_in_italics_before_a_titled_link_presents():
    text = (
        "# Paper group\n\n## Meetings\n\n"
        "* **14.03.2019** – *Ada Lovelace*: [Clocks and Events](https://host.edu/clocks.pdf) ([Folien](clocks.pdf))\n"
        "* **11.04.2019** – Charles Babbage: *Out of the Pit* ([Paper](https://host.edu/pit.pdf))\n"
    )
    assert [(talk.presenters, talk.title) for talk in talks(text)] == [
        (["Ada Lovelace"], "Clocks and Events"),
        (["Charles Babbage"], "Out of the Pit"),
    ]


def test_nobody_yet_is_nobody():
    text = "# Reading group\n\n## Treffen\n\n* 11.04.2019: Ada Lovelace: Engines\n* 13.06.2019 – noch frei\n"
    assert [talk.presenters for talk in talks(text)] == [["Ada Lovelace"], []]
    assert talks(text)[1].title == ""


def test_what_does_not_take_place_is_no_presentation():
    text = "# Reading group\n\n* 11.04.2019: Ada: Engines\n* 18.04.2019: Bob: Clocks\n* 25.04.2019 – fällt aus\n"
    document = read_document(text)
    assert len(document.presentations) == 2
    assert [warning.line for warning in document.warnings] == [5]


def test_a_day_as_heading_with_a_paper_below_is_a_presentation():
    text = (
        "# Reading group\n\n### Jan 12, 2018: Attention\n\nPresenter: Ada\nPaper: [link](https://arxiv.org/abs/1706.03762)\n\n"
        "### Jan 19, 2018: ELMo\n\nPresenter: Bob\nPaper: [link](https://arxiv.org/abs/1802.05365)\n\n"
        "### Feb 2, 2018\n\n[Encoders](https://arxiv.org/abs/1803.11175) presented by Charlie Brown\n"
    )
    last = talks(text)[-1]
    assert (last.title, last.presenters, str(last.held_on)) == ("Encoders", ["Charlie Brown"], "2018-02-02")
    assert [paper.href for paper in last.papers] == ["https://arxiv.org/abs/1803.11175"]


def test_initials_keep_their_points():
    text = (
        "# Group\n\n| Date | Presenter | Paper |\n|---|---|---|\n| 2021-03-05 | Ada L., Bob M. and Eve. | Engines |\n"
    )
    assert talks(text)[0].presenters == ["Ada L.", "Bob M.", "Eve"]


def test_none_is_said_in_other_languages_too():
    text = (
        "# 论文阅读小组\n\n| 日期 | 主讲人 | 论文 | 幻灯片 | 录像 |\n|---|---|---|---|---|\n"
        "| 2021年3月12日 | 李四 | [BERT](https://arxiv.org/abs/1810.04805) | 无 | 无 |\n"
    )
    (talk,) = talks(text)
    assert (talk.slides, talk.recording, talk.summary) == (Stated.NONE, Stated.NONE, "")


def test_files_in_a_schedule_of_front_matter():
    text = (
        "---\ntitle: Group\nmeetings:\n  - date: 2022-02-01\n    presenter: Ada\n    paper: Chinchilla\n"
        "    slides: /assets/chinchilla.pdf\n---\n\n{% for m in page.meetings %}\n* {{ m.date }}\n{% endfor %}\n"
    )
    document = read_document(text)
    (talk,) = document.presentations
    assert (talk.slides, talk.slides_href, document.introduction) == (Stated.AVAILABLE, "/assets/chinchilla.pdf", "")
