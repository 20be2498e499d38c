"""Minutes and programmes: who presented what on which day, and what else was talked about."""

import pytest

from papers.documents.days import is_day
from papers.documents.paper_links import is_paper
from papers.documents.reading import read_document

ARXIV = "https://arxiv.org/abs"


def talks(text: str):
    return read_document(text).presentations


def test_presented_paper_is_told_from_those_that_were_discussed():
    text = (
        "# Clock journal club\n\n"
        "### 2024-12-03: Ada\nPresented paper:\n"
        f"- [Looms that learn]({ARXIV}/2411.11373) (Xie et al., 2024)\n"
        "  - Slides are [here](https://speakerdeck.com/a/looms)\n  - Weavers are found everywhere\n\n"
        f"Other papers:\n- [Dials]({ARXIV}/2411.18299) (Niti et al., 2024)\n  - The code is [here](https://github.com/a/b)\n\n"
        "### 2024-11-26: Bob\n\nDiscussed the following papers:\n\n"
        f"- Bells of Paris [Stel et al., 2024]({ARXIV}/2411.14338)\n- A film [YouTube](https://youtu.be/abc)\n\n"
        f"Presented:\n\n- Springs and their use [Gates & Co, 2024]({ARXIV}/2411.13474)\n\n"
        f"### 2024-11-19: Ada\n\nPresented:\n[Sand]({ARXIV}/2411.09781) (Jiang, 2024)\n- runs down\n"
    )
    first, second, third = talks(text)
    assert [(talk.title, talk.presenters) for talk in (first, second, third)] == [
        ("Looms that learn", ["Ada"]),
        ("Springs and their use", ["Bob"]),
        ("Sand", ["Ada"]),
    ]
    assert [[paper.href for paper in talk.papers] for talk in (first, second, third)] == [
        [f"{ARXIV}/2411.11373"],
        [f"{ARXIV}/2411.13474"],
        [f"{ARXIV}/2411.09781"],
    ]
    assert first.slides_href == "https://speakerdeck.com/a/looms"
    assert not second.recording_href
    assert "Other papers:" in first.summary
    assert "Bells of Paris" in second.summary


def test_names_behind_days_are_told_from_topics():
    def minutes(*beside: str) -> str:
        parts = (
            f"### 2024-12-{10 + number}: {words}\n\nPaper: [Clocks of kind {number}]({ARXIV}/2411.0000{number})\n"
            for number, words in enumerate(beside)
        )
        return "# Reading group\n\n" + "\n".join(parts)

    people = talks(minutes("Ada", "Bob", "Ada", "Bob", "Eve Lovelace"))
    assert [talk.presenters for talk in people] == [["Ada"], ["Bob"], ["Ada"], ["Bob"], ["Eve Lovelace"]]
    assert people[0].title == "Clocks of kind 0"
    topics = talks(minutes("Attention", "Diffusion", "Transformers", "Long Memory"))
    assert [talk.title for talk in topics] == ["Attention", "Diffusion", "Transformers", "Long Memory"]
    assert not any(talk.presenters for talk in topics)


def test_pages_of_the_astronomers_library_are_papers():
    assert is_paper("https://ui.adsabs.harvard.edu/abs/2024ApJ...969L..18A/abstract")
    assert not is_paper("https://ui.adsabs.harvard.edu/search/")


@pytest.mark.parametrize(
    "text",
    [
        "2019年3月23日（土） 13:00 - 18:00",
        "Dienstag, 5. März 2024, 16 Uhr c.t.",
        "vendredi 5 mars 2024 à 14h",
        "5 марта 2024, вторник",
    ],
)
def test_days_with_weekday_and_hours_are_days(text):
    assert is_day(text)


def test_programme_is_of_the_day_that_the_page_tells():
    text = (
        "# 論文読み会\n\n## 日時\n- 2019年3月23日（土） 13:00 - 18:00\n\n"
        "## 締切\n1. 登録\n - 3月9日（土）\n2. 資料\n - 3月22日（金）\n\n"
        "## プログラム\n\n| 時間 | 論文 | 発表者 |\n|---|---|---|\n"
        "| 13:15 - 13:30 | Looms | 山田（大学） |\n| 13:30 - 13:45 | Clocks | 鈴木 |\n\n"
        "## 連絡先\n\n- 担当: 佐藤\n"
    )
    document = read_document(text)
    assert [(str(talk.held_on), talk.title, talk.presenters) for talk in document.presentations] == [
        ("2019-03-23", "Looms", ["山田"]),
        ("2019-03-23", "Clocks", ["鈴木"]),
    ]
    assert document.counts()["sessions"] == 1


def test_whoever_is_to_be_asked_presents_nothing():
    text = "# Reading group\n\n## {}\n\nLead: Ada\n"
    assert talks(text.format("Organizers")) == []
    assert [talk.title for talk in talks(text.format("The organization of memory"))] == ["The organization of memory"]


def test_hours_behind_a_day_are_no_title():
    text = (
        "# Reading group\n\n- 5.3.2024, 16 Uhr: Ada – Looms\n- 12.3.2024 (Di) 16:00 - 17:30: Bob – Clocks\n"
        "- 19.3.2024, 16:00\n"
    )
    assert [(talk.title, talk.presenters, talk.is_open) for talk in talks(text)] == [
        ("Looms", ["Ada"], False),
        ("Clocks", ["Bob"], False),
        ("", [], True),
    ]


def test_day_without_its_year_stays_readable():
    text = "# Journal club\n\nThe days are:\n- 17th of March:\n- 21st of April: Malene, weaving with words\n"
    assert [(talk.title, talk.presenters, talk.summary) for talk in talks(text)] == [
        ("", [], ""),
        ("weaving with words", ["Malene"], "21st of April: Malene, weaving with words"),
    ]
