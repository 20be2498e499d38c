"""HTML and the marks of site generators that people write into Markdown."""

import pytest

from papers.documents.document import Shape
from papers.documents.html_pieces import convert_html
from papers.documents.reading import read_document


def test_indented_html_is_no_code():
    html = '<div align="center">\n        <a href="https://a.org/1">one</a>\n    <b>bold</b>\n</div>'
    text = f"# A title\n\nWords.\n\n{html}\n\nMore.\n"
    document = read_document(text)
    assert [link.href for link in document.links] == ["https://a.org/1"]
    assert "```" not in document.body


def test_html_list_becomes_a_list_with_its_nested_ones():
    text = (
        "<ul>\n  <li>\n    <div>\n      <span>May 2024</span>\n    </div>\n"
        '    <a href="https://a.org/1">One</a>\n  </li>\n'
        '  <li><a href="https://a.org/2">Two</a>\n    <ol><li>first</li><li>second</li></ol>\n  </li>\n</ul>\n'
    )
    assert convert_html(text).text.strip().split("\n") == [
        "* May 2024",
        "",
        "  [One](https://a.org/1)",
        "* [Two](https://a.org/2)",
        "",
        "  1. first",
        "  2. second",
    ]


def test_item_is_about_the_link_below_its_day():
    items = "".join(
        f'<li class="post">\n<div>\n<span>May {n}, 2024</span>\n</div>\n'
        f'<a href="https://a.org/{n}">Text {n}</a>\n</li>\n'
        for n in (1, 2, 3)
    )
    document = read_document(f"---\ntitle: bookmarks\n---\nSome links.\n\n<ul>\n{items}</ul>\n")
    assert document.shape == Shape.COLLECTION
    assert [(entry.title, entry.commentary) for entry in document.entries] == [
        (f"Text {n}", f"May {n}, 2024") for n in (1, 2, 3)
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("opening", [":::note", "{/* so", "<Card>", "!!! note", '<Card a="', "{{< note"])
def test_what_is_never_closed_is_looked_for_once(opening):
    """Quadratic, each of these would take far more than a minute."""
    document = read_document("# Looms\n\n" + f"{opening}\n" * 30_000)
    assert document.shape == Shape.ARTICLE


def test_lists_that_are_never_closed_cost_little():
    text = "<ul>\n" * 20_000
    assert convert_html(text).text.strip() == ""


def test_heading_keeps_its_words_whatever_is_around_them():
    text = '## <p align="center">Schedule</p>\n\n<h3>\n  <em>A topic</em>\n</h3>\n\n## Talks {.tabset #talks}\n\ntext\n'
    document = read_document(f"# Notes\n\n{text}")
    assert [section.heading for section in document.sections] == ["Schedule", "A topic", "Talks"]


def test_badge_in_a_heading_is_not_part_of_the_title():
    text = "# Good papers [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n\n- [A](https://a.org)\n"
    assert read_document(text).title == "Good papers"


def test_icons_say_what_they_stand_for():
    text = (
        "# Reading group\n\n| Date | Presenter | Topic | Slides |\n|---|---|---|---|\n"
        '| 06/26/2020 11am | Ada Lovelace, PhD | Engines | [<i class="fas fa-desktop"></i>](ada.pdf) '
        '[<i class="fas fa-play"></i>](https://youtu.be/abcdefghijk) |\n'
    )
    (talk,) = read_document(text).presentations
    assert (talk.slides_href, talk.recording_href) == ("ada.pdf", "https://youtu.be/abcdefghijk")
    assert talk.presenters == ["Ada Lovelace, PhD"]


def test_tags_in_addresses_become_the_addresses_that_they_stand_for():
    text = (
        "# Posts\n\n"
        '- [one]({{ "/notes/a b" | relative_url }} "A title")\n'
        "- [two]({{ site.baseurl }}{% post_url 2017-05-23-Neural Networks %})\n"
        "- [three]({{ site.baseurl }}/docs/guide)\n"
        '- [four](https://a.org){:target="_blank" .btn}\n'
    )
    document = read_document(text)
    assert [link.href for link in document.links] == [
        "/notes/a%20b",
        "/_posts/2017-05-23-Neural%20Networks.md",
        "/docs/guide",
        "https://a.org",
    ]
    assert not any("{" in entry.commentary for entry in document.entries)


def test_attributes_in_code_stay():
    text = "# Notes\n\nWrite `{: .class}` so.\n\n```\n{: .class}\n```\n"
    body = read_document(text).body
    assert body.count("{: .class}") == 2


def test_footnotes_stay_footnotes():
    text = "# Notes\n\nA claim.[^1] Another.[^two]\n\n[^1]: https://a.org/source\n[^two]: See [this](https://b.org).\n"
    document = read_document(text)
    assert "A claim.[^1]" in document.body
    assert "[^1]: https://a.org/source" in document.body
    assert [link.href for link in document.links] == ["https://a.org/source", "https://b.org"]


def test_addresses_broken_over_lines_are_joined():
    text = (
        "# Notes\n\nOn paper: [<http://host.edu/~ada/a-\nlong-name.pdf>](http://host.edu\n/~ada/a-long-name.pdf) and\n"
        "<http://host.edu/an-\nother.pdf>.\n"
    )
    assert [link.href for link in read_document(text).links] == [
        "http://host.edu/~ada/a-long-name.pdf",
        "http://host.edu/an-other.pdf",
    ]


def test_code_that_is_indented_stays_code():
    body = read_document("# Notes\n\nRun this:\n\n    make all\n      deeper\n").body
    assert "```\nmake all\n  deeper\n```" in body


def test_rows_of_html_tables_keep_their_lines():
    text = (
        "# Reading group\n\n<table>\n<tr><th>Date</th><th>Speaker</th><th>Title</th></tr>\n"
        "<tr>\n  <td>2024-03-05</td>\n  <td>Ada</td>\n  <td>Engines</td>\n</tr>\n"
        '<tr><td>2024-03-12</td><td colspan="2"><b>Holiday</b></td></tr>\n</table>\n\nA <foo> below.\n'
    )
    document = read_document(text)
    assert [talk.line for talk in document.presentations] == [5]
    assert [warning.line for warning in document.warnings] == [10, 13]
