import re
from datetime import date
from textwrap import dedent

import pytest

from papers.documents.archive import Archive, EntryKind, Stated
from papers.documents.archive_parser import looks_like_archive, parse_archive


def parse(text: str) -> Archive:
    return parse_archive(dedent(text))


def test_seed_holds_everything_its_readme_counts(shared_dir):
    archive = parse_archive((shared_dir / "seeds" / "reading-group-archive.md").read_text())

    assert archive.title == "My Blog"
    assert [p.number for p in archive.presentations] == [3, 2, 1]
    assert [(p.slides, p.recording) for p in archive.presentations] == [
        (Stated.AVAILABLE, Stated.AVAILABLE),
        (Stated.NONE, Stated.NONE),
        (Stated.AVAILABLE, Stated.NONE),
    ]
    assert [p.slides_href for p in archive.presentations] == [
        "slides/presentation_3.pdf",
        "",
        "slides/presentation_1.pdf",
    ]
    assert archive.presentations[0].recording_href == "https://www.youtube.com/watch?v=caP30Kq-_ME"
    assert archive.presentations[0].cover.width == 500
    assert [r.number for r in archive.reports_of(EntryKind.PAPER_REPORT)] == list(range(10, 0, -1))
    assert [r.cover.width for r in archive.reports_of(EntryKind.PAPER_REPORT)] == [
        1000, 1000, 1000, 1000, 500, 1000, 600, 1000, 600, 1000,
    ]  # fmt: skip
    assert [(r.part, r.part_title) for r in archive.reports_of(EntryKind.BOOK_REPORT)] == [
        (2, "Learning"),
        (1, "Neural Networks at Initialization"),
    ]
    assert [r.reported_on for r in archive.reports_of(EntryKind.RECENT_PAPER)] == [
        date(2024, 10, 20),
        date(2024, 10, 13),
        date(2024, 10, 6),
    ]
    assert [r.title for r in archive.articles] == [
        "Some thoughts on the 2024 Nobel prize in physics",
        "The Bean Problem - A probabilistic Shower Thought",
    ]
    assert [(e.section, e.attribution) for e in archive.epigraphs] == [
        ("", "Baruch Spinoza in _Ethica, ordine geometrico demonstrata_"),
        ("paper-reports", "Lev Landau"),
    ]
    assert [s.aliases for s in archive.sections] == [(), (), ("paper-of-the-week",), ()]
    assert all(r.body_href for r in archive.reports)
    assert archive.warnings == []


def test_seed_reads_the_same_with_windows_line_ends_and_a_byte_order_mark(shared_dir):
    text = (shared_dir / "seeds" / "reading-group-archive.md").read_text()

    assert parse_archive("\ufeff" + text.replace("\n", "\r\n")) == parse_archive(text)


def test_every_word_of_the_seed_is_somewhere_in_the_result(shared_dir):
    text = (shared_dir / "seeds" / "reading-group-archive.md").read_text()
    found = set(re.findall(r"\w+", repr(parse_archive(text)).replace("\\n", " ").replace("\\'", "'")))

    words = set(re.findall(r"\w+", text))

    # What is left are the words of labels and tags, which became fields.
    markup = "Table of Contents Paper Presentation Report Book Part Slides Recording No or available Week"
    assert words - found <= set(markup.split()) | {"read", "more", "img", "a", "class"}


def test_title_keeps_the_colons_after_the_first():
    archive = parse("## Talks\n\n### Paper Presentation 12: LoRA: Low-Rank: Adaptation\n\nText.\n")

    assert (archive.presentations[0].number, archive.presentations[0].title) == (12, "LoRA: Low-Rank: Adaptation")


