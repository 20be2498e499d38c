"""Ways in which groups write down who presents what, and when nobody does."""

import pytest

from papers.documents.archive import Stated
from papers.documents.document import Shape
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
        "# Reading group\n\n### Jan 12, 2018: Attention\n\nPresenter: Ada\n"
        "Paper: [link](https://arxiv.org/abs/1706.03762)\n\n"
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


def test_columns_in_chinese_with_signs_and_a_year_of_two_halves():
    text = (
        '## <p align="center">🍁 2022-2023 论文分享组会安排</p>\n\n'
        "| 周数📆 | 日期🕣 | 分享🙋 | 内容📒 | 主持 | 视频记录🎥 |\n|---|---|---|---|---|---|\n"
        "| 01 | 09-12 | 王伟 | 研究计划 | 陈亮 | [观看](https://www.bilibili.com/video/BV1yP4y1Z7qF) |\n"
        "| 02 | 6月15日 | 黄温、朱志 | 综述 | 陈亮 | |\n"
    )
    first, second = talks(text)
    assert (first.number, str(first.held_on), first.presenters, first.title) == (1, "2022-09-12", ["王伟"], "研究计划")
    assert first.recording == Stated.AVAILABLE
    assert first.summary == "主持: 陈亮"
    assert (str(second.held_on), second.presenters) == ("2023-06-15", ["黄温", "朱志"])


def test_days_in_korean_begin_with_the_year():
    text = (
        "# 논문 스터디\n\n|순번|이름|논문|날짜|자료|\n|---|---|---|---|---|\n"
        "|1|강현|[BERT](https://arxiv.org/abs/1810.04805)|22.02.10|[링크](20220210.pdf)|\n"
        "|2|김문|[GPT](https://arxiv.org/abs/2005.14165)|22.02.17||\n"
        "|3|서종|[T5](https://arxiv.org/abs/1910.10683)|22.03.03||\n"
    )
    assert [str(talk.held_on) for talk in talks(text)] == ["2022-02-10", "2022-02-17", "2022-03-03"]
    assert [talk.presenters for talk in talks(text)] == [["강현"], ["김문"], ["서종"]]
    assert talks(text)[0].slides_href == "20220210.pdf"


def test_recorded_papers_of_a_group_are_presentations():
    text = (
        "# Paper reading meeting\n\n| Task | Paper | Link |\n|---|---|---|\n"
        "| NLP | Attention | [Youtube](https://youtu.be/EyXehqvkfF0)<br>[Paper](https://arxiv.org/abs/1706.03762) |\n"
        "| NLP | BERT | [Youtube](https://youtu.be/vo3cyr_8eDQ) |\n"
    )
    assert [(talk.title, talk.recording) for talk in talks(text)] == [
        ("Attention", Stated.AVAILABLE),
        ("BERT", Stated.AVAILABLE),
    ]


def test_headings_that_are_days_with_titles_are_presentations():
    text = (
        "# Papers club\n\n## [2015-06-11 #8: Chain Replication](https://www.meetup.com/papers/events/8/)\n"
        "David Murray will present chain replication.\n\nLink to the paper: <http://host.edu/osdi04.pdf>\n\n"
        "## [2015-08-13 Mesos](https://www.meetup.com/papers/events/9/)\n**Presenter:**\n\nAda Lovelace\n\n"
        "[the text](http://host.edu/mesos.pdf)\n\n## 2015-09-10 No meeting\n"
    )
    first, second = talks(text)
    assert (str(first.held_on), first.title, first.presenters) == (
        "2015-06-11",
        "#8: Chain Replication",
        ["David Murray"],
    )
    assert [paper.href for paper in first.papers] == ["http://host.edu/osdi04.pdf"]
    assert "https://www.meetup.com/papers/events/8/" in first.summary
    assert (second.presenters, [paper.href for paper in second.papers]) == (
        ["Ada Lovelace"],
        ["http://host.edu/mesos.pdf"],
    )


