"""Lists and reports as documents, ready to be written as Markdown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings

from papers.documents.archive import EntryKind, ReportEntry
from papers.documents.document import Document, DocumentSection, Shape
from papers.documents.exchange.files import write_document
from papers.documents.figures import Figure
from papers.documents.links import TextLink
from papers.models import ReadingList, Report, ReportImage
from papers.queries.reading_lists import outline_of
from papers.services.importing import REPORT_KINDS
from papers.services.importing_lists import KINDS, entry_of
from papers.services.paper_addresses import paper_address

_SHAPES = {kind: shape for shape, kind in KINDS.items()}
_ENTRY_KINDS: dict[Any, EntryKind] = {kind: entry_kind for entry_kind, kind in REPORT_KINDS.items()}
_OWN_IMAGE = re.compile(r"(?<=\()/reports/images/(?P<name>[\w.-]+)(?=[)\s])")


@dataclass
class ExportedFile:
    """A file of an export: text, or a file of the storage that `field` names."""

    name: str
    text: str = ""
    stored: Any = None


@dataclass
class Export:
    """A Markdown text and the pictures it shows, by the names that it gives them."""

    text: str
    pictures: list[ExportedFile] = field(default_factory=list)


def export_list(reading_list: ReadingList) -> str:
    """A list as Markdown; best fetched with `for_page()`."""
    return write_document(list_document(reading_list))


def export_report(report: Report, *, folder: str | None = None) -> Export:
    """A report as Markdown. With `folder`, its pictures are named inside it; without, by their addresses on the web."""
    entry = report_entry(report)
    pictures: list[ExportedFile] = []
    if report.cover:
        src = settings.SITE_URL + report.cover.url
        if folder is not None:
            picture = ExportedFile(f"{folder}/cover-{report.pk}{PurePosixPath(report.cover.name or '').suffix}")
            picture.stored, src = report.cover, picture.name
            pictures.append(picture)
        entry.cover = Figure(src, 1, report.cover_display_width, report.cover_alt)
    elif report.cover_alt or report.cover_display_width:
        entry.cover = Figure("", 1, report.cover_display_width, report.cover_alt)
    entry.body, more = _with_pictures(entry.body, folder)
    document = Document(Shape.ARTICLE, report.title, reports=[entry])
    return Export(write_document(document), pictures + more)


def list_document(reading_list: ReadingList) -> Document:
    """What the list holds, sections before those inside them."""
    outline = outline_of(reading_list)
    document = Document(
        _SHAPES[ReadingList.Kind(reading_list.kind)],
        reading_list.title,
        slug=reading_list.slug,
        number=reading_list.number,
        day=reading_list.dated_on,
        author=reading_list.keeper_name,
        topics=[topic.name for topic in reading_list.topics.all()],
        uses_math=reading_list.uses_math,
        is_draft=not reading_list.is_public,
        introduction=reading_list.intro,
        outro=reading_list.outro,
    )
    document.entries.extend(entry_of(row) for row in outline.entries)
    places: dict[int, int] = {}
    for node in outline.walk():
        section, index = node.section, len(document.sections)
        places[section.pk] = index
        parent = places.get(section.parent_id or 0)
        document.sections.append(DocumentSection(section.heading, 0, node.level, parent, section.body, section.anchor))
        document.entries.extend(entry_of(row, index) for row in node.entries)
    return document


def report_entry(report: Report) -> ReportEntry:
    """What a document says of a report, with all that only the site's own documents say."""
    paper = paper_address(report.paper) if report.paper else ""
    return ReportEntry(
        _ENTRY_KINDS[Report.Kind(report.kind)],
        report.title,
        1,
        "",
        report.number,
        part=report.part,
        teaser=report.teaser,
        papers=[TextLink(paper)] if paper else [],
        code_href=report.code_url,
        reported_on=report.dated_on,
        body=report.body,
        is_draft=report.status == Report.Status.DRAFT,
        is_unfinished=report.status == Report.Status.WORK_IN_PROGRESS,
        series_title=report.series_title,
        paper_title=report.paper_title,
        epigraph=report.epigraph,
        authors=report.author_names,
        topics=[topic.name for topic in report.topics.all()],
        period_ends_on=report.period_ends_on,
        home_href=report.canonical_url,
        slug=report.slug,
    )


def exported_papers_files(reports: Any, lists: Any) -> Iterator[ExportedFile]:
    """The files of reports and lists, one after the other, each report with its pictures."""
    for report in (
        reports.with_authors()
        .select_related("paper")
        .prefetch_related("topics", "paper__identifiers")
        .iterator(chunk_size=50)
    ):
        export = export_report(report, folder="pictures")
        yield ExportedFile(report_file(report), export.text)
        for picture in export.pictures:
            yield ExportedFile(f"reports/{picture.name}", stored=picture.stored)
    for pk in lists.values_list("pk", flat=True):
        reading_list = ReadingList.objects.for_page().get(pk=pk)
        yield ExportedFile(list_file(reading_list), export_list(reading_list))


def report_file(report: Report) -> str:
    return f"reports/{report.slug}.md"


def list_file(reading_list: ReadingList) -> str:
    return f"lists/{reading_list.slug}.md"


def _with_pictures(body: str, folder: str | None) -> tuple[str, list[ExportedFile]]:
    """The text with the addresses of pictures that are kept here written so that they lead somewhere elsewhere."""
    if folder is None:
        return _OWN_IMAGE.sub(lambda match: settings.SITE_URL + match[0], body), []
    names = {match["name"] for match in _OWN_IMAGE.finditer(body)}
    found = {image.name: image for image in ReportImage.objects.filter(name__in=names)}
    pictures = [ExportedFile(f"{folder}/{name}", stored=image.file) for name, image in sorted(found.items())]

    def inside(match: re.Match[str]) -> str:
        return f"{folder}/{match['name']}" if match["name"] in found else match[0]

    return _OWN_IMAGE.sub(inside, body), pictures