@pytest.mark.parametrize(
    "label", ["**Paper**:", "**Paper:**", "**Paper**", "Paper:", "- **Paper**:", "__Paper__:", "**Papers**:"]
)
def test_paper_label_is_read_in_every_spelling(label):
    archive = parse(f"### Presentation 1: A\n\n{label} [title](https://arxiv.org/abs/1706.03762)\n")

    assert [link.href for link in archive.presentations[0].papers] == ["https://arxiv.org/abs/1706.03762"]
    assert archive.presentations[0].summary == ""


def test_several_facts_in_one_paragraph_are_kept_apart():
    archive = parse("""
        ### Presentation 4: Two papers

        What it is about.

        **Papers**: https://arxiv.org/abs/2009.14794, [FNet](https://arxiv.org/abs/2105.03824)
        **Presenters**: Lena and Amir
        **Date**: 2026-03-10
        **Slides**: [deck](slides/four.pdf)
        **Recording**: <https://youtu.be/JJR3pBl78zw>
    """)
    talk = archive.presentations[0]

    assert [p.href for p in talk.papers] == ["https://arxiv.org/abs/2009.14794", "https://arxiv.org/abs/2105.03824"]
    assert talk.presenters == ["Lena", "Amir"]
    assert talk.held_on == date(2026, 3, 10)
    assert (talk.slides_href, talk.recording_href) == ("slides/four.pdf", "https://youtu.be/JJR3pBl78zw")
    assert talk.summary == "What it is about."
    assert archive.warnings == []


@pytest.mark.parametrize(
    ("sentence", "slides", "recording"),
    [
        ("No slides or recording available", Stated.NONE, Stated.NONE),
        ("_No slides available._", Stated.NONE, Stated.UNSTATED),
        ("No recording available", Stated.UNSTATED, Stated.NONE),
        ("No recordings, no slides", Stated.NONE, Stated.NONE),
        ("There was no time for slides that day", Stated.UNSTATED, Stated.UNSTATED),
    ],
)
def test_stated_absence_is_a_fact_and_silence_is_not(sentence, slides, recording):
    talk = parse(f"### Presentation 1: A\n\n{sentence}\n").presentations[0]

    assert (talk.slides, talk.recording) == (slides, recording)
    assert bool(talk.summary) == (slides == recording == Stated.UNSTATED)


def test_label_with_nothing_readable_stays_text_with_a_warning():
    archive = parse("### Presentation 1: A\n\n**Slides**: ask Jo\n")

    assert archive.presentations[0].summary == "ask Jo"
    assert [(w.line, w.kept) for w in archive.warnings] == [(3, "ask Jo")]


def test_cover_is_read_with_and_without_a_blank_line_after_it():
    archive = parse("""
        ## Paper Reports

        ### Paper Report 2: B
        <img src="b.jpg" width="600"/>
        Teaser b.
        [read more](b.md)

        ### Paper Report 1: A
        ![A drawing](a.png){width="400"}

        Teaser a. [Continue reading](a.md)
    """)

    assert [(r.cover.src, r.cover.width, r.cover.alt) for r in archive.reports] == [
        ("b.jpg", 600, ""),
        ("a.png", 400, "A drawing"),
    ]
    assert [(r.teaser, r.body_href) for r in archive.reports] == [("Teaser b.", "b.md"), ("Teaser a.", "a.md")]


def test_report_without_cover_teaser_or_link_is_still_a_report():
    archive = parse("## Paper Reports\n\n### Paper Report 1: Alone\n\n### Paper Report 2: Linked\n[read more](x.md)\n")

    assert [(r.title, r.cover, r.teaser) for r in archive.reports] == [("Alone", None, ""), ("Linked", None, "")]


def test_second_image_stays_in_the_text_with_a_warning():
    archive = parse('### Paper Report 1: A\n<img src="a.png">\n<img src="b.png" width="300">\nText.\n')

    assert archive.reports[0].teaser == '![](b.png){width="300"}\nText.'
    assert [w.line for w in archive.warnings] == [3]


