import pytest
from pygments.lexers import get_lexer_by_name

from readinggroup.markdown import reading_minutes, render_markdown, summarise, table_of_contents
from readinggroup.markdown.code_css import code_css
from readinggroup.markdown.highlighting import LANGUAGES


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("~~a~~", "<p><s>a</s></p>\n"),
        (
            "https://arxiv.org/abs/1706.03762",
            '<p><a href="https://arxiv.org/abs/1706.03762" rel="noopener nofollow ugc">https://arxiv.org/abs/1706.03762</a></p>\n',
        ),
        ("see arxiv-sanity.org... later", "<p>see arxiv-sanity.org... later</p>\n"),
        ("a <!-- hidden --> b", "<p>a  b</p>\n"),
        ("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n"),
    ],
)
def test_markdown_becomes_html(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize(
    ("source", "levels"),
    [("# a\n## b", "23"), ("## a\n### b", "23"), ("# a\n#### b", "23"), ("### a\n###### b\n# c", "232")],
)
def test_headings_stand_below_the_page_title_without_gaps(source, levels):
    html = render_markdown(source)
    assert "".join(str(heading.level) for heading in table_of_contents(html, deepest=6)) == levels
    assert "<h1" not in html


def test_two_texts_on_one_page_keep_their_anchors_apart():
    first, second = (render_markdown("# a\n\nb[^1]\n\n[^1]: c", id_prefix=prefix) for prefix in ("one-", "two-"))
    assert 'id="one-section-a"' in first
    assert 'href="#one-note-1"' in first
    assert 'id="two-section-a"' in second
    assert 'id="two-note-ref-1"' in second


def test_equal_headings_get_anchors_of_their_own():
    anchors = [heading.anchor for heading in table_of_contents(render_markdown("# a\n\n# a\n\n# a\n\n# a-2"))]
    assert len(set(anchors)) == 4


def test_link_to_a_heading_of_the_text_finds_it():
    html = render_markdown("[x](#Reading-Group)\n\n# Reading Group")
    assert 'href="#section-reading-group"' in html
    assert 'id="section-reading-group"' in html


def test_picture_alone_with_a_title_is_a_figure_with_its_width():
    html = render_markdown('![A net](/a.webp "The net, $x$"){width="60%"}')
    assert html.startswith('<figure><img src="/a.webp" alt="A net"')
    assert 'class="width-60"' in html
    assert "<figcaption>The net, <math>" in html


@pytest.mark.parametrize(
    ("width", "name"),
    [
        ("60%", "width-60"),
        ("500", "width-70"),
        ("500px", "width-70"),
        ("1000", "width-100"),
        ("3%", "width-10"),
        ("999%", "width-100"),
    ],
)
def test_pasted_img_tag_keeps_its_width(width, name):
    assert f'class="{name}"' in render_markdown(f'<img src="a.png" width="{width}"/>')


def test_uploaded_picture_leaves_room_for_itself():
    assert 'width="1200" height="800"' in render_markdown(f"![x](/reports/images/{'a' * 32}-1200x800.webp)")


def test_code_is_coloured_by_class_and_unknown_languages_are_plain():
    assert '<span class="k">def</span>' in render_markdown("```python\ndef f(): pass\n```")
    assert "<span" not in render_markdown("```brainfuck\n+++<>\n```")


@pytest.mark.parametrize("name", sorted(set(LANGUAGES.values())))
def test_every_language_is_known_to_pygments(name):
    assert get_lexer_by_name(name)


def test_code_colours_are_the_committed_ones(project_dir):
    assert (project_dir / "static/css/code.css").read_text() == code_css(), "Run manage.py build_code_css"


def test_table_scrolls_by_keyboard_and_aligns_by_class():
    html = render_markdown("|a|b|\n|:--|--:|\n|1|2|")
    assert '<div class="table-scroll" role="region" aria-label="Table" tabindex="0">' in html
    assert '<td class="align-right">2</td>' in html


def test_footnotes_can_be_followed_there_and_back():
    html = render_markdown("a[^x] b[^x]\n\n[^x]: note")
    assert 'href="#note-1" id="note-ref-1"' in html
    assert 'id="note-ref-1-1"' in html
    assert 'href="#note-ref-1"' in html
    assert 'href="#note-ref-1-1"' in html


def test_summary_is_plain_text_without_headings_and_notes():
    assert summarise("# Title\n\nSome **bold** [link](x).[^1]\n\n[^1]: Note") == "Some bold link."
    assert summarise("word " * 100, words=3) == "word word word…"


def test_reading_time_counts_words_and_formulas():
    assert reading_minutes("") == 1
    assert reading_minutes(render_markdown("word " * 1000)) == 5
    assert reading_minutes(render_markdown("$x$ " * 100)) == 6