def test_items_with_slides_and_a_day_on_lines_of_their_own():
    text = (
        "# Talks\n\n- **Voices - Found**\n  [Paper](https://arxiv.org/abs/2005.07272)\n  [Slides](/a.pdf)\n"
        "  May 29, 2020\n"
        "- **Systems**\n  [Video](https://youtu.be/BLK8YFNk7is)\n  *A workshop*\n  May 4, 2020\n"
    )
    assert [(talk.title, str(talk.held_on), talk.presenters) for talk in talks(text)] == [
        ("Voices - Found", "2020-05-29", []),
        ("Systems", "2020-05-04", []),
    ]


def test_names_in_waiting_are_no_presentations():
    text = (
        "# Journal club\n\n| Date | Person [1] | Paper |\n|---|---|---|\n"
        "| 2021-06-17 | Ada (1/0) | [Engines](https://arxiv.org/abs/1706.03762) |\n"
        "| 2021-06-24 | [volunteer/?holiday] | . |\n"
        "| . | Bob (1/1) | . |\n| . | Charlie (1/1) | . |\n"
    )
    document = read_document(text)
    assert [talk.presenters for talk in document.presentations] == [["Ada"]]
    assert [warning.line for warning in document.warnings] == [6, 7, 8]


def test_schedule_with_tabs_in_its_front_matter():
    text = (
        '---\ntitle: Reading group\nreads:\n\n    - date:   "2016-02-01"\n      presenter: "Ada"\n'
        '      paper: "Engines"\n'
        '\t  slides: ""\n\n    - date:   "2016-02-08"\n      presenter: "Bob"\n      paper: "Clocks: a study"\n---\n'
    )
    assert [(str(talk.held_on), talk.presenters, talk.title) for talk in talks(text)] == [
        ("2016-02-01", ["Ada"], "Engines"),
        ("2016-02-08", ["Bob"], "Clocks: a study"),
    ]


def test_day_without_a_year_has_that_of_the_row_before():
    text = (
        "# Group\n\n| Date | Presenter | Paper |\n|---|---|---|\n| Jan 12, 2018 | Presenter: Ada | Engines |\n"
        "| Jan 19 | Bob | Clocks |\n"
    )
    assert [str(talk.held_on) for talk in talks(text)] == ["2018-01-12", "2018-01-19"]
    assert talks(text)[0].presenters == ["Ada"]


def test_what_is_not_decided_is_no_presentation_but_its_day_is_kept():
    document = read_document(
        "# Journal club\n\n| # | Date | Presenter | Paper | Room |\n|---|---|---|---|---|\n"
        "| 1 | 2021-03-05 | Ada | Engines | |\n| 2 | 2021-03-12 | TBD | TBD | |\n| 3 | TBD | TBD | TBD | |\n"
        "| 4 | 2021-03-19 | ? | ? | Library |\n| 5 | 2021-03-26 | Bob | TBA | |\n"
    )
    counts = document.counts()
    assert (counts["presentations"], counts["sessions"]) == (2, 4)
    assert [(talk.presenters, talk.is_open, talk.summary) for talk in document.presentations] == [
        (["Ada"], False, ""),
        ([], True, ""),
        ([], True, "Room: Library"),
        (["Bob"], False, ""),
    ]
    assert [warning.line for warning in document.warnings] == [7, 8]


def test_row_with_an_address_that_was_never_filled_in_is_no_template():
    rows = (
        "| 2018-03-22 | Ada | On Parity [[slides]]() |\n| | | On Duals |\n"
        "| 2018-03-29 | Bob | [Clocks](https://link.springer.com/chapter/10.1007/978-3-031-43993-3_65) |\n"
    )
    first, second = talks("# Reading group\n\n| Date | Presenter | Paper |\n|---|---|---|\n" + rows)
    assert (str(first.held_on), first.presenters, first.summary) == ("2018-03-22", ["Ada"], "* On Duals")
    assert (second.title, len(second.papers)) == ("Clocks", 1)


