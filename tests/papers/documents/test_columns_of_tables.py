"""What the columns of a table say, in the ways that people name and fill them."""

import pytest

from papers.documents.document import Shape
from papers.documents.reading import read_document
from papers.documents.roles import Role, role_of


def table(*rows: str) -> str:
    head, *below = rows
    return "\n".join([head, "|---" * (head.count("|") - 1) + "|", *below]) + "\n"


@pytest.mark.parametrize(
    ("name", "cells"),
    [("Error rate", ("3.65%-5.50%", "2.9 %")), ("Rating", ("7.5", "9.5")), ("Loss", ("0.31", "0.12"))],
    ids=["percentages", "marks", "fractions"],
)
def test_figures_in_a_table_of_papers_are_no_days(name, cells):
    text = "# Paper reading list\n\n## Search\n\n" + table(
        f"| Method | {name} | Where |",
        f"| Looms that learn | {cells[0]} | https://arxiv.org/abs/1611.01578 |",
        f"| Shared looms | {cells[1]} | https://arxiv.org/abs/1802.03268 |",
    )
    document = read_document(text)
    assert document.shape == Shape.READING_LIST
    assert [entry.title for entry in document.entries] == ["Looms that learn", "Shared looms"]


def test_list_of_papers_in_a_table_stays_one_beside_bullets_without_links():
    bullets = "".join(f"* way {number} of weaving\n" for number in range(9))
    text = f"# Paper reading list\n\n## Ways\n\n{bullets}\n## Papers\n\n" + table(
        "| Title | Link |",
        "| Looms that learn | https://arxiv.org/abs/1611.01578 |",
        "| Shared looms | https://arxiv.org/abs/1802.03268 |",
    )
    assert read_document(text).shape == Shape.READING_LIST


def test_row_that_only_names_a_work_is_called_after_it():
    text = "# Paper reading list\n\n" + table(
        "| Title | Link | Code |",
        "| Looms that learn | https://arxiv.org/abs/1611.01578 | |",
        "| Shared looms | https://arxiv.org/abs/1802.03268 | |",
        "| | | Jacquard |",
    )
    entry = read_document(text).entries[-1]
    assert (entry.title, entry.commentary) == ("Jacquard", "")


def test_days_of_six_digits_and_of_a_month_with_a_comma():
    short = "# Paper club\n\n" + table(
        "| Date | Presenter | Paper |",
        "| [250501](a.pdf) | Ada | [Looms](https://arxiv.org/abs/1611.01578) |",
        "| 20250508 | Bob | [Clocks](https://arxiv.org/abs/1802.03268) |",
    )
    assert [str(talk.held_on) for talk in read_document(short).presentations] == ["2025-05-01", "2025-05-08"]
    named = "# Seminar, 2024-2025\n\n" + table(
        "| Дата | Описание | Презентация |",
        "| Сентябрь, 10 | Введение | [pdf](https://host.edu/1.pdf) |",
        "| Март, 4 | Часы | [pdf](https://host.edu/2.pdf) |",
    )
    talks = read_document(named).presentations
    assert [(str(talk.held_on), talk.title, bool(talk.slides_href)) for talk in talks] == [
        ("2024-09-10", "Введение", True),
        ("2025-03-04", "Часы", True),
    ]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("발표 날짜", Role.DATE),
        ("分享时间", Role.DATE),
        ("発表日", Role.DATE),
        ("分享内容", Role.TITLE),
        ("発表資料", Role.SLIDES),
        ("발표처", Role.VENUE),
        ("Papers presented", Role.PAPER),
        ("分享", Role.PRESENTER),
        ("발표자", Role.PRESENTER),
        ("Presented by", Role.PRESENTER),
    ],
)
def test_what_is_done_with_something_names_that_and_nobody(name, role):
    assert role_of(name) == role


def test_rows_that_only_count_the_weeks_to_come_say_nothing_of_the_last_talk():
    text = "# Paper club\n\n" + table(
        "| Week | Date | Speaker | Topic | Host |",
        "| 1 | 2022-09-12 | Ada | Looms | Eve |",
        "| 2 | 2022-09-19 | Bob | Clocks | Eve |",
        "| 3 | | | | Eve |",
        "| 4 | | | | Bob |",
    )
    document = read_document(text)
    assert [(talk.number, talk.summary) for talk in document.presentations] == [(1, "Host: Eve"), (2, "Host: Eve")]
    assert [warning.line for warning in document.warnings] == [7, 8]


