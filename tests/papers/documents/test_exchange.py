"""The site's own Markdown: whatever is written is read back as it was, and reads well in between."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers.documents.archive import EntryKind, Epigraph, PresentationEntry, ReportEntry, SessionEntry, Stated
from papers.documents.document import Document, DocumentEntry, DocumentLink, DocumentSection, Shape
from papers.documents.exchange.files import write_document
from papers.documents.exchange.inline import read_line, write_line, write_link, write_linked
from papers.documents.figures import Figure
from papers.documents.links import TextLink
from papers.documents.reading import read_document

_ODD = "*_`[]()<>\\#&;:!|~$-+=.1 2\"'{}^éß中🦉"
_LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="\ufeff")
WORDS = st.text(st.sampled_from(_ODD) | _LETTERS, max_size=40).map(str.strip)
TITLES = WORDS.filter(bool)
_SNIPPETS = [
    "## A heading",
    "- an item",
    "  - **Year:** 1999",
    "<!-- text -->",
    "<!-- /text -->",
    "<!-- ~text -->",
    "---",
    "> quoted\n>\n> — Somebody",
    "```python\nx = 1",
    "\tcode by a tab",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a [link](https://example.org/a) in words",
    "<https://example.org/b>",
    "### Presentation 3: not one",
    "",
]
TEXTS = st.lists(st.sampled_from(_SNIPPETS) | WORDS, max_size=6).map("\n".join).map(lambda text: text.strip("\n"))
TEXTS = TEXTS.map(lambda text: text if text.strip() else "")
ADDRESSES = st.sampled_from(
    [
        "https://arxiv.org/abs/1706.03762",
        "https://example.org/a (b) c",
        "https://example.org/x_y_z?a=1&lt;=2&copy;#f",
        "../notes/other file.md",
        "https://example.org/\\<odd>",
        "https://example.org/ü",
    ]
)
MAIN = st.builds(lambda href, text: DocumentLink(href, text, 0, True), ADDRESSES, WORDS)
MENTIONED = st.builds(lambda href, text: DocumentLink(href, text, 0, False), ADDRESSES, TITLES)
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
FIRST, LAST = datetime.fromisoformat("1990-01-01 00:00"), datetime.fromisoformat("2090-01-01 00:00")
MINUTES = st.datetimes(FIRST, LAST).map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def entries(draw, sections: int) -> DocumentEntry:
    entry = DocumentEntry(draw(WORDS), 0, draw(st.none() | st.integers(0, sections - 1)) if sections else None)
    entry.number = draw(st.none() | st.integers(1, 9999))
    entry.commentary, entry.year = draw(TEXTS), draw(st.none() | st.integers(1000, 2100))
    entry.people, entry.organisations = draw(WORDS), draw(WORDS)
    links = draw(st.lists(MAIN, max_size=3))
    if draw(st.booleans()) and links:
        # As most keepers do: the title is the text of the link.
        entry.title = links[0].text
    entry.links = links
    return entry


@st.composite
def lists(draw) -> Document:
    shape = draw(st.sampled_from([Shape.COLLECTION, Shape.READING_LIST, Shape.BACKLOG]))
    document = Document(shape, draw(TITLES), draw(st.none() | st.integers(1, 9999)), draw(DAYS), draw(WORDS))
    document.topics = draw(st.lists(TITLES, max_size=3, unique=True))
    document.uses_math, document.is_draft = draw(st.booleans()), draw(st.booleans())
    document.introduction, document.outro = draw(TEXTS), draw(TEXTS)
    for index in range(draw(st.integers(0, 5))):
        parent = draw(st.none() | st.integers(0, index - 1)) if index else None
        level = document.sections[parent].level + 1 if parent is not None else 2
        document.sections.append(DocumentSection(draw(TITLES), 0, level, parent, draw(TEXTS)))
    document.entries = [draw(entries(len(document.sections))) for _ in range(draw(st.integers(0, 5)))]
    return document


def tree_of(document: Document) -> list:
    """Sections in reading order with what is in them, lines and places in the file apart."""

    def inside(section: int | None) -> list:
        return [without_lines(entry) for entry in document.entries if entry.section == section]

    def branch(parent: int | None) -> list:
        return [
            (section.heading, section.body, inside(index), branch(index))
            for index, section in enumerate(document.sections)
            if section.parent == parent
        ]

    return [inside(None), branch(None)]


def without_lines(entry: DocumentEntry) -> DocumentEntry:
    links = [replace(link, line=0) for link in entry.links if link.is_main]
    return replace(entry, line=0, section=None, links=links)


@settings(max_examples=300, deadline=None)
@given(lists())
def test_every_list_comes_back(document):
    back = read_document(write_document(document))
    assert tree_of(back) == tree_of(document)
    for name in ("shape", "title", "number", "day", "author", "topics", "uses_math", "is_draft"):
        assert getattr(back, name) == getattr(document, name), name
    assert (back.introduction, back.outro) == (document.introduction, document.outro)
    assert back.warnings == []


@settings(max_examples=100, deadline=None)
@given(lists())
def test_what_came_back_is_written_the_same(document):
    """Links that commentary shows are told by it alone, so they neither vanish nor double."""
    once = write_document(read_document(write_document(document)))
    assert write_document(read_document(once)) == once


@given(TITLES, st.lists(st.builds(TextLink, ADDRESSES, WORDS), max_size=4))
def test_line_with_links_comes_back(words, links):
    written, left = write_linked(words, links)
    line = read_line(written)
    assert line.words == words
    assert [*line.links, *left] == links


@given(WORDS)
def test_words_mean_nothing_to_markdown(words):
    html = MarkdownIt("commonmark").render(write_line(words))
    assert "<em>" not in html
    assert "<h1>" not in html
    assert "<a " not in html
    assert read_line(write_line(words)).words == words


@given(ADDRESSES, TITLES)
def test_github_sees_the_same_link(href, text):
    (inline,) = MarkdownIt("commonmark").parseInline(write_link(TextLink(href, text)))
    opened = next(token for token in inline.children if token.type == "link_open")
    assert opened.attrGet("href").replace("%20", " ").startswith(href[:20])


@st.composite
def talks(draw) -> PresentationEntry:
    talk = PresentationEntry(draw(WORDS), 0, "", draw(st.none() | st.integers(1, 9999)), draw(TEXTS))
    talk.papers = [TextLink(link.href, link.text) for link in draw(st.lists(MAIN, max_size=3))]
    talk.presenters, talk.topics = draw(st.lists(TITLES, max_size=3)), draw(st.lists(TITLES, max_size=2))
    talk.held_on, talk.session_starts_at = draw(DAYS), draw(st.none() | MINUTES)
    talk.status = draw(st.sampled_from(["", "claimed", "cancelled"]))
    talk.is_cancelled = talk.status == "cancelled"
    talk.slides = draw(st.sampled_from([Stated.NONE, Stated.EXPECTED, Stated.WITHHELD, Stated.AVAILABLE]))
    talk.slides_reason = draw(WORDS)
    if talk.slides == Stated.AVAILABLE:
        talk.slides_href = draw(st.sampled_from(["", "slides/3-deck.pdf", "https://example.org/s.pdf"]))
        talk.more_slides = ["https://example.org/2.pdf"] if talk.slides_href and draw(st.booleans()) else []
    talk.recording = Stated.AVAILABLE if draw(st.booleans()) else Stated.NONE
    if talk.recording == Stated.AVAILABLE:
        talk.recording_href, talk.recording_title = "https://www.youtube.com/watch?v=dQw4w9WgXcQ", draw(WORDS)
    talk.is_for_members = draw(st.booleans())
    return talk


@st.composite
def archives(draw) -> Document:
    document = Document(Shape.ARCHIVE, draw(TITLES), introduction=draw(TEXTS))
    for index, heading in enumerate(draw(st.lists(st.sampled_from(["Reading Group Talks", "Reports", "Odds"])))):
        section = DocumentSection(heading, 0, body=draw(TEXTS), aliases=("old",) if draw(st.booleans()) else ())
        base = heading.lower().replace(" ", "-")
        earlier = [s.heading for s in document.sections[:index]].count(heading)
        section.anchor = f"{base}-{earlier}" if earlier else base
        document.sections.append(section)
    if draw(st.booleans()):
        place = document.sections[-1].anchor if document.sections else ""
        document.epigraphs.append(Epigraph("To read is to travel.\n\nFar.", "Nobody, *Nowhere*", place, 0))
    document.presentations = draw(st.lists(talks(), max_size=4))
    for starts_at in draw(st.lists(MINUTES, max_size=2, unique=True)):
        session = SessionEntry(starts_at, starts_at, "Europe/Berlin", 0, draw(WORDS), draw(WORDS), draw(WORDS))
        session.notes, session.is_for_members, session.status = draw(TEXTS), draw(st.booleans()), "held"
        document.sessions.append(session)
    document.contents = [TextLink("lists/a.md", draw(TITLES))]
    return document


@settings(max_examples=200, deadline=None)
@given(archives())
def test_every_archive_comes_back(document):
    back = read_document(write_document(document))

    def talks_of(one: Document) -> list:
        titles = {"recording": ""}
        return [
            replace(t, line=0, section="", recording_title=titles.get(t.recording_title, t.recording_title))
            for t in one.presentations
        ]

    assert talks_of(back) == talks_of(document)
    assert [replace(s, line=0) for s in back.sessions] == document.sessions
    assert [replace(s, line=0, level=1) for s in back.sections] == document.sections
    assert [replace(e, line=0) for e in back.epigraphs] == document.epigraphs
    assert (back.title, back.introduction) == (document.title, document.introduction)
    assert back.warnings == []


@settings(max_examples=200, deadline=None)
@given(TITLES, TEXTS, TEXTS, TEXTS, DAYS, st.lists(TITLES, max_size=2), st.sampled_from(list(EntryKind)[1:]))
def test_every_report_comes_back(title, body, teaser, epigraph, day, authors, kind):
    report = ReportEntry(kind, title, 1, "", 4, 2, teaser=teaser, reported_on=day, body=body, is_unfinished=True)
    report.series_title, report.paper_title, report.epigraph = title, title, epigraph
    report.authors, report.topics, report.home_href = authors, ["Vision"], ""
    report.cover = Figure("pictures/a b.webp", 1, 600, title)
    report.papers = [TextLink("https://arxiv.org/abs/1706.03762")]
    back = read_document(write_document(Document(Shape.ARTICLE, title, reports=[report])))
    assert back.reports == [report]


def test_list_reads_well_on_github():
    document = Document(Shape.READING_LIST, "Tools", day=date(2026, 3, 1))
    document.sections.append(DocumentSection("Frameworks", 0, 2, body="Start here."))
    links = [DocumentLink("https://pytorch.org", "Pytorch", 0, True), DocumentLink("https://jax.dev", "Jax", 0, True)]
    entry = DocumentEntry("Pytorch and Jax", 0, 0, None, "Both are fine.", links, 2016)
    document.entries.append(entry)
    assert write_document(document) == (
        "---\nreadinggroup: reading list\ntitle: Tools\ndate: 2026-03-01\n---\n\n"
        "# Tools\n\n## Frameworks\n\nStart here.\n\n"
        "- [Pytorch](https://pytorch.org) and [Jax](https://jax.dev)\n  - **Year:** 2016\n\n  Both are fine.\n"
    )


def test_file_changed_by_hand_is_read_as_far_as_it_goes():
    text = write_document(Document(Shape.READING_LIST, "Tools"))
    text += "\n- [A new one](https://example.org) \n  said without a blank line\n\nLoose words.\n"
    document = read_document(text)
    assert [(entry.title, entry.commentary) for entry in document.entries] == [
        ("A new one", "said without a blank line")
    ]
    assert document.introduction == "Loose words."


@pytest.mark.parametrize("kind", ["poem", "", "[]", "schedule table"])
def test_file_of_unknown_kind_is_read_as_any_other(kind):
    items = "- [One](https://example.org)\n- [Two](https://example.com)\n"
    document = read_document(f"---\nreadinggroup: {kind}\n---\n\n# Reading list\n\n{items}")
    assert [entry.title for entry in document.entries] == ["One", "Two"]


def test_address_that_is_the_title_and_stands_below_comes_back_once_each():
    entry = DocumentEntry("https://example.org/a_b", 1, commentary="See https://example.org/a_b again")
    entry.links = [DocumentLink("https://example.org/a_b", "", 1, is_main=True) for _ in range(2)]
    document = Document(Shape.READING_LIST, "List", entries=[entry])
    (back,) = read_document(write_document(document)).entries
    assert [(link.href, link.is_main) for link in back.links] == [("https://example.org/a_b", True)] * 2