def test_row_below_a_day_without_meeting_is_of_that_day():
    text = (
        "# Reading group\n\n| Date | Presenter | Paper |\n|---|---|---|\n| 2018-03-22 | Ada | Engines |\n"
        "| 2018-03-29 | | No meeting |\n| | Bob | Clocks, by mail |\n"
    )
    assert [str(talk.held_on) for talk in talks(text)] == ["2018-03-22", "2018-03-29"]


def test_column_of_papers_and_code_holds_papers():
    text = (
        "# Study\n\n| idx | Date | Presenter | Paper / Code |\n|---|---|---|---|\n"
        "| 7 | 2023.03.29 | 조상우 <br> Ada | [Auto-Encoders](https://arxiv.org/abs/1312.6114)<br>"
        "[GAN](https://arxiv.org/abs/1406.2661) [code](https://github.com/goodfeli/adversarial) |\n"
    )
    (talk,) = talks(text)
    assert (talk.number, talk.presenters, talk.title) == (7, ["조상우", "Ada"], "Auto-Encoders")
    assert [paper.text for paper in talk.papers] == ["Auto-Encoders", "GAN"]
    assert "https://github.com/goodfeli/adversarial" in talk.summary


def test_column_that_names_parts_of_a_course_gives_no_titles():
    rows = "".join(
        f"| {part} | Nov. {day} | [{name}](https://arxiv.org/abs/2101.0000{day}) | Ada |\n"
        for part, day, name in [
            ("Basics", 2, "One"),
            ("Basics", 3, "Two"),
            ("Rewards", 4, "Three"),
            ("Rewards", 5, "F"),
        ]
    )
    first, *_ = talks("# Seminar (WiSe 25/26)\n\n| Topic | Date | Reading | Leader |\n|---|---|---|---|\n" + rows)
    assert (first.title, first.summary, str(first.held_on)) == ("One", "Topic: Basics", "2025-11-02")


def test_facts_about_the_group_and_numbered_steps_are_no_presentations():
    text = (
        "# Journal club\n\n- **Frequency:** every 3 weeks\n- **Start date:** April 20, 2026\n\n"
        "- 3.1. Add a page\n- 3.2. Name it\n\nNotes:\n\n- reference: [https://host.org/book](https://host.org/book)\n"
    )
    assert talks(text) == []


def test_heading_that_begins_with_a_day_is_a_session():
    text = (
        "# Paper club\n\n## 2015-06-11 Chain Replication\n\nAda presents.\n\n## 2015-08-13 Mesos\n\nBob presents.\n\n"
        "## 2015-09-10 TBD\n\n\n"
    )
    document = read_document(text)
    assert (document.counts()["sessions"], document.counts()["presentations"]) == (3, 2)


def test_heading_called_reading_is_named_by_the_one_above():
    text = (
        "# Seminar\n\n## Week 2, January 24, 2019 - Sequencing\n\n### Reading\n\nDiscussion leader: Ada\n\n"
        "- Coming of age. https://doi.org/10.1038/nrg.2016.49\n"
    )
    (talk,) = talks(text)
    assert (talk.number, talk.title, str(talk.held_on)) == (2, "Sequencing", "2019-01-24")


def test_settings_of_site_generators_and_tags_on_one_line_are_not_told_one_by_one():
    text = (
        '---\nlayout: post\npermalink: /club/\nroom: 403\n---\n# Club\n\n{{< hl >}}{{% mention "ada_l" %}}{{< /hl >}} '
        "spoke, {{ page.day }}\n"
    )
    document = read_document(text)
    assert [(warning.line, warning.kept) for warning in document.warnings] == [
        (4, "room: 403"),
        (8, '{{< hl >}} {{% mention "ada_l" %}} {{< /hl >}} {{ page.day }}'),
    ]
    assert "ada l spoke" in document.body


