"""Several presentations of one day: below a day that stands alone, and in one row of a table."""

from datetime import date

import pytest

from papers.documents.reading import read_document

FIRST = "https://arxiv.org/abs/1706.03762"
SECOND = "https://arxiv.org/abs/1512.03385"
THIRD = "https://arxiv.org/abs/1412.6980"
TALKS = f"- Ada Lovelace: [Warp]({FIRST}) ([slides](https://host.edu/a.pdf))\n- Charles Babbage: [Weft]({SECOND})\n"
BOTH = [("Warp", ["Ada Lovelace"]), ("Weft", ["Charles Babbage"])]


def told(text: str):
    return [(talk.title, talk.presenters) for talk in read_document(text).presentations]


@pytest.mark.parametrize("opening", ["**5 March 2024**", "## 5 March 2024", "### Dienstag, 5. März 2024"])
@pytest.mark.parametrize(
    "facts",
    [
        "Time: 16:00, Room: 12",
        "Time: 16:00\nRoom: 12",
        "Chair: Mary Somerville",
        "Host: Mary Somerville",
        "Ort: Raum 12 · Zeit: 16 Uhr\nModeration: Mary Somerville",
        "Salle : B12",
        "16:00, Room 12",
        "[Zoom](https://zoom.us/j/12)",
    ],
)
def test_facts_above_the_talks_of_a_day_are_about_the_meeting(opening, facts):
    later = opening.replace("5", "8", 1)
    text = f"# Reading group of the mill\n\n{opening}\n\n{facts}\n\n{TALKS}\n{later}\n\n{facts}\n\n{TALKS}"
    document = read_document(text)
    assert [(talk.title, talk.presenters) for talk in document.presentations] == BOTH * 2
    assert {talk.held_on for talk in document.presentations} == {date(2024, 3, 5), date(2024, 3, 8)}
    assert document.counts()["sessions"] == 2
    kept = [section.body for section in document.sections] + [talk.summary for talk in document.presentations]
    assert facts in "\n".join(kept)


def test_facts_among_the_items_of_a_day_are_no_presentations():
    text = f"# Reading group\n\n- **2024-03-05**\n  - Room: 12\n  - Ada: [Warp]({FIRST})\n  - Bob: [Weft]({SECOND})\n"
    document = read_document(text)
    assert [(talk.title, talk.presenters) for talk in document.presentations] == [("Warp", ["Ada"]), ("Weft", ["Bob"])]
    assert document.presentations[0].summary == "- Room: 12"
    below = f"## 2024-03-05\n\n- Snacks: Eve\n- Ada: [Warp]({FIRST})\n- Bob: [Weft]({SECOND})\n"
    document = read_document(f"# Reading group\n\n{below}")
    assert [talk.title for talk in document.presentations] == ["Warp", "Weft"]
    assert document.sections[0].body == "- Snacks: Eve"


def test_presenter_above_papers_makes_one_presentation():
    text = f"# Reading group\n\n## 5 March 2024\n\nPresenter: Ada\n\nPapers:\n\n- [Warp]({FIRST})\n- [Weft]({SECOND})\n"
    assert [(talk.presenters, len(talk.papers)) for talk in read_document(text).presentations] == [(["Ada"], 2)]


def test_word_before_a_link_called_arxiv_is_a_title():
    items = [("Loom", "arXiv"), ("WarpNet", "paper"), ("Reed", "pdf")]
    lines = "".join(f"- 2024-03-1{n}: {word} ([{label}]({FIRST}))\n" for n, (word, label) in enumerate(items))
    assert told(f"# Reading group\n\n{lines}") == [("Loom", []), ("WarpNet", []), ("Reed", [])]


def test_word_before_such_a_link_that_comes_again_is_a_name():
    lines = "".join(f"- 2024-03-1{n}: {who} ([paper]({FIRST}))\n" for n, who in enumerate(["Ada", "Bob", "Ada", "Bob"]))
    assert told(f"# Reading group\n\n{lines}") == [("", ["Ada"]), ("", ["Bob"]), ("", ["Ada"]), ("", ["Bob"])]
    lines = f"- 2024-03-05: Ada Lovelace: [Warp]({FIRST})\n- 2024-03-12: Ada ([paper]({SECOND}))\n"
    assert told(f"# Reading group\n\n{lines}") == [("Warp", ["Ada Lovelace"]), ("", ["Ada"])]
