"""A whole file of the site's own Markdown: front matter and body, out and in."""

import re
from datetime import date
from typing import Any

import yaml

from papers.documents.archive import EntryKind, ReportEntry
from papers.documents.document import LIST_SHAPES, Document, Shape
from papers.documents.exchange.archive import read_archive, write_archive
from papers.documents.exchange.blocks import Lines, join_blocks
from papers.documents.exchange.inline import one_line
from papers.documents.exchange.lists import read_list, write_list
from papers.documents.figures import Figure
from papers.documents.front_matter import FrontMatter, read_front_matter
from papers.documents.links import TextLink

#: What the front matter calls the format.
FORMAT = "readinggroup"
_OURS = re.compile(rf"\A---\n(?:[^\n]*\n){{0,3}}?{FORMAT}: ")
_FILE_SHAPES = {Shape.ARCHIVE, Shape.ARTICLE, *LIST_SHAPES}


def write_document(document: Document) -> str:
    """The Markdown of an archive, a list or a report, which `read_exchange` turns into an equal document."""
    if document.shape in LIST_SHAPES:
        return _front(document.shape, _list_head(document)) + write_list(document)
    if document.shape == Shape.ARTICLE:
        (report,) = document.reports
        body = report.body.replace("\r\n", "\n").strip("\n")
        return _front(document.shape, _report_head(report)) + join_blocks([f"# {one_line(report.title)}", body])
    head = {"title": document.title, "aliases": {s.anchor: list(s.aliases) for s in document.sections if s.aliases}}
    return _front(document.shape, head) + write_archive(document)


def is_exchange(text: str) -> bool:
    """Whether the site wrote this; expects Unix line ends."""
    return bool(_OURS.match(text))


def read_exchange(text: str) -> Document | None:
    """Read what `write_document` wrote, perhaps changed by hand since; None for a text of another kind."""
    lines = text.split("\n")
    front, length = read_front_matter(lines)
    shape = next((shape for shape in _FILE_SHAPES if front.text(FORMAT) == str(shape)), None)
    if shape is None:
        return None
    front.used = set(front.values)
    document = Document(shape, front.text("title"))
    body = Lines(lines[length:], first=length + 1)
    if shape in LIST_SHAPES:
        _read_list_head(document, front)
        read_list(document, body)
    elif shape == Shape.ARTICLE:
        document.reports.append(_read_report(front, lines[length:]))
    else:
        read_archive(document, body, aliases=_mapping(front.values.get("aliases")))
    document.warnings += front.warnings
    return document


def _front(shape: Shape, head: dict[str, Any]) -> str:
    """Front matter with what has a value; a file has a line for its format whatever else is in it."""
    values = {FORMAT: str(shape), **{name: value for name, value in head.items() if value not in (None, "", [], {})}}
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{text}---\n\n"


def _list_head(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "slug": document.slug,
        "number": document.number,
        "date": document.day,
        "author": document.author,
        "topics": list(document.topics),
        # Only what is unusual is said.
        "math": None if document.uses_math else False,
        "draft": True if document.is_draft else None,
    }


def _read_list_head(document: Document, front: FrontMatter) -> None:
    document.slug = front.text("slug")
    document.number = _whole(front.values.get("number"))
    document.day = _day(front.values.get("date"))
    document.author = front.text("author")
    document.topics = _words(front.values.get("topics"))
    document.uses_math = front.flag("math") is not False
    document.is_draft = bool(front.flag("draft"))


def _report_head(report: ReportEntry) -> dict[str, Any]:
    return {
        "kind": str(report.kind),
        "number": report.number,
        "title": report.title,
        "slug": report.slug,
        "series": report.series_title,
        "part": report.part,
        "paper": report.papers[0].href if report.papers else None,
        "paper_title": report.paper_title,
        "authors": list(report.authors),
        "date": report.reported_on,
        "until": report.period_ends_on,
        "topics": list(report.topics),
        "status": "draft" if report.is_draft else "work in progress" if report.is_unfinished else None,
        "code": report.code_href,
        "home": report.home_href,
        "cover": report.cover.src if report.cover else None,
        "cover_alt": report.cover.alt if report.cover else None,
        "cover_width": report.cover.width if report.cover else None,
        "epigraph": _plain_text(report.epigraph),
        "teaser": _plain_text(report.teaser),
    }


def _plain_text(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n")


def _read_report(front: FrontMatter, lines: list[str]) -> ReportEntry:
    kind = next((kind for kind in EntryKind if front.text("kind") == str(kind)), EntryKind.ARTICLE)
    body = "\n".join(lines).strip("\n")
    title = front.text("title") or "Untitled"
    first, _, rest = body.partition("\n")
    if first.removeprefix("# ") == one_line(title):
        body = rest.strip("\n")
    entry = ReportEntry(kind, title, 1, "", _whole(front.values.get("number")), body=body)
    entry.slug = front.text("slug")
    entry.series_title, entry.part = front.text("series"), _whole(front.values.get("part"))
    entry.papers = [TextLink(front.text("paper"))] if front.text("paper") else []
    entry.paper_title, entry.epigraph = front.text("paper_title"), _string(front.values.get("epigraph"))
    entry.authors, entry.topics = _words(front.values.get("authors")), _words(front.values.get("topics"))
    entry.reported_on, entry.period_ends_on = _day(front.values.get("date")), _day(front.values.get("until"))
    entry.is_draft = front.text("status") == "draft"
    entry.is_unfinished = front.text("status") == "work in progress"
    entry.code_href, entry.home_href = front.text("code"), front.text("home")
    entry.teaser = _string(front.values.get("teaser"))
    src, alt, width = front.text("cover"), front.text("cover_alt"), _whole(front.values.get("cover_width"))
    if src or alt or width:
        entry.cover = Figure(src, 1, width, alt)
    return entry


def _string(value: Any) -> str:
    return "" if value is None else str(value)


def _words(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if one not in (None, "")]


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**9 else None


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _mapping(value: Any) -> dict[str, list[str]]:
    return {str(name): _words(words) for name, words in value.items()} if isinstance(value, dict) else {}
