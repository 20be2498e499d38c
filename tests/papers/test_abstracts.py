import pytest

from papers.abstracts import render_abstract


@pytest.mark.parametrize(
    "text",
    [
        "A*B and C*D, snake_case and _this_, `code`, [1] <b>bold</b> &amp; #1",
        "# no heading",
        "1. no list",
        "- no list",
        "> no quote",
        "~~kept~~ and 5 * 3",
    ],
)
def test_marks_of_markdown_stay_as_they_are(text):
    from html import unescape

    html = render_abstract(text)
    assert unescape(html.replace("<p>", "").replace("</p>", "").strip()) == text


def test_formulas_are_set():
    html = render_abstract("We bound $x_i * y_i$ by $$1.$$\n\nSecond part.")
    assert html.count("<math") == 2
    assert "$" not in html
    assert html.count("<p>") == 2
