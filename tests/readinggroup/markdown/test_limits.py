"""Texts made to occupy or end the process that reads them. The time limit is the run's own: a hang fails the test."""

import pytest

from readinggroup.markdown import MAX_CHARACTERS, TextRefused, check_markdown, render_markdown


def fill(piece: str, size: int = MAX_CHARACTERS) -> str:
    return piece * (size // len(piece))


SHAPES = {
    "open brackets": fill("["),
    "closed brackets": fill("]"),
    "open links": fill("[a]("),
    "image openers": fill("!["),
    "bracket pairs": "[" * 4999 + "a" + "]" * 4999,
    "links to the limit": "[a](" * 4999,
    "quoted titles": '[a](b "' * 4999,
    "angle targets": "[a](<" * 4999,
    "emphasis left": fill("*a "),
    "emphasis both": fill("**a *"),
    "underscores": fill("_a __"),
    "stars": fill("*"),
    "mixed marks": fill("*_**__"),
    "star bracket": fill("*["),
    "strikes": fill("~~a "),
    "backticks": "".join("`" * n + " " for n in range(1, 600)),
    "backtick letters": fill("`a"),
    "quotes": fill("> "),
    "quotes without blanks": fill(">"),
    "bullets": fill("- "),
    "numbers": fill("1. "),
    "quotes in bullets": fill("- > "),
    "deep list": "".join(" " * (2 * n) + "- a\n" for n in range(400)),
    "deep quotes": "\n".join(">" * n for n in range(1, 200)),
    "less than": fill("<"),
    "open tags": fill("<a "),
    "comments": fill("<!--"),
    "comments in lines": fill("<!-- a\n\n", 70_000),
    "declarations": fill("<!A "),
    "cdata": fill("<![CDATA["),
    "processing": fill("<?"),
    "img tags": fill("<img "),
    "img attributes": fill('<img a="b" '),
    "entities": fill("&"),
    "numeric entities": fill("&#x10FFFF;"),
    "backslashes": fill("\\"),
    "escaped dollars": fill("\\$"),
    "dollars": fill("$a"),
    "formulas": fill("$a$ "),
    "open display": fill("$$a\n", 40_000),
    "open align": fill("\\begin{align}\n", 130_000),
    "wrong end": fill("\\begin{align}\n", 130_000) + "\\end{gather}",
    "align in bullets": fill("- \\begin{align}\n", 130_000) + "\n\\end{align}",
    "references": "".join(f"[^{n}]: x[^{n}]\n" for n in range(490)),
    "one footnote often": "[^1]: x\n\n" + "[^1]" * 900,
    "inline footnotes": fill("^["),
    "definitions": "".join(f"[{n}]: u\n" for n in range(900)),
    "attributes": fill("![](a){a=b "),
    "table rows": "|a|b|\n|-|-|\n" + fill("|a|b|\n", 59_000),
    "wide table": "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + ("|a" * 5000 + "|\n") * 10,
    "tables": fill("|a\n|-\n", 58_000),
    "addresses joined": fill("http://a"),
    "schemes": fill("://"),
    "addresses": fill("http://a.b "),
    "at signs": fill("a@"),
    "address and brackets": "http://a.b/" + fill("(", 190_000),
    "headings": fill("# a\n", 39_000),
    "equal setext": fill("a\n=\n", 19_000),
    "rules": fill("---\n", 39_000),
    "fences": fill("```\n", 39_000),
    "python quotes": "```python\n" + fill('"', 9000) + "\n```",
    "python blocks": fill("```python\n" + 'a = "' * 90 + "\n```\n"),
    "tex dollars": fill("```tex\n" + "$" * 450 + "\n```\n"),
    "matlab quotes": fill("```matlab\n" + "'" * 450 + "\n```\n"),
    "slashes": fill("```js\n" + "/" * 450 + "\n```\n"),
    "html code": fill("```html\n" + "<a " * 150 + "\n```\n"),
    "one long word": fill("a"),
    "blank": fill(" "),
    "tabs": fill("\t"),
    "newlines": "\n" * 9_999,
    "nul": fill("\0"),
    "tasks": fill("- [ ] a\n", 70_000),
    "long reference title": '[x]: y "' + fill("a\n", 19_000),
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_shape_is_rendered_or_refused_in_a_sentence(shape):
    html = render_markdown(shape[:MAX_CHARACTERS])
    assert html or not shape.strip() or shape.startswith("[0]:")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a" * (MAX_CHARACTERS + 1), "200,000 are possible"),
        ("a\n" * 10_002, "10,000 lines"),
        ("".join(f"[^{n}]\n\n[^{n}]: x\n" for n in range(501)), "too many footnotes"),
        ("[a]" * 5_001, "square brackets"),
        ("".join(" " * (2 * n) + "- a\n" for n in range(25)), "nested deeper than 20"),
        (">" * 50 + " a", "nested deeper than 20"),
    ],
)
def test_limit_is_named_to_the_writer_and_on_the_page(text, words):
    with pytest.raises(TextRefused, match=words):
        check_markdown(text)
    assert words in render_markdown(text)


def test_what_people_write_is_far_from_the_limits():
    article = (
        "## Part\n\nSome $x_1$ words with a [link](https://example.org) and a note.[^{0}]\n\n[^{0}]: The note.\n\n"
    )
    check_markdown("".join(article.format(n) for n in range(400)))
    check_markdown("".join("  " * n + "- a\n" for n in range(15)))
