import pytest

from papers.metadata.text import one_line, paragraphs

PATHOLOGICAL = [
    "\\(",
    "\\[",
    "$",
    "$$a",
    "{",
    "\\emph{",
    "\\begin{a}",
    "<!--",
    "<a href='",
    "<p>",
    "<tex-math>",
    "&amp;",
    "\\'",
]


@pytest.mark.timeout(30)
@pytest.mark.parametrize("piece", PATHOLOGICAL)
def test_endless_beginnings_come_to_an_end(piece):
    paragraphs(piece * 60_000)
    one_line(piece * 60_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\\(x\\) and \\[y\\]", "\\(x\\) and \\[y\\]"),
        ("$$a$$ b", "$$a$$ b"),
        ("costs $5", "costs $5"),
        ("a\ud800b\x00c", "abc"),
        ("a < b & c > d", "a < b & c > d"),
        (None, ""),
        (7, ""),
    ],
)
def test_text_is_clean(text, expected):
    assert paragraphs(text) == expected
