"""From the text of a document to what it holds: one function for all shapes."""

import re
from datetime import date

from papers.documents.archive import EntryKind, PresentationEntry, ReportEntry
from papers.documents.archive_parser import looks_like_archive, parse_archive
from papers.documents.dates import date_in_file_name
from papers.documents.days import find_day, is_day, year_in
from papers.documents.document import LIST_SHAPES, Document, DocumentSection, Shape
from papers.documents.entry_lines import as_document_link, outgoing
from papers.documents.exchange.files import is_exchange, read_exchange
from papers.documents.front_facts import (
    authors_in,
    changed_in,
    cover_in,
    day_in,
    is_draft,
    series_in,
    teaser_in,
    topics_in,
)
from papers.documents.front_matter import SETTINGS, FrontMatter
from papers.documents.front_papers import paper_title_in, told_papers, with_listed_papers
from papers.documents.front_schedule import schedule_table
from papers.documents.front_talks import fill_from_text, front_talk
from papers.documents.item_talks import with_dated_paragraphs
from papers.documents.list_reader import ListReader
from papers.documents.nodes import Node, Tree, read_tree
from papers.documents.outline import clean_text
from papers.documents.own_papers import MOST_PAPERS, name_above, only_paper, other_names, own_papers
from papers.documents.page_entries import announced_report, is_of_one_entry
from papers.documents.page_titles import TERMS, TITLES, title_of, title_of_name
from papers.documents.paper_links import is_paper, work_key
from papers.documents.parsing import all_links
from papers.documents.property_lines import read_properties
from papers.documents.shapes import is_meeting_like, recognise
from papers.documents.source import DocumentRefused, Source, check_limits, read_source
from papers.documents.talk_reader import TalkReader
from papers.documents.titled_lists import with_titled_lists
from papers.documents.years import year_of_name
from readinggroup.spool import Spool

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_NUMBER = re.compile(
    r"(?:collections?|links?|issue|no\.?|weekly|week|vol(?:ume)?\.?|edition|part|episode|digest|roundup|recap|newsletter)"
    r"\s*(?:[:–—-]\s*)?#?\s*(?P<number>\d{1,4}|[ivxlc]+)\s*(?:$|[:.–—(-])|#\s*(?P<hash>\d{1,4})\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"^\W*(?:created|date|published|posted|updated|written|erstellt|datum)\W", re.IGNORECASE)


def read_document(text: str, *, name: str = "", shape: Shape | None = None) -> Document:
    """Read a document that was called `name`. Raises DocumentRefused for one that cannot be read whole.

    `shape` forces how it is read; by default it is recognised.
    """
    try:
        return _read(text, name, shape)
    except RecursionError as error:
        raise DocumentRefused("Its brackets or marks are nested too deep to be read.") from error


def _read(text: str, name: str, shape: Shape | None) -> Document:
    text = clean_text(text)
    if is_exchange(text) and (document := _from_exchange(text)):
        return document
    source = read_source(text)
    return _read_source(source, read_tree(source), name, shape)


def read_head(front: FrontMatter, *, name: str = "") -> Document:
    """Read a document that is nothing but its front matter."""
    source = Source("", front)
    return _read_source(source, read_tree(source), name, None)


def _read_source(source: Source, tree: Tree, name: str, shape: Shape | None) -> Document:
    front = source.front_matter
    title, has_title = title_of(source, tree, name)
    tree.blocks = with_titled_lists(tree.blocks)
    is_one = is_of_one_entry(tree.blocks, title, has_title=has_title)
    if shape in {Shape.ARCHIVE, None} and not is_one and looks_like_archive(source.text):
        return _from_archive(source, tree)
    if shape in {Shape.ARCHIVE, Shape.SCHEDULE, None} and is_meeting_like(tree.blocks, title):
        tree.blocks = with_dated_paragraphs(tree.blocks)
    rows, is_forced = schedule_table(front), shape is not None
    if is_one:
        shape = shape or Shape.ARTICLE
    if shape is None:
        shape = (
            Shape.SCHEDULE
            if rows and not any(b.kind == "table" for b in tree.blocks)
            else recognise(tree.blocks, title, has_title=has_title, is_post=_is_post(front))
        )
        if shape in {Shape.READING_LIST, Shape.BACKLOG} and 0 < len(told_papers(front)) <= MOST_PAPERS:
            shape = Shape.ARTICLE  # notes on the paper that their head names
    document = Document(shape, title)
    _read_head(document, source, tree, name)
    talk = None if is_forced or shape == Shape.SCHEDULE else front_talk(front, document)
    blocks = _body(tree, document)
    if rows:
        blocks = [*blocks, rows]
    if talk:
        _read_talk(document, talk, source, blocks, name, has_title=has_title)
    elif shape in {Shape.ARCHIVE, Shape.SCHEDULE}:
        meeting_like = shape == Shape.SCHEDULE or is_meeting_like(blocks, title)
        reader = TalkReader(document, blocks, has_title=has_title, is_meeting_like=meeting_like)
        told = year_in(front.text(*TERMS, "academic_year", "year")) or year_of_name(name)
        reader.years.start(told, document.day)
        reader.read()
    elif shape in LIST_SHAPES:
        ListReader(document, blocks, has_title=has_title).read()
        document.introduction = "\n\n".join(filter(None, (teaser_in(front), document.introduction)))
    else:
        read_properties(document, blocks)
        _read_article(document, blocks, has_title=has_title)
        _as_report(document, source, blocks, name, has_title=has_title)
    _finish(document, source, tree, extra=[rows] if rows else [])
    return document


def _from_exchange(text: str) -> Document | None:
    """What the site wrote says itself what it is, and its letters are as they should be."""
    check_limits(text)
    document = read_exchange(text)
    if document is None:
        return None
    document.is_exchange = True
    tree = read_tree(Source(text))
    document.links = Spool(as_document_link(link) for link in all_links(tree.inlines()))
    return document


def _from_archive(source: Source, tree: Tree) -> Document:
    archive = parse_archive(source.text)
    title = source.front_matter.text(*TITLES) or archive.title
    document = Document(Shape.ARCHIVE, title, introduction=archive.introduction, epigraphs=archive.epigraphs)
    document.sections = [
        DocumentSection(s.name, s.line, body=s.introduction, anchor=s.anchor, aliases=s.aliases)
        for s in archive.sections
    ]
    document.presentations, document.reports = archive.presentations, archive.reports
    document.warnings = list(archive.warnings)
    told = {(warning.line, warning.reason) for warning in document.warnings}
    tree.warnings = [
        w
        for w in tree.warnings
        if (w.line, w.reason) not in told and "HTML comment" not in w.reason and "template tag" not in w.reason
    ]
    _finish(document, source, tree, extra=[])
    return document


def _is_post(front: FrontMatter) -> bool:
    """Whether the document is a page of a site, whose generator asks for a title."""
    return any(name in front.values for name in ("title", "layout"))


def _read_head(document: Document, source: Source, tree: Tree, name: str) -> None:
    front = source.front_matter
    document.author = ", ".join(authors_in(front))[:120]
    document.topics = [*topics_in(front), *tree.tags]
    math = front.flag("use_math", "math", "mathjax", "katex", "usemathjax")
    document.uses_math = True if math is None and not front.values else bool(math)
    document.is_draft = is_draft(front)
    document.day = day_in(front) or _day_in_name(name) or _day_in_html(tree) or changed_in(front)
    if match := _NUMBER.search(document.title):
        document.number = _number(match["number"] or match["hash"])


def _number(text: str | None) -> int | None:
    if not text:
        return None
    if text.isdigit():
        return int(text) or None
    values = [_ROMAN[letter] for letter in text.lower()]
    return sum(-v if any(after > v for after in values[n + 1 :]) else v for n, v in enumerate(values)) or None


def _day_in_name(name: str) -> date | None:
    try:
        return date_in_file_name(name)
    except ValueError:
        return None


def _day_in_html(tree: Tree) -> date | None:
    found = find_day(tree.day_text) if tree.day_text and is_day(tree.day_text) else None
    return found.day if found else None


def _body(tree: Tree, document: Document) -> list[Node]:
    """The blocks without a line that only dates the document."""
    kept = []
    for number, block in enumerate(tree.blocks):
        text = block.inline.plain if block.inline and block.kind == "paragraph" else ""
        dates = number < 5 and text and not (block.inline and block.inline.links) and len(text) < 60
        if dates and (is_day(text) or _DATED.match(text)) and (found := find_day(text)) and found.day:
            document.day = document.day or found.day
            if document.day == found.day:
                continue
        kept.append(block)
    return kept


def _read_article(document: Document, blocks: list[Node], *, has_title: bool) -> None:
    headings, lead = [block for block in blocks if block.kind == "heading" and block.inline], ""
    if headings and not has_title:
        title, headings = headings[0], headings[1:]
        blocks = [block for block in blocks if block is not title]
        lead = _links_in_title(title)
    document.sections = [DocumentSection(b.inline.plain, b.line, b.level) for b in headings if b.inline]
    texts = [f"{'#' * b.level} {b.inline.text}" if b.kind == "heading" and b.inline else b.source for b in blocks]
    document.body = "\n\n".join([lead, *texts] if lead else texts)


def _read_talk(
    document: Document, talk: PresentationEntry, source: Source, blocks: list[Node], name: str, *, has_title: bool
) -> None:
    """A page about one presentation; a longer text is a report beside it."""
    document.shape = Shape.ARCHIVE
    document.presentations.append(talk)
    _read_article(document, blocks, has_title=has_title)
    if fill_from_text(talk, blocks, document.body):
        _as_report(document, source, blocks, name, has_title=has_title)
        report = document.reports[-1]
        report.papers = report.papers or talk.papers[:1]
        report.kind = EntryKind.PAPER_REPORT if report.papers else report.kind
        report.title = talk.title or report.title


def _links_in_title(title: Node) -> str:
    """What a title links to, apart from badges and the paper that the text is about: a title is plain text."""
    links = outgoing(title.inline) if title.inline else []
    papers = {work_key(link.href) for link in links if is_paper(link.href)}
    kept = [link for link in links if not link.has_image and not (len(papers) == 1 and is_paper(link.href))]
    return ", ".join(title.inline.text[link.start : link.end] for link in kept if title.inline)


def _as_report(document: Document, source: Source, blocks: list[Node], name: str, *, has_title: bool) -> None:
    """A plain article is one report with the document as its text, on the paper that it names as its own, if any.

    Notes without a title are called as their paper.
    """
    announced = announced_report(document.title)
    papers = own_papers(source.front_matter, blocks, has_title=has_title)
    papers = papers or (only_paper(blocks) if announced else [])
    if papers and document.title == title_of_name(name):
        document.title = name_above(blocks) or papers[0].text or document.title
    kind = EntryKind.PAPER_REPORT if papers else EntryKind.ARTICLE
    entry = announced or ReportEntry(kind, document.title or "Untitled", 1, "")
    document.body = with_listed_papers(document.body, source.front_matter, papers[:1])
    document.further_papers = [link for link in told_papers(source.front_matter) if link not in papers]
    document.other_names = other_names(blocks, papers)
    entry.body, entry.papers = document.body, papers
    entry.whole_text = source.text
    if papers and (title := paper_title_in(source.front_matter)):
        entry.paper_title = title
    entry.topics, entry.cover = list(document.topics), cover_in(source.front_matter)
    entry.teaser = teaser_in(source.front_matter)
    _take_series(entry, source.front_matter)
    entry.reported_on, entry.author, entry.is_draft = document.day, document.author, document.is_draft
    entry.authors = authors_in(source.front_matter)
    document.reports.append(entry)


def _take_series(entry: ReportEntry, front: FrontMatter) -> None:
    """A numbered part of a series, or one more topic where nothing says which part it is."""
    series, part = series_in(front)
    if series and part and entry.part is None:
        entry.series_title, entry.part = series, part
    elif series:
        entry.topics.append(series)


def _finish(document: Document, source: Source, tree: Tree, *, extra: list[Node]) -> None:
    """What is the same for all shapes: links, reference definitions nobody used, unused front matter, warnings."""
    found = all_links(inline for block in [*extra, *tree.blocks] for inline in block.inlines())
    document.links = Spool(as_document_link(link) for link in found)
    front = source.front_matter
    for name, value in front.values.items():
        is_used = name in front.used or name in SETTINGS or name in TITLES
        told = [part for part in value.values() if part] if isinstance(value, dict) else value
        if not is_used and told not in (None, "", [], False, True):
            document.warn(front.line_of(name), f"{name}: {value}"[:200], "this line of the front matter was not used")
    document.warnings += source.warnings + tree.warnings
    document.warnings.sort(key=lambda warning: warning.line)