def test_column_that_counts_the_rows_numbers_them_whatever_it_is_called():
    text = "# Seminar\n\n" + table(
        "| Лекции | Date | Topic | Slides |",
        "| 7 | 2024-09-10 | Looms | [pdf](https://host.edu/1.pdf) |",
        "| 8 | 2024-09-17 | Clocks | [pdf](https://host.edu/2.pdf) |",
    )
    assert [(talk.number, talk.summary) for talk in read_document(text).presentations] == [(7, ""), (8, "")]


def test_what_a_course_asks_for_is_no_presentation():
    talks = table(
        "| Date | Topic | Slides |",
        "| 2024-09-10 | Looms | [pdf](https://host.edu/1.pdf) |",
        "| 2024-09-17 | Clocks | [pdf](https://host.edu/2.pdf) |",
    )
    tasks = table(
        "| Homework | Date | Description |", "| 1 | 2024-10-10 | Weave |", "| 2 | 2024-10-24 | Wind up the clock |"
    )
    document = read_document(f"# Seminar\n\n## Lectures\n\n{talks}\n## To do at home\n\n{tasks}")
    assert [talk.title for talk in document.presentations] == ["Looms", "Clocks"]
    assert "Wind up the clock" in document.sections[-1].body


def test_course_whose_year_stands_in_its_front_matter():
    text = "---\ntitle: Machines <br> that think\nsemester: Semestre 5 · 2026/2027\n---\n\n## Programme\n\n" + table(
        "| Séance | Date | Thème | Lectures | Slides |",
        "| 1 | 14/09 | Graphes<br>de tout<br>et rien | · **{% cite ada1843 %}**<br>· {% cite bob1840 %} | |",
        "| 2 | 18/01 | Ada<br>Bob | [Looms](https://arxiv.org/abs/1611.01578) | |",
    )
    document = read_document(text)
    assert document.title == "Machines that think"
    assert [(str(talk.held_on), talk.title, talk.summary) for talk in document.presentations] == [
        ("2026-09-14", "Graphes de tout et rien", ""),
        ("2027-01-18", "Ada; Bob", ""),
    ]


def test_names_of_a_rota_without_their_marks():
    text = (
        "# Loom journal club\n\nDate | Person [1] | Paper\n--|--|--\n"
        "2022-06-09 | ?Ada (5/4) | .\n2022-06-16 | ~~Charles~~ Grace (4/4) | .\n"
        "2022-08-18 | ?No JC ~~Alan~~ (4/4) | ?\n2022-09-01 | Alan | Engines\n?Kurt (4/4)\n\n"
        "## Timetable\n\nWhen | What\n--|--\n9:00 | Introduce the speaker\n9:45 | Questions\n"
    )
    document = read_document(text)
    talks = document.presentations
    assert [(str(talk.held_on), talk.presenters, talk.is_cancelled) for talk in talks] == [
        ("2022-06-09", ["Ada"], False),
        ("2022-06-16", ["Grace"], False),
        ("2022-09-01", ["Alan"], False),
    ]
    assert talks[0].summary == "Person [1]: ?Ada (5/4)"
    assert talks[1].summary == "Person [1]: ~~Charles~~ Grace (4/4)"
    assert [warning.line for warning in document.warnings] == [7, 9]
    assert "Introduce the speaker" in document.sections[-1].body


def test_what_is_left_in_a_table_without_a_head_is_what_was_presented():
    rows = (
        "<tr><td>2022</td><td></td><td></td></tr>\n"
        '<tr><td>10-Jan-22</td><td><a href="https://a.org/loom.pdf">Looms</a></td><td>Ada</td></tr>\n'
        "<tr><td>24-Jan-22</td><td>Practice of knots</td><td>Grace</td></tr>\n"
    )
    talks = read_document(f"Our lab meetings.\n\n<table>\n{rows}</table>\n").presentations
    assert [(talk.title, talk.presenters, str(talk.held_on)) for talk in talks] == [
        ("Looms", ["Ada"], "2022-01-10"),
        ("Practice of knots", ["Grace"], "2022-01-24"),
    ]


def test_files_beside_the_document_are_read_and_stay_links():
    text = (
        "# Loom reading group\n\n| Date | Topic | Readings | Presenter |\n|--|--|--|--|\n"
        "| 2018-04-06 | Basics | [Getting started](week1/README.md) | Ada |\n"
        "| 2018-04-13 | Looms | [Weaving](papers/loom.pdf), [Knots](https://arxiv.org/abs/1706.03762) | Grace |\n"
    )
    document = read_document(text)
    assert [talk.summary for talk in document.presentations] == [
        "[Getting started](week1/README.md)",
        "[Weaving](papers/loom.pdf)",
    ]
    assert document.counts()["papers"] == 2
