"""Days that are written without their year: where it is told, and what is kept where it is not."""

from datetime import date

import pytest

from papers.documents.reading import read_document

PAPER = "https://arxiv.org/abs/1706.03762"
OTHER = "https://arxiv.org/abs/1512.03385"
ROWS = f"| Date | Who | Paper |\n|---|---|---|\n| Sep 12 | Ada | [Warp]({PAPER}) |\n| Sep 19 | Bob | [Weft]({OTHER}) |"


def days(text: str, name: str = "") -> list[date | None]:
    return [talk.held_on for talk in read_document(text, name=name).presentations]


@pytest.mark.parametrize(
    "above",
    [
        "© 2021 the people of the mill",
        "The group was founded in fall 2019.",
        "## Fall",
        "We read what appeared at a conference in 2017.",
        "In winter 2020 we met on Mondays. Now we meet on Tuesdays.",
    ],
)
def test_year_nearby_is_no_proof(above):
    document = read_document(f"# Reading group of the mill\n\n{above}\n\n{ROWS}")
    assert [(talk.held_on, talk.summary) for talk in document.presentations] == [
        (None, "Date: Sep 12"),
        (None, "Date: Sep 19"),
    ]
    assert (document.counts()["presentations"], document.counts()["sessions"]) == (2, 0)


@pytest.mark.parametrize(
    "above",
    [
        "*Fall 2024*, Tuesdays at noon",
        "**Fall 2024**",
        "Semester: WS 24/25",
        "Herbst 2024 · Raum 12",
        "Otoño de 2024",
        "**2024**",
    ],
)
def test_line_that_names_the_term_tells_the_year(above):
    assert days(f"# Reading group of the mill\n\n{above}\n\n{ROWS}") == [date(2024, 9, 12), date(2024, 9, 19)]


def test_file_or_day_of_the_document_tells_the_year():
    whole = f"# Reading group of the mill\n\n{ROWS}"
    expected = [date(2023, 9, 12), date(2023, 9, 19)]
    assert days(whole, "schedule-2023.md") == days(whole, "fall_2023.md") == expected
    assert days(f"---\ndate: 2023-08-30\n---\n\n{whole}") == days(whole, "2023-08-30-schedule.md") == expected


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("## 28 November 2023", "## 12 December", "## 9 January"),
        ("## Tuesday, November 28, 2023: Looms", "## Tuesday, December 12: Reeds", "## Tuesday, January 9: Heddles"),
        ("# 2023\n\n## November 28", "## December 12", "# 2024\n\n## January 9"),
        ("# 2023–24\n\n## 28 de noviembre", "## 12 de diciembre", "## 9 de enero"),
    ],
)
def test_headings_that_are_days_take_the_year_from_those_above(first, second, third):
    below = [f"Presenter: Ada\n\nPaper: [Warp]({PAPER})", f"Presenter: Bob\n\nPaper: [Weft]({OTHER})"]
    text = f"# Journal club\n\n{first}\n\n{below[0]}\n\n{second}\n\n{below[1]}\n\n{third}\n\n{below[0]}\n"
    document = read_document(text)
    assert [talk.held_on for talk in document.presentations] == [
        date(2023, 11, 28),
        date(2023, 12, 12),
        date(2024, 1, 9),
    ]
    assert document.counts()["sessions"] == 3


def test_heading_without_a_year_keeps_its_day_beside_the_title():
    text = (
        f"# Journal club\n\n## Tuesday, March 5: Looms\n\nPresenter: Ada\n\nPaper: [Warp]({PAPER})\n\n"
        f"## March 12\n\nPresenter: Bob\n\nPaper: [Weft]({OTHER})\n"
    )
    document = read_document(text)
    assert [(talk.title, talk.held_on, talk.summary) for talk in document.presentations] == [
        ("Looms", None, "Tuesday, March 5"),
        ("Weft", None, "March 12"),
    ]
    assert document.counts()["sessions"] == 0


def test_headings_that_are_days_above_one_paper_each_are_meetings():
    text = (
        f"# Reading group 2024\n\n## March 5\n\n[Warp]({PAPER})\n\nAda doubted it.\n\n## March 12\n\n[Weft]({OTHER})\n"
    )
    document = read_document(text)
    assert [(talk.title, talk.held_on) for talk in document.presentations] == [
        ("Warp", date(2024, 3, 5)),
        ("Weft", date(2024, 3, 12)),
    ]


def test_parts_of_a_text_are_no_days():
    text = (
        f"# Reading group 2024\n\n## 3.1 Looms\n\nPresenter: Ada\n\n[Warp]({PAPER})\n\n## 3.2 Reeds\n\nPresenter: Bob\n"
    )
    assert read_document(text).counts()["sessions"] == 0
