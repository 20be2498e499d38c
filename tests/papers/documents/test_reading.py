"""Documents as people write them: every shape, every odd habit, and what is said about what was not understood."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.documents.archive import Stated
from papers.documents.days import find_day, reads_day_first
from papers.documents.document import Shape
from papers.documents.reading import read_document
from papers.documents.roles import Role, role_of
from papers.documents.source import DocumentRefused, decode_document


def counts(text, *names):
    found = read_document(text, name="a.md").counts()
    return tuple(found[name] for name in names)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("Tue, March 5th, 2024", date(2024, 3, 5)),
        ("5 March 2024", date(2024, 3, 5)),
        ("5. März 2024", date(2024, 3, 5)),
        ("5 de marzo de 2024", date(2024, 3, 5)),
        ("2024年3月5日", date(2024, 3, 5)),
        ("05.03.24", date(2024, 3, 5)),
        ("3/5/2024", date(2024, 3, 5)),
        ("(Presented on 9/27/2023)", date(2023, 9, 27)),
        ("5-Mar-24", date(2024, 3, 5)),
        ("2024-02-31", None),
    ],
)
def test_days_are_read_in_common_forms(text, day):
    assert find_day(text).day == day


def test_order_of_day_and_month_is_told_by_the_other_days():
    assert reads_day_first(["05/03/2019", "19/03/2019"])
    assert not reads_day_first(["05/03/2019", "05/17/2019"])
    assert reads_day_first(["01/02/2019", "05/02/2019", "01/03/2019"])


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Paper Title (Conf/Year)", Role.PAPER),
        ("Presnter", Role.PRESENTER),
        ("Link to code", Role.CODE),
        ("🎤 Speaker", Role.PRESENTER),
        ("主讲人", Role.PRESENTER),
        ("Folien", Role.SLIDES),
        ("Write ups", Role.NOTES),
        ("Discord Thread", None),
    ],
)
def test_labels_are_known_whatever_they_are_called(label, role):
    assert role_of(label) == role


HEADINGS = """# Paper Club

## 2024

### 2024-02-01 — Preferences

