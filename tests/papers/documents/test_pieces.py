"""A long document is read a piece at a time, and nobody can tell."""

import tracemalloc

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers.documents import pieces
from papers.documents.nodes import Node, read_tree
from papers.documents.reading import read_document
from papers.documents.source import Source

LINES = [
    "", "", "", "- a [link](https://example.org/a)", "- b", "* c", "+ d", "1. one", "2. two", "10. ten", "1) one",
    "3) three", "--", "  - nested", "  * nested", "   1. nested", "     deeper", "  more", "   more",
    " - shifted", "text", "text [ref]", "[ref]: https://example.org/ref", "[other]: https://example.org/other",
    '"a title"', "# Heading", "## Part", "#", "#no heading", "Title", "===", "---", "***", "- - -", "* * *", "> quote",
    "> - item in a quote", ">", "```", "```python", "~~~", "  ```", "- ```", "    code", "\tcode", "| a | b |",
    "|---|---|",
    "| 1 | [2](https://example.org/2) |", "a | b", "[text](https://example.org/", "x)", "**bold**", "**Part**",
]  # fmt: skip


def told(node: Node) -> object:
    """All that a node says; only the blanks around the items of lists that are joined may differ."""
    source = [line.strip() for line in node.source.split("\n") if line.strip()]
    rest = (node.kind, node.line, source, node.level, node.inline, node.rows, node.is_ordered, node.is_bold_line)
    return (*rest, [told(child) for child in node.children])


def read(text: str, lines: int, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(pieces, "LINES", lines)
    tree = read_tree(Source(text))
    return [told(block) for block in tree.blocks], tree.warnings


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=2, max_size=40), st.integers(1, 6))
@example(["- a", "", "```", "- b", "", "- c", "```", "- d"], 1)
@example(["text", "2. two", "3. three"], 1)
@example(["- a", "2. two"], 1)
def test_pieces_say_what_the_whole_says(lines, length):
    with pytest.MonkeyPatch.context() as monkeypatch:
        text = "\n".join(lines)
        assert read(text, length, monkeypatch) == read(text, 1_000, monkeypatch)


def test_long_list_with_all_kinds_of_items_is_one_list(monkeypatch):
    text = "".join(
        f"- [Item {n}](https://example.org/{n})\n\n  Words.\n  - [Note](https://example.org/n{n})\n" for n in range(500)
    )
    assert read(text, 50, monkeypatch) == read(text, 10_000, monkeypatch)
    assert [(block.kind, len(block.children)) for block in read_tree(Source(text)).blocks] == [("list", 500)]


def long_list(entries: int) -> str:
    lines = (f"- [Paper {n}](https://arxiv.org/abs/1706.{n:05d}) - words about it" for n in range(entries))
    return "# Papers\n\n" + "\n".join(lines)


def test_entries_of_a_long_list_are_all_there():
    document = read_document(long_list(3_000), name="papers.md")
    assert [entry.title for entry in document.entries] == [f"Paper {n}" for n in range(3_000)]
    assert document.counts()["links"] == document.counts()["arxiv"] == 3_000
    assert document.entries[-1].line == 3_002


def test_memory_of_reading_hardly_grows_with_the_entries():
    read_document(long_list(1_500), name="papers.md")
    peaks = []
    for entries in (1_500, 3_000):
        text = long_list(entries)
        tracemalloc.start()
        document = read_document(text, name="papers.md")
        peaks.append(tracemalloc.get_traced_memory()[1] - len(text))
        tracemalloc.stop()
        assert len(document.entries) == entries
    # The text itself is there a few times; the tree of its blocks would take over 3,000 bytes for each entry.
    assert peaks[1] - peaks[0] < 1_500 * 1_200