def test_image_inside_code_is_no_cover():
    archive = parse('### Paper Report 1: A\n\nWrite `<img src="a.png">` here.\n\n```html\n<img src="b.png">\n```\n')

    assert archive.reports[0].cover is None
    assert '<img src="b.png">' in archive.reports[0].teaser


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("6_10_24.md", date(2024, 10, 6)),
        ("notes/20-10-2024.md", date(2024, 10, 20)),
        ("2024-10-13-title.md", date(2024, 10, 13)),
    ],
)
def test_day_of_a_recent_paper_comes_from_its_file_name(name, expected):
    archive = parse(f"## Very Recent Papers\n\n### Mamba\n[read more]({name})\n")

    assert [(r.kind, r.reported_on) for r in archive.reports] == [(EntryKind.RECENT_PAPER, expected)]


def test_impossible_day_in_a_file_name_is_warned_about():
    archive = parse("## Very Recent Papers\n\n### Mamba\n[read more](31_02_24.md)\n")

    assert archive.reports[0].reported_on is None
    assert [w.kept for w in archive.warnings] == ["31_02_24.md"]


def test_book_part_with_roman_number_and_report_filed_among_papers():
    archive = parse("## Paper Reports\n\n### Book Report: A Book - Part II: Depth \n\nText.\n")

    book = archive.reports[0]
    assert (book.kind, book.title, book.part, book.part_title) == (EntryKind.BOOK_REPORT, "A Book", 2, "Depth")


def test_heading_below_an_entry_stays_in_its_text():
    archive = parse("## Paper Reports\n\n### Paper Report 1: A\n\nFirst.\n\n#### Method\n\nSecond.\n")

    assert archive.reports[0].teaser == "First.\n\n#### Method\n\nSecond."


def test_entry_in_a_section_of_unknown_kind_becomes_an_article_with_a_warning():
    archive = parse("# Us\n\n## Cooking\n\n### Beans\n\nBoil them.\n")

    assert [(r.kind, r.title, r.teaser) for r in archive.reports] == [(EntryKind.ARTICLE, "Beans", "Boil them.")]
    assert [w.line for w in archive.warnings] == [5]


def test_comment_and_template_tag_are_left_out_and_reported():
    archive = parse("# Us\n\nHello.\n\n<!-- TAGS -->\n\n{% include disqus.html %}\n")

    assert archive.introduction == "Hello."
    assert [w.kept for w in archive.warnings] == ["<!-- TAGS -->", "{% include disqus.html %}"]


def test_unknown_html_is_kept_as_text_with_a_warning():
    archive = parse("### Paper Report 1: A\n\n<video src='a.mp4'></video>\n")

    assert archive.reports[0].teaser == "<video src='a.mp4'></video>"
    assert [w.line for w in archive.warnings] == [3]


def test_quotation_without_attribution_belongs_to_the_introduction():
    archive = parse("# Us\n\n> Just a quotation.\n\n## Talks\n\n> Read.\n> — Lena\n")

    assert archive.introduction == "> Just a quotation."
    assert [(e.quote, e.attribution, e.section) for e in archive.epigraphs] == [("Read.", "Lena", "talks")]


def test_companion_code_is_found_and_stays_in_the_teaser():
    archive = parse("### Paper Report 1: A\n\nSee [code](https://github.com/facebookresearch/mae).\n")

    assert archive.reports[0].code_href == "https://github.com/facebookresearch/mae"
    assert "[code]" in archive.reports[0].teaser


@pytest.mark.parametrize(
    ("text", "expected"), [("### Paper Report 1: A", True), ("# Links\n\n[a](https://a.org)", False)]
)
def test_shape_is_recognised_by_its_headings(text, expected):
    assert looks_like_archive(text) is expected


@pytest.mark.parametrize(
    "text", ["", "\n\n", "no heading", "# \n## \n### ", "> a\n>\n> — b", "<img", "[a](", "---\ntitle: x\n---\n"]
)
def test_odd_text_never_raises(text):
    parse_archive(text)
