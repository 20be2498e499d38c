"""Posts of Jekyll and Hugo: their tags, their tables and formulas, and what shape they have."""

import pytest

from papers.documents.archive import EntryKind
from papers.documents.document import Shape
from papers.documents.html_pieces import convert_html
from papers.documents.reading import read_document
from papers.documents.site_markup import as_markdown
from papers.documents.site_tags import tag_text

PROSE = "A loom repeats what a card tells it, and so does an engine. " * 20


def body(text):
    return read_document(f"---\ntitle: Looms\n---\n\n{text}").reports[0].body


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ('{{< figure src="/a.png" alt="A loom" width=300 >}}', '![A loom](/a.png){width="300"}'),
        ('{{< figure src="/a.png" width="90%" >}}', "![](/a.png)"),
        (
            '{{< figure src="/a b.png" title="Loom" caption="It *weaves*" >}}',
            "![It weaves](</a b.png>)\n\n**Loom** It *weaves*",
        ),
        ('{% include figure.html url="/a.png" description="Woven" %}', "![Woven](/a.png)\n\nWoven"),
        ('{% include figure.liquid loading="eager" path="assets/a.jpg" class="rounded" %}', "![](assets/a.jpg)"),
        ("{% img left /a.png 300 200 %}", "![](/a.png)"),
        ('{{< figure src="a.png" link="https://a.org" >}}', "[![](a.png)](https://a.org)"),
        (
            '{% include book.html img="a.png" url="https://a.org" title="Looms" description="On cards" %}',
            "![On cards](a.png)\n\n**[Looms](https://a.org)** On cards",
        ),
        ('{{< figure src="a.png" attr="Ada" attrlink="https://a.org" >}}', "![](a.png)\n\n[Ada](https://a.org)"),
        ("{{< youtube Kib8Bk2nPEA >}}", "<https://www.youtube.com/watch?v=Kib8Bk2nPEA>"),
        ('{% include youtube.html id="Kib8Bk2nPEA" %}', "<https://www.youtube.com/watch?v=Kib8Bk2nPEA>"),
        ("{{< gist ada 123 >}}", "<https://gist.github.com/ada/123>"),
    ],
)
def test_tag_that_shows_something_is_kept(tag, text):
    assert (tag_text(tag) or "").strip() == text


@pytest.mark.parametrize(
    "tag", ["{% include disqus.html %}", "{{< toc >}}", "{{ site.title }}", '{{< youtube "><b>" >}}']
)
def test_tag_that_shows_nothing_known_is_left_to_the_warning(tag):
    assert tag_text(tag) is None


def test_code_between_tags_is_code():
    text = as_markdown(
        "{% highlight python linenos %}\nprint({{ x }})\n{% endhighlight %}\n\n"
        "{{< highlight go >}}\nx\n{{< /highlight >}}"
    )
    assert text == "```python\nprint({{ x }})\n```\n\n```go\nx\n```"


def test_code_that_is_never_closed_stays():
    text = "{% highlight python %}\nprint(1)\n"
    assert as_markdown(text) == text


def test_table_of_kramdown_is_a_table():
    text = as_markdown("|----+---|\n| a | b |\n|:---+--:|\n| 1 | 2 |\n|----+---|\n| 3 | 4 |\n|====+===|\n")
    assert text == "\n| a | b |\n|:---|--:|\n| 1 | 2 |\n| | |\n| 3 | 4 |\n\n"


def test_formula_within_a_line_is_written_as_one():
    text = as_markdown("depth $$ k + 1 $$ and `$$ x $$`\n\n$$ y $$\n\n$$\nz\n$$\n")
    assert text == "depth $k + 1$ and `$$ x $$`\n\n$$ y $$\n\n$$\nz\n$$\n"


def test_breaks_in_a_row_part_paragraphs():
    assert "\\" not in convert_html("one<br/><br/>two\n\n<br/><br/>\n\nthree").text


def test_mail_address_in_angle_brackets_is_a_link():
    converted = convert_html("Write to <ada@example.org>.")
    assert (converted.text, converted.warnings) == ("Write to <ada@example.org>.", [])


def test_post_that_ends_in_links_is_a_report_on_its_paper():
    document = read_document(
        "---\nlayout: review\ntitle: Looms (LOOM)\npdf: https://arxiv.org/pdf/1506.02640.pdf\ncite:\n"
        f"  title: Looms that weave\n  venue: Weaving\n---\n\n## Summary\n\n{PROSE}\n\n## Implementations\n\n"
        "[One](https://github.com/a/one)\n\n[Two](https://github.com/a/two)\n\n[Three](https://github.com/a/three)\n\n"
        "## Links\n\n- [More](https://example.org/more)\n- [Most](https://example.org/most)\n"
    )
    (report,) = document.reports
    assert (document.shape, report.kind) == (Shape.ARTICLE, EntryKind.PAPER_REPORT)
    assert (report.title, report.paper_title) == ("Looms (LOOM)", "Looms that weave")
    assert not document.warnings or all("pdf" not in warning.kept for warning in document.warnings)


def test_post_of_links_is_a_list_still():
    text = "---\ntitle: Links of the week\n---\n\nA few.\n\n- [a](https://a.org) is new\n- [b](https://b.org) is old\n"
    assert read_document(text).shape == Shape.COLLECTION


