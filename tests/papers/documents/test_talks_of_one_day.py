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


def row(who: str, what: str, slides: str, video: str = "") -> str:
    head = "# Reading group\n\n| Date | Presenter | Paper | Slides | Video | Remark |\n|---|---|---|---|---|---|\n"
    return f"{head}| 2024-03-05 | {who} | {what} | {slides} | {video} | many guests |\n"


def test_talks_parted_by_line_breaks_in_a_row_are_several():
    text = row(
        "Ada Lovelace<br>Charles Babbage",
        f"1. [Warp]({FIRST})<br/>2. [Weft]({SECOND})",
        "[slides](https://host.edu/a.pdf)<br />-",
        "<br>[video](https://youtu.be/abcdefghijk)",
    )
    document = read_document(text)
    first, second = document.presentations
    assert [(talk.title, talk.presenters) for talk in document.presentations] == BOTH
    assert (first.slides_href, first.recording_href) == ("https://host.edu/a.pdf", "")
    assert (second.slides_href, second.recording_href) == ("", "https://youtu.be/abcdefghijk")
    assert (first.summary, second.summary) == ("Remark: many guests", "")
    assert {talk.held_on for talk in document.presentations} == {date(2024, 3, 5)}
    assert document.counts()["sessions"] == 1


def test_talks_parted_in_a_cell_of_html_are_several():
    head = "<tr><th>Fecha</th><th>Ponente</th><th>Título</th></tr>"
    cells = f'<td>5 de marzo de 2024</td><td>Ada<br/>Bob</td><td><a href="{FIRST}">Warp</a><br/>\n“Weft”</td>'
    text = f"# Club de lectura\n\n<table>\n{head}\n<tr>{cells}</tr>\n</table>\n"
    assert told(text) == [("Warp", ["Ada"]), ("“Weft”", ["Bob"])]


@pytest.mark.parametrize(
    ("who", "what", "slides"),
    [
        ("Ada<br>Bob", f"[Warp]({FIRST})", "[slides](https://host.edu/a.pdf)"),
        ("Ada", f"[Warp]({FIRST})<br>[Weft]({SECOND})", "[slides](https://host.edu/a.pdf)"),
        ("Ada<br>Bob", f"[Warp]({FIRST})<br>[code](https://github.com/ada/warp)", ""),
        ("Ada<br>Bob", f"[Warp]({FIRST})<br>(a classic)", ""),
        ("Ada<br>Bob", "Machines of Old<br>That Think", ""),
        ("Ada<br>Bob<br>Eve", f"[Warp]({FIRST})<br>[Weft]({SECOND})", ""),
    ],
)
def test_line_breaks_that_part_no_talks_leave_one(who, what, slides):
    document = read_document(row(who, what, slides))
    assert len(document.presentations) == 1
    assert "\ufdd0" not in document.presentations[0].summary