def test_page_whose_heading_says_nothing_is_called_after_its_term():
    text = (
        "---\nsemester: Fall 2019\nsessions:\n  - date: 08/30/2019\n    presenter: Ada\n    title: Engines\n---\n\n"
        "# Description\n\nA weekly seminar.\n"
    )
    document = read_document(text)
    assert (document.title, [talk.title for talk in document.presentations]) == ("Fall 2019", ["Engines"])


def test_boxes_and_classes_of_pandoc_are_no_text():
    text = "# Club\n\n::: {.callout}\nSee [us](https://a.org/b){.button target=_blank}.\n:::\n\n::: note\nText.\n:::\n"
    document = read_document(text)
    assert (document.body, document.warnings) == ("See [us](https://a.org/b).\n\nText.", [])


def test_address_keeps_its_place_whatever_is_escaped_in_it():
    text = (
        "# Club\n\n| Date | Presenter | Title | Link |\n|---|---|---|---|\n"
        "| 2024-11-30 | Ada | Engines | https://arxiv.org/pdf/2101.00001.pdf?pdf=inline%20link |\n"
    )
    assert [(talk.title, len(talk.papers), talk.summary) for talk in talks(text)] == [("Engines", 1, "")]


def test_link_in_a_link_that_a_line_end_broke_is_one():
    text = "# Club\n\nLink: [<http://host.edu/Ben-\nLCA.pdf>](http://host.edu/Ben-LCA.pdf)\n\nTo [it](a-b/c d.pdf).\n"
    assert [link.href for link in read_document(text).links] == ["http://host.edu/Ben-LCA.pdf", "a-b/c%20d.pdf"]


def test_paragraphs_that_open_with_a_day_are_a_log():
    text = (
        "# Journal club\n\n**19 Feb 2021** Ada: [Engines](https://arxiv.org/abs/2101.00001) and more, as we said\n\n"
        "We talked long.\n\n**5 Mar 2021** [Clocks](https://github.com/a/b/blob/main/c.ipynb)\n\n"
        "## About\n\n3 May 2021 was our first day of all.\n"
    )
    document = read_document(text)
    first, second = document.presentations
    assert (str(first.held_on), first.title, first.presenters) == ("2021-02-19", "Engines", ["Ada"])
    assert first.summary.count("Engines") == 1
    assert first.summary.endswith("We talked long.")
    assert (str(second.held_on), second.papers, document.sections[0].body) == (
        "2021-03-05",
        [],
        "3 May 2021 was our first day of all.",
    )


def test_headings_that_count_meetings_take_their_readings_along():
    text = (
        "# LLM reading group\n\n## Session 01 (09-16-2024): Intro\n\n### Readings\n\nhttps://youtu.be/XfpMkf4rD6E\n\n"
        "### Plan\n\n- Ask\n\n## Session 02 (09-23-2024)\n\nMore.\n\n### Readings\n\n"
        "- BERT: https://arxiv.org/abs/1810.04805\n\n### Speaker\n\nAda Lovelace\n"
    )
    document = read_document(text)
    first, second = document.presentations
    assert [(talk.number, talk.title, str(talk.held_on)) for talk in (first, second)] == [
        (1, "Intro", "2024-09-16"),
        (2, "Session 02", "2024-09-23"),
    ]
    assert (first.recording_href, "youtu.be" in first.summary) == ("", True)
    assert ([paper.href for paper in second.papers], second.presenters) == (
        ["https://arxiv.org/abs/1810.04805"],
        ["Ada Lovelace"],
    )
    assert [section.heading for section in document.sections] == ["Plan"]
    assert (document.counts()["sessions"], document.counts()["presentations"]) == (2, 2)