def test_given_in_a_sentence_names_no_presenter():
    text = (
        "# Looms\n\nWords.\n\n## Approach\n\n* Given a card, the loom weaves.\n\n## More\n\n* Given two, it weaves.\n"
    )
    assert read_document(text).shape == Shape.ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        f"## [Looms](https://arxiv.org/abs/1409.2329)\n\nTLDR; {PROSE}\n\n#### Data\n\n- Cards\n",
        f"# Looms\n\nLink: https://arxiv.org/abs/1409.2329\n\n## TLDR\n\n- Cards\n\n{PROSE}\n",
        f"# Looms\n\n[Lovelace, Ada. 1843. _Notes_.](https://arxiv.org/abs/1409.2329)\n\n{PROSE}\n",
    ],
)
def test_notes_name_their_paper_in_the_title_or_above_the_text(text):
    (report,) = read_document(text).reports
    assert [paper.href for paper in report.papers] == ["https://arxiv.org/abs/1409.2329"]


def test_other_link_of_a_title_stays_in_the_text():
    report = read_document(f"# [Looms](https://example.org/looms)\n\n{PROSE}\n").reports[0]
    assert (report.title, report.body.split("\n")[0]) == ("Looms", "[Looms](https://example.org/looms)")


def test_many_braces_are_read_in_time():
    assert body("{" * 30_000 + "\n" + "{{" * 15_000)


def test_tag_may_take_several_lines():
    text = 'Before.\n\n{%\n  include image.html\n  img="/a.png"\n  caption="A \\"loom\\""\n%}\n\n'
    text += '{{< figure\n  src="b.png" >}}\n\nX'
    converted = convert_html(text)
    assert converted.text.split() == 'Before. ![A "loom"](/a.png) A "loom" ![](b.png) X'.split()
    assert converted.origins[converted.text.split("\n").index("X")] == len(text.split("\n"))


def test_tag_does_not_reach_beyond_its_paragraph():
    assert "Woven" in convert_html("{% include\n\nWoven\n\n%}").text


@pytest.mark.parametrize(
    "formula",
    [r"$\mathbf{{x}}_{{i}}$", r"\(\frac{{ab}}{{cd}}\)", "$$\n{{a}} \\over {{\\beta}}\n$$", "$1 + {{ab}}$"],
)
def test_double_braces_of_a_formula_are_no_tag(formula):
    converted = convert_html(f"Depth {formula} and {{{{ site.title }}}}.")
    assert converted.text == f"Depth {formula} and ."
    assert [warning.kept for warning in converted.warnings] == ["{{ site.title }}"]


def test_double_braces_of_a_formula_above_an_archive_stay():
    text = "# Group\n\nDepth $\\mathbf{{x}}$ {{ page.title }}.\n\n## Paper Report 1: Looms\n\nWoven.\n"
    assert read_document(text).introduction == "Depth $\\mathbf{{x}}$ ."


def test_value_of_the_front_matter_stands_where_its_tag_does():
    text = "---\ntitle: Looms\npaper_ref: Lovelace, 1843\nyear: 1843\n---\n\n"
    text += "[{{ page.paper_ref }}](https://arxiv.org/abs/1409.2329)\n\n"
    text += f"From {{{{page.year | escape}}}}, not {{{{ page.url }}}}, `{{{{ page.year }}}}`. {PROSE}\n"
    document = read_document(text)
    body = document.reports[0].body
    assert body.startswith("[Lovelace, 1843](https://arxiv.org/abs/1409.2329)\n\nFrom 1843, not , `{{ page.year }}`.")
    assert [warning.kept for warning in document.warnings] == ["{{ page.url }}"]


def test_day_of_the_last_change_counts_least():
    text = "---\ntitle: Looms\nmodified: 2020-05-01\n---\n\nThey weave.\n"
    named = read_document(text, name="2019-10-01-looms.md")
    assert (str(named.day), str(read_document(text).day)) == ("2019-10-01", "2020-05-01")
    assert named.warnings == []


def test_teaser_that_is_still_to_be_written_gives_way():
    text = "---\ntitle: Looms\nsummary: tbd\ndescription: On looms\n---\n\nThey weave.\n"
    document = read_document(text)
    assert (document.reports[0].teaser, document.warnings) == ("On looms", [])


def test_post_whose_head_names_a_paper_is_no_list():
    text = (
        "---\ntitle: Looms\npaper: https://arxiv.org/abs/1506.03134\n---\n\n"
        "[Cards](https://example.org/a) are old.\n\n[Yarn](https://example.org/b) is new.\n\n"
        "[Silk](https://example.org/c) is fine.\n"
    )
    assert read_document(text).shape == Shape.ARTICLE


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"So \( x_0 \sim q \) is, for \(T\).", r"So $x_0 \sim q$ is, for $T$."),
        (r"So \\(a_b\\) is.", "So $a_b$ is."),
        ("\\[\na = \\frac{1}{2}\n\\]", "$$\na = \\frac{1}{2}\n$$"),
        (r"Ada \(1843\), \(see below\), \[1\], `\(a_b\)`", r"Ada \(1843\), \(see below\), \[1\], `\(a_b\)`"),
    ],
)  # fmt: skip
def test_formulas_between_brackets_are_formulas(written, plain):
    assert as_markdown(written) == plain