- **Presenter:** Dana
- **Paper:** <https://arxiv.org/abs/2305.18290>
- **Slides:** [link](https://speakerdeck.com/x/y)
- **Recording:** n/a

### Jan 18, 2024: Textbooks
**Speaker**: Erin
**Papers**:
- [Textbooks](https://arxiv.org/abs/2306.11644)
- [phi](https://arxiv.org/abs/2309.05463)

**Video**: https://youtu.be/aaaaaaaaaaa

### ~~Jan 4, 2024: Called off~~
**Speaker**: Foo
"""


def test_presentations_under_headings():
    document = read_document(HEADINGS)

    assert (document.shape, document.title) == (Shape.ARCHIVE, "Paper Club")
    first, second, third = document.presentations
    assert (first.title, first.held_on, first.presenters) == ("Preferences", date(2024, 2, 1), ["Dana"])
    assert (first.slides, first.recording) == (Stated.AVAILABLE, Stated.NONE)
    assert [paper.text for paper in second.papers] == ["Textbooks", "phi"]
    assert second.recording_href == "https://youtu.be/aaaaaaaaaaa"
    assert third.is_cancelled
    assert document.counts()["presentations"] == 2


NESTED = """# Reading Group

## Spring 2021

* 3/10/2021
    * Presenter: Chen
    * Paper: [Prefix](https://arxiv.org/abs/2101.00190)
* 3/17/2021
    * Presenter: Dana
    * Papers:
        1. [One](https://aclanthology.org/2020.acl-main.1/)
        2. [Two](https://aclanthology.org/2020.acl-main.2/)
* 3/24/2021
    * No meeting, spring break
"""


def test_presentations_in_nested_lists():
    document = read_document(NESTED)

    assert [(talk.held_on, len(talk.papers)) for talk in document.presentations] == [
        (date(2021, 3, 10), 1),
        (date(2021, 3, 17), 2),
    ]
    assert "spring break" in document.warnings[0].kept


def test_schedule_in_front_matter_that_is_not_valid_yaml():
    document = read_document(
        "---\ntitle: Lesegruppe: Netze\nmeetings:\n  - date: 12.03.2024\n"
        "    presenter: @jana\n    title: Netze: ein Anfang\n"
        "    links:\n      - name: paper\n        url: https://arxiv.org/abs/2401.00001\n"
        "      - name: slides\n        url: /a.pdf\n  - date: 19.03.2024\n    title: Ferien\n---\nText.\n"
    )

    assert (document.shape, document.title) == (Shape.SCHEDULE, "Lesegruppe: Netze")
    (talk,) = document.presentations
    assert (talk.held_on, talk.title, talk.slides_href) == (date(2024, 3, 12), "Netze: ein Anfang", "/a.pdf")
    assert "not valid YAML" in document.warnings[0].reason


def test_html_table_becomes_a_schedule():
    text = (
        "# Journal club\n\n<table>\n<tr><th>Date</th><th>Presenter</th><th>Paper</th></tr>\n"
        '<tr><td>2022-10-03</td><td>Kim</td><td><a href="https://arxiv.org/abs/2209.00001">One</a><br>'
        '<a href="https://arxiv.org/abs/2209.00002">Two</a></td></tr>\n</table>\n'
    )
    assert counts(text, "sessions", "presentations", "papers", "links") == (1, 1, 2, 2)


def test_links_in_every_spelling_are_counted_once_each():
    text = (
        "# Links\n\n- [inline](https://a.org/1)\n- [reference][r]\n- <https://a.org/3>\n- https://a.org/4\n"
        '- <a href="https://a.org/5">html</a>\n- [broken\n  over lines](https://a.org/6)\n- [address\n  below]\n'
        "  (https://a.org/7)\n- [relative](notes/a.md)\n- [not one] and [#tag] and [in page](#top)\n"
        "- `https://a.org/code`\n\n[r]: https://a.org/2\n"
    )
    document = read_document(text)

    assert [link.href for link in document.links] == [*(f"https://a.org/{n}" for n in range(1, 8)), "notes/a.md"]


def test_windows_lines_byte_order_mark_and_damaged_letters():
    data = "\ufeff# Liste\r\n\r\n- [Zoé](https://a.org) – donâ€™t\r\n- [B](https://b.org)\r\n".encode()

    document = read_document(decode_document(data)[0])

    assert (document.title, document.entries[0].commentary) == ("Liste", "don’t")
    assert document.warnings[0].line == 3


def test_awesome_list_keeps_groups_companions_and_tables():
    document = read_document(
        "# Awesome\n\n## Contents\n\n- [Papers](#papers)\n\n## Papers\n\n- Deep. K. He. "
        "[[pdf]](http://arxiv.org/pdf/1512.03385v1) [[code]](https://github.com/a/b)\n"
        "- Surveys\n  - [S](https://a.org/s) - text\n\n## Tools\n\n"
        "| Name | Description |\n|--|--|\n| [T](https://t.org) | good |\n"
    )

    assert [(s.heading, s.is_heading) for s in document.sections] == [
        ("Papers", True),
        ("Surveys", False),
        ("Tools", True),
    ]
    first, second, third = document.entries
    assert (first.title, [link.is_main for link in first.links]) == ("Deep. K. He.", [True, False])
    assert (second.title, second.commentary, second.section) == ("S", "text", 1)
    assert (third.title, third.commentary) == ("T", "Description: good")
    assert document.counts()["sections"] == 2


def test_unknown_html_stays_as_text_and_scripts_never_run():
    document = read_document("# Notes\n\nA <blink>b</blink> <script>alert(1)</script> and prose that goes on.\n")

    assert "\\<blink>b\\</blink>" in document.body
    assert "alert" not in document.body
    assert {warning.line for warning in document.warnings} == {3}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(">" * 5000 + " a", "nested more than 60 levels", id="quotes"),
        pytest.param("".join("  " * n + "- a\n" for n in range(400)), "nested too deep", id="lists"),
        pytest.param("[" * 40_000, "nested too deep", id="brackets"),
        pytest.param("a" * 60_000, "Line 1 has 60,000 characters", id="long line"),
        pytest.param("\n" * 60_000, "It has 60,001 lines", id="many lines"),
    ],
)
def test_text_made_to_hurt_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(DocumentRefused, match=sentence):
        read_document(text)


def test_aliases_in_front_matter_unfold_to_nothing():
    text = "---\na: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n---\n# T\n"

    assert read_document(text).title == "T"


PIECES = st.sampled_from(
    [
        *("# ", "## ", "- ", "  - ", "1. ", "> ", "| ", "|-|-|", "\n", "\n\n", "**", "~~", "`", "```\n", "---\n", "\t"),
        *("[a](", "https://a.org/", ")", "]", "[r]: https://r.org\n", "![i](j)", "[Video](b)", "arXiv:2101.00001"),
        *("<a href='x'>", "</a>", "<table>", "<tr><td>", "</table>", "<!--", "-->", "{% x %}"),
        *("Paper: ", "Presenter: Ada", "2024-01-05 ", "3/5", "Slides", "word ", "é"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_makes_the_reader_fail(text):
    document = read_document(text)

    assert document.counts()["links"] == sum(not link.is_name for link in document.links)
    assert all(warning.line >= 0 for warning in document.warnings)


def test_older_western_encoding_is_read_and_told():
    text, doubts = decode_document("# Grüße\n".encode("cp1252"))
    assert text == "# Grüße\n"
    assert "Windows-1252" in doubts[0].reason