def test_abstract_below_a_row_belongs_to_it_and_times_stand_behind_days():
    text = (
        "<table><colgroup><col></colgroup><thead><tr><th>Speaker</th><th>Time ∧ Location</th><th>Paper</th></tr>"
        "<tr><th></th><th colspan=2>Abstract</th></tr></thead><tbody>"
        "<tr><td>Ada</td><td>10/13 4-5pm@3941 BBB</td><td><a href='https://host.edu/a.pdf'>Engines</a></td></tr>"
        f"<tr><td></td><td colspan=2>{'A long abstract of what engines do. ' * 3}</td></tr>"
        "<tr><td>Bob</td><td>10/27 4-5pm@3941 BBB</td><td><a href='https://host.edu/b.pdf'>Clocks</a></td></tr>"
        "</tbody></table>\n"
    )
    document = read_document(text, name="2023-fall.md")
    assert [(talk.title, str(talk.held_on)) for talk in document.presentations] == [
        ("Engines", "2023-10-13"),
        ("Clocks", "2023-10-27"),
    ]
    assert document.presentations[0].summary.startswith("A long abstract")
    assert document.warnings == []


def test_code_among_notes_is_no_report():
    text = (
        "# Reading group\n\n| Date | Topic | Presenters | Notes |\n|---|---|---|---|\n"
        "| 1st August, 2020 | [Nets](https://arxiv.org/abs/1512.03385) | Ada | [Summary](a.md) [Code](a.ipynb) |\n"
    )
    document = read_document(text)
    assert [report.body_href for report in document.reports] == ["a.md"]
    assert "[Code](a.ipynb)" in document.presentations[0].summary


def test_items_under_a_day_are_of_that_day_and_say_what_before_who():
    text = (
        "# Group\n\n## 2018.4.12\n\n- GANs in theory -- Wang Junqiang [[slides]](a.pdf)\n"
        "- Moving cameras -- Ji Cunyuan [[slides]](b.pdf)\n\n## Week of April 19, 2018\n\nPresenter: Ada\n\n"
        "Paper: [Engines](https://arxiv.org/abs/2101.00001)\n"
    )
    document = read_document(text)
    assert [(talk.title, talk.presenters, str(talk.held_on)) for talk in document.presentations] == [
        ("GANs in theory", ["Wang Junqiang"], "2018-04-12"),
        ("Moving cameras", ["Ji Cunyuan"], "2018-04-12"),
        ("Engines", ["Ada"], "2018-04-19"),
    ]
    assert document.counts()["sessions"] == 1


def test_sentences_of_items_tell_who_and_what():
    text = (
        "# Reading group\n\n## Fall 2019\n\n"
        "* **Sep 12**: Ada Lovelace presented [BERT](https://arxiv.org/abs/1810.04805)\n"
        '* **Oct 3**: Bob on "Clocks and time" ([slides](c.pdf))\n* **Oct 4**: *Open slot*\n'
        "* **Oct 10**: [XLNet](https://arxiv.org/abs/1906.08237) (Charlie, Dana)\n"
        "* **Oct 15**: Ponente: María José. *Todo es atención* ([diapositivas](d.pdf))\n"
        "* ~~**Oct 17**: Eve, [ALBERT](https://arxiv.org/abs/1909.11942)~~ cancelled\n"
    )
    found = talks(text)
    assert [(talk.title, talk.presenters, talk.is_open, talk.is_cancelled) for talk in found] == [
        ("BERT", ["Ada Lovelace"], False, False),
        ("Clocks and time", ["Bob"], False, False),
        ("", [], True, False),
        ("XLNet", ["Charlie", "Dana"], False, False),
        ("Todo es atención", ["María José"], False, False),
        ("ALBERT", ["Eve"], False, True),
    ]


def test_sessions_are_counted_in_many_ways():
    text = (
        "# Lesegruppe\n\n| Séance | Date | Speaker | Paper | Vidéo |\n|---|---|---|---|---|\n"
        "| 第1回 | 2023-01-12 | Ada | Engines | No disponible |\n| Week 2 | 2023-01-26 | à confirmer | | |\n"
    )
    first, second = talks(text)
    assert (first.number, first.recording, first.summary) == (1, Stated.NONE, "")
    assert (second.is_open, second.summary) == (True, "")


