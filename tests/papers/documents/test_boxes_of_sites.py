"""Boxes, tabs and buttons of MkDocs, Docusaurus, Quarto and Hugo."""

import pytest

from papers.documents.archive import EntryKind
from papers.documents.reading import read_document
from papers.documents.site_boxes import with_boxes
from papers.documents.site_markup import as_markdown


def body(text):
    return read_document(f"---\ntitle: Looms\n---\n\n{text}").reports[0].body


@pytest.mark.parametrize(
    ("box", "text"),
    [
        (
            '!!! note "On cards"\n    They have holes.\n\n    - One\n\nMore.',
            "> **On cards**\\\n> They have holes.\n>\n> - One\n\nMore.",
        ),
        ("!!! warning\n    Hot.", "> **Warning**\\\n> Hot."),
        ('!!! note ""\n    Plain.', ">\n> Plain."),
        (
            '??? info inline end "Code"\n\n    ```python\n    def weave():\n        pass\n    ```',
            "> **Code**\n>\n> ```python\n> def weave():\n>     pass\n> ```",
        ),
        ('=== "Yarn"\n\n    Soft.\n\n=== "Silk"\n\n    Fine.', "> **Yarn**\n>\n> Soft.\n\n> **Silk**\n>\n> Fine."),
        ('!!! tip "Out"\n    Here\n    !!! note "In"\n        there', "> **Out**\\\n> Here\n> > **In**\\\n> > there"),
        (":::note[On cards]\n\nThey have holes.\n\n:::\n\nMore.", "> **On cards**\n>\n> They have holes.\n>\n\nMore."),
        (":::tip Mind the *yarn*\nSoft.\n:::", "> **Mind the *yarn***\\\n> Soft."),
        ("::: {.callout-tip}\n## On cards\n\nThey have holes.\n:::", "> **On cards**\n>\n>\n> They have holes."),
        ('::: {.callout-note title="Cards"}\nHoles.\n:::', "> **Cards**\\\n> Holes."),
        ("::::info\n:::danger\nHot.\n:::\n::::", "> **Info**\n> > **Danger**\\\n> > Hot.\n>"),
    ],
)  # fmt: skip
def test_box_becomes_a_quotation_under_its_title(box, text):
    assert body(box) == text


@pytest.mark.parametrize(
    "text", ['```\n!!! note "No"\n    box\n```', ":::note\nnever closed", "Title\n=====", "!!! note"]
)
def test_what_only_looks_like_a_box_stays(text):
    assert with_boxes(text) == text


def test_number_of_lines_stays():
    text = 'a\n\n!!! note "b"\n\n    c\n\nd\n\n:::tip\n\ne\n\n:::\n'
    assert as_markdown(text).count("\n") == text.count("\n")


def test_links_in_a_box_are_counted_and_name_the_paper():
    text = (
        '# Cards that weave\n\n!!! abstract "Reference"\n\n    **Authors:** Ada Weaver\n'
        "    **Link:** [arXiv](https://arxiv.org/abs/1506.03134)\n\n## Summary\n\nThey have holes.\n"
    )
    document = read_document(text)
    (report,) = document.reports
    assert (document.counts()["links"], document.counts()["sections"]) == (1, 1)
    assert (report.kind, report.papers[0].href) == (EntryKind.PAPER_REPORT, "https://arxiv.org/abs/1506.03134")


def test_buttons_and_badges_are_links():
    text = (
        '{{< button href="https://arxiv.org/pdf/1506.03134" target="_blank" >}}\nPaper\n{{< /button >}}\n\n'
        '{{<badge label="data" message="Yarn" link="https://example.org/yarn" >}}\n\n{{< github repo="ada/loom" >}}\n'
    )
    document = read_document(f"---\ntitle: Looms\n---\n\n{text}\nIt weaves what a card tells it to.\n")
    assert [(link.href, link.text, link.line) for link in document.links] == [
        ("https://arxiv.org/pdf/1506.03134", "Paper", 5),
        ("https://example.org/yarn", "data: Yarn", 9),
        ("https://github.com/ada/loom", "", 11),
    ]
    assert document.reports[0].papers[0].href == "https://arxiv.org/pdf/1506.03134"


def test_film_in_a_text_is_linked():
    assert body('<video src="/loom.mp4" autoplay loop></video>\n') == "[/loom.mp4](/loom.mp4)"


def test_heading_needs_no_blank_behind_its_marks():
    assert body("##Cards\n\nText.\n\n`##a`\n") == "## Cards\n\nText.\n\n`##a`"


def test_filtered_value_of_a_site_is_no_formula():
    assert body("So {{ post.excerpt | remove: '\\[ ... \\]' }} it is, and $a_{{b}}$.") == "So  it is, and $a_{{b}}$."