def test_numbers_that_begin_anew_are_told_once_and_left_out():
    head = "| # | Date | Presenter | Paper |\n|---|---|---|---|\n"
    text = (
        f"# Group\n\n## 2022\n\n{head}| 1 | 2022-01-10 | Ada | One |\n| 2 | 2022-01-17 | Bob | Two |\n\n"
        f"## 2023\n\n{head}| 1 | 2023-01-10 | Ada | Three |\n| 2 | 2023-01-17 | Bob | Four |\n"
        "| 3 | 2023-01-24 | E | F |\n"
    )
    document = read_document(text)
    assert {talk.number for talk in document.presentations} == {None}
    assert [(warning.line, warning.kept) for warning in document.warnings] == [(7, "1, 2, 1, 2, 3")]


def test_table_of_days_without_a_head_is_a_schedule():
    rows = "".join(
        f"<tr><td>{day}-Jan-22</td><td>[Of {day}](https://host.edu/{day}.pdf)</td><td>{name}</td></tr>"
        for day, name in [(10, "Aaron"), (24, "Zac"), (31, "Ada Lovelace")]
    )
    document = read_document(f"Our journal club.\n\n<table><tbody>{rows}</tbody></table>\n")
    assert [(str(talk.held_on), talk.title, talk.presenters) for talk in document.presentations] == [
        ("2022-01-10", "Of 10", ["Aaron"]),
        ("2022-01-24", "Of 24", ["Zac"]),
        ("2022-01-31", "Of 31", ["Ada Lovelace"]),
    ]


MORE_THAN_ONE = {
    "items": "- Ada: Weaving numbers ([paper](https://arxiv.org/abs/2101.00001), [slides](a.pdf))\n"
    "- Bob Hope – Trees of trees ([slides](b.pdf))\n",
    "lines": "Ada: Weaving numbers ([paper](https://arxiv.org/abs/2101.00001), [slides](a.pdf))\n"
    "Bob Hope – Trees of trees ([slides](b.pdf))\n",
}


@pytest.mark.parametrize("opening", ["# Reading group\n\n## Log", "**Reading group**"], ids=["headings", "bold"])
@pytest.mark.parametrize("below", MORE_THAN_ONE.values(), ids=MORE_THAN_ONE.keys())
def test_each_line_below_a_bold_day_is_a_presentation_of_its_own(opening, below):
    text = f"{opening}\n\n**2024-03-05**\n\n{below}\n**2024-03-12**\n\n- Cleo: Sorting ([slides](c.pdf))\n"
    document = read_document(text)
    found = [
        (str(talk.held_on), talk.title, talk.presenters, len(talk.papers), talk.slides_href)
        for talk in document.presentations
    ]
    assert found == [
        ("2024-03-05", "Weaving numbers", ["Ada"], 1, "a.pdf"),
        ("2024-03-05", "Trees of trees", ["Bob Hope"], 0, "b.pdf"),
        ("2024-03-12", "Sorting", ["Cleo"], 0, "c.pdf"),
    ]
    assert document.counts()["sessions"] == 2


def test_talks_nested_below_the_day_of_an_item_are_presentations_of_their_own():
    item = "- **{}**\n  - Ada: Weaving {} ([slides](a.pdf))\n  - Bob: Trees {} ([slides](b.pdf))\n"
    found = talks("# Meetings\n\n" + item.format("2024-03-05", 1, 1) + item.format("2024-03-12", 2, 2))
    assert [(talk.title, talk.held_on.day) for talk in found] == [
        ("Weaving 1", 5),
        ("Trees 1", 5),
        ("Weaving 2", 12),
        ("Trees 2", 12),
    ]


def test_labels_below_a_bold_day_are_facts_of_one_presentation():
    day = "**{}**\n\n- Presenter: Ada Lovelace\n- Paper: [Engines](https://arxiv.org/abs/2101.00001)\n- Room: 5\n\n"
    found = talks("# Reading group\n\n## Log\n\n" + day.format("2024-03-05") + day.format("2024-03-12"))
    assert [(talk.title, talk.presenters, talk.summary) for talk in found] == [
        ("Engines", ["Ada Lovelace"], "Room: 5")
    ] * 2


def test_title_keeps_the_bracket_that_it_ends_with():
    items = "- 2024-03-05: Ada: Weaving (a survey)\n- 2024-03-12: Bob: Trees\n"
    assert talks("# Reading group\n\n" + items)[0].title == "Weaving (a survey)"


def test_title_with_its_citation_is_no_pair_of_names():
    text = (
        "# Friday journal club\n\n"
        "1. 2021-02-05 — *Attention and looms* (Lovelace et al., 2017) [[p](https://arxiv.org/abs/2001.00001)] — Ada\n"
        "2. 2021-02-12 — *Weaving* (Jacquard, 2014) [[paper](https://arxiv.org/abs/2001.00002)] — Bob & Carol\n"
    )
    first, second = read_document(text).presentations
    assert (first.title, first.presenters) == ("Attention and looms (Lovelace et al., 2017)", ["Ada"])
    assert (second.title, second.presenters) == ("Weaving (Jacquard, 2014)", ["Bob", "Carol"])


def test_labels_of_links_in_a_bracket_are_no_part_of_the_title():
    text = (
        "# Reading group\n\n"
        "- **2019-09-04** Carol Jones: *Old looms* (paper: [arXiv](https://arxiv.org/abs/1909.00001), "
        "video: [YouTube](https://youtu.be/abcdefghijk))\n"
        "- **2019-09-11** Dora: New looms ([paper](https://arxiv.org/abs/1909.00002))\n"
    )
    first, second = read_document(text).presentations
    assert (first.title, first.presenters, second.title) == ("Old looms", ["Carol Jones"], "New looms")
    assert first.papers
    assert first.recording_href == "https://youtu.be/abcdefghijk"


def test_day_of_rest_is_no_session_in_other_languages():
    text = (
        "# 读书会\n\n| 日期 | 主讲人 | 论文 |\n| --- | --- | --- |\n"
        "| 2023年4月12日 | 李四 | [BERT](https://arxiv.org/abs/1810.04805) |\n| 2023年4月5日 | 清明节休息 | |\n"
    )
    document = read_document(text)
    assert [talk.presenters for talk in document.presentations] == [["李四"]]
    assert [warning.line for warning in document.warnings] == [6]


def test_day_and_slides_may_stand_behind_a_sentence_below():
    document = read_document(
        "## Presentations\n\n* **Cards that weave**\n  * School of Weaving. March 5th, 2024. [[Slides](cards.pdf)]\n"
        "* **Looms**\n  * Since 12 March 2024 at the school. [[Slides](https://example.org/looms.pdf)]\n"
    )
    cards, looms = document.presentations
    assert (str(cards.held_on), cards.slides_href) == ("2024-03-05", "cards.pdf")
    assert cards.summary == "School of Weaving. March 5th, 2024. [[Slides](cards.pdf)]"
    assert (looms.held_on, looms.slides_href) == (None, "https://example.org/looms.pdf")


@pytest.mark.parametrize("words", ["No meeting", "No Presentation", "no presentations this week"])
def test_days_on_which_nothing_is_presented_are_no_sessions(words):
    text = (
        "# Reading group\n\n| Date | Presenter | Paper |\n|---|---|---|\n"
        f"| 2024-03-05 | Ada | [Looms](https://arxiv.org/abs/1706.03762) |\n| 2024-03-12 | | {words} |\n"
    )
    document = read_document(text)
    assert [talk.title for talk in document.presentations] == ["Looms"]
    assert any(words in warning.kept for warning in document.warnings)


def test_day_may_stand_behind_what_was_presented():
    text = (
        "# Loom reading group\n\n## Past sessions\n\n"
        "- `warp`, `weft` and knots: how cloth is made (15th October 2020)\n"
        "- The [Jacquard](https://looms.org/jacquard.html): what it is (23 December 2020)\n"
        "- Patterns by probability: [Colab link](https://colab.research.google.com/drive/1) (7th January)\n"
        "- Engines – Ada Lovelace (4 February 2021)\n"
    )
    assert [(talk.title, talk.presenters, str(talk.held_on)) for talk in talks(text)] == [
        ("warp, weft and knots: how cloth is made", [], "2020-10-15"),
        ("The Jacquard: what it is", [], "2020-12-23"),
        ("Patterns by probability", [], "2021-01-07"),
        ("Engines", ["Ada Lovelace"], "2021-02-04"),
    ]


def test_title_with_its_day_in_brackets_is_a_meeting():
    text = (
        "# 読書記録\n\n布の論文の勉強会。\n\n## 朝の会\n\n### 第1回 (2026/01/07)\n- Looms that learn\n- Knots\n\n"
        "### 第2回 (2026/02/19)\n- Warps\n\n## 週末\n\n### Weaving by machine (2026/02/21)\n- Engines\n"
    )
    document = read_document(text)
    assert document.counts()["sessions"] == 3
    assert [(talk.title, str(talk.held_on)) for talk in document.presentations] == [
        ("第1回", "2026-01-07"),
        ("第2回", "2026-02-19"),
        ("Weaving by machine", "2026-02-21"),
    ]


def test_page_that_is_dated_dates_its_schedule():
    text = (
        "---\ntitle: Schedule\ndate: 2019-12-10\n---\n\n||Lecture | Topic | Reading\n---:|---|---|---\n"
        "1. | &nbsp;Dec. 11 &nbsp;| Looms | [Smashing the loom][loom]\n"
        "2. | &nbsp;Jan. 14 | Knots | [Tying them][knot]\n\n"
        "[loom]: https://a.org/loom.pdf\n[knot]: https://a.org/knot.pdf\n"
    )
    assert [(talk.number, str(talk.held_on), talk.title) for talk in talks(text)] == [
        (1, "2019-12-11", "Looms"),
        (2, "2020-01-14", "Knots"),
    ]


def test_calendar_of_a_course_is_a_schedule():
    text = (
        "# Weaving 350 - Fall 2023\n\n## Calendar\n\n|Week | Date | Reading Due | Notes |\n|--|--|--|--|\n"
        "| **1** | Th. 8/24 | | |\n| **2** | Tu. 8/29 | On looms | |\n| | Th. 8/31 | Papers 1-3 | |\n"
    )
    document = read_document(text)
    assert document.shape == Shape.SCHEDULE
    assert [str(talk.held_on) for talk in document.presentations] == ["2023-08-24", "2023-08-29", "2023-08-31"]


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Ada Lovelace, Charles B. Babbage. **Learning to weave**. LOOM 1843", "Learning to weave"),
        ("Lovelace et al., *The art of knots*", "The art of knots"),
        ("**Learning to weave** (LOOM 1843)", "Learning to weave"),
        ("On weaving. *Journal of Clothes*, 1843", "On weaving. Journal of Clothes, 1843"),
        ("Why **nobody weaves** today", "Why nobody weaves today"),
    ],
)
def test_title_that_a_citation_sets_apart(cell, title):
    text = f"# Reading group\n\n| Date | Presenter | Paper |\n|---|---|---|\n| 2018-03-01 | Grace | {cell} |\n"
    (talk,) = talks(text)
    assert talk.title == title
    assert talk.summary == ("" if "*" not in cell or title == cell.replace("*", "") else f"Paper: {cell}")
