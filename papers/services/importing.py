"""Bringing Markdown documents in: what every loader shares, and the reports and articles of an archive.

A row made from a document carries an `import_key`, "<document>#<entry>", where the document is named by its file name
and title and the entry by its kind and number, or kind and title where it has no number. A second import finds the row
by this key and leaves it as it is, whatever a person changed in it since; only a file that was missing before (a body,
a cover, a deck) is added when it has turned up. A row without a key that has the same kind, number and title is the
same entry, and gets the key.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from papers.documents.archive import Archive, EntryKind, ReportEntry
from papers.documents.links import find_links
from papers.documents.outline import clean_text
from papers.documents.warnings import DocumentWarning
from papers.models import ImportedDocument, Paper, Report
from papers.services.papers import NotAnIdentifier, add_paper
from readinggroup.images import ImageRefused, accept_image
from readinggroup.markdown import render_markdown
from readinggroup.models import Member

MAX_FILE_BYTES = 50 * 1024 * 1024
REPORT_KINDS = {
    EntryKind.PAPER_REPORT: Report.Kind.PAPER,
    EntryKind.BOOK_REPORT: Report.Kind.BOOK,
    EntryKind.RECENT_PAPER: Report.Kind.RECENT,
    EntryKind.ARTICLE: Report.Kind.ARTICLE,
}


@dataclass
class ImportRun:
    """One import as it goes: where the document comes from, and what has been done with it so far.

    `folder` is where files named relatively are looked for (None: nowhere); `base_url` is the address of the document
    on the web, from which relative addresses can be completed.
    """

    key: str
    folder: Path | None = None
    base_url: str = ""
    imported_by: Member | None = None
    dry_run: bool = False
    title: str = ""
    added: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    warnings: list[DocumentWarning] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def warn(self, line: int, kept: str, reason: str) -> None:
        self.warnings.append(DocumentWarning(line, kept, reason))

    def entry_key(self, kind: str, number: int | None, title: str) -> str:
        """The `import_key` of an entry; a second entry of the same name in one document gets a key of its own."""
        base = key = f"{self.key}#{slugify(kind)}-{number or slugify(title)[:120] or 'untitled'}"
        count = 1
        while key in self.keys:
            count += 1
            key = f"{base}-again-{count}"
        self.keys.add(key)
        return key

    def address(self, href: str) -> str:
        """The whole address of `href`, or "" when it is relative and the document's own address is unknown."""
        if urlsplit(href).scheme in {"http", "https"}:
            return href
        return urljoin(self.base_url, href) if self.base_url else ""

    def read_file(self, href: str) -> bytes | None:
        """The bytes of a file beside the document, or None when it is not there, too large, or outside the folder."""
        if self.folder is None or not href or urlsplit(href).scheme or urlsplit(href).netloc:
            return None
        folder = self.folder.resolve()
        try:
            path = (folder / unquote(urlsplit(href).path).lstrip("/")).resolve()
            if not path.is_relative_to(folder) or not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
                return None
            return path.read_bytes()
        except (OSError, ValueError):
            # A name too long for the file system, or with a NUL in it.
            return None


def document_key(name: str, title: str) -> str:
    """How a document is known again: by its file name and its title, not by the folder it lay in."""
    return f"{slugify(Path(name).stem)[:80]}/{slugify(title)[:100]}"


def keep_document(archive: Archive, *, source: str, run: ImportRun) -> None:
    """Remember the document itself, with its introduction, sections and epigraphs."""
    outline = {
        "sections": [asdict(section) for section in archive.sections],
        "epigraphs": [asdict(epigraph) for epigraph in archive.epigraphs],
    }
    _, created = ImportedDocument.objects.get_or_create(
        key=run.key,
        defaults={
            "shape": "reading-group archive",
            "title": archive.title[:300],
            "source": clean_text(source),
            "introduction": archive.introduction,
            "introduction_html": render_markdown(archive.introduction),
            "outline": outline,
            "imported_by": run.imported_by,
        },
    )
    (run.added if created else run.unchanged)["document"] += 1


def import_reports(archive: Archive, *, run: ImportRun) -> None:
    """Add the reports and articles of `archive` that are not here yet, oldest first so that newer rows come later."""
    with transaction.atomic():
        for entry in reversed(archive.reports):
            _import_report(entry, run)


def import_paper(href: str, *, title: str, run: ImportRun) -> Paper | None:
    """The Paper behind a link, None when it names none; a new one is called `title` until its source answers."""
    try:
        paper, created = add_paper(href, added_by=run.imported_by)
    except NotAnIdentifier as error:
        run.warn(0, href, str(error))
        return None
    if created and title and not paper.title:
        paper.title = title[:600]
        paper.save(update_fields=["title"])
    (run.added if created else run.unchanged)["paper"] += 1
    return paper


def _import_report(entry: ReportEntry, run: ImportRun) -> None:
    key = run.entry_key(entry.kind, entry.number, _whole_title(entry))
    report = Report.objects.filter(import_key=key).first() or _same_report(entry, key)
    if report is None:
        report = _create_report(entry, key, run)
        run.added[entry.kind] += 1
    else:
        run.unchanged[entry.kind] += 1
    _add_missing_files(report, entry, run)


def _same_report(entry: ReportEntry, key: str) -> Report | None:
    if entry.number is None:
        return None
    kind = REPORT_KINDS[entry.kind]
    report = Report.objects.filter(kind=kind, number=entry.number, title__iexact=entry.title, import_key=None).first()
    if report is not None:
        Report.objects.filter(pk=report.pk).update(import_key=key)
    return report


def _create_report(entry: ReportEntry, key: str, run: ImportRun) -> Report:
    kind = REPORT_KINDS[entry.kind]
    number, part = entry.number, entry.part
    if number and Report.objects.filter(kind=kind, number=number).exists():
        run.warn(entry.line, f"{entry.kind} {number}", "this number is taken; the report was added without one")
        number = None
    if part and Report.objects.filter(series_title=entry.title, part=part).exists():
        run.warn(entry.line, f"part {part}", "this part is taken; the report was added without its place in the series")
        part = None
    report = Report.objects.create(
        kind=kind,
        number=number,
        title=_whole_title(entry)[:300],
        series_title=entry.title[:300] if part else "",
        part=part,
        paper=_paper_of(entry, run),
        paper_title=entry.title[:600] if entry.kind in {EntryKind.PAPER_REPORT, EntryKind.RECENT_PAPER} else "",
        teaser=entry.teaser,
        teaser_html=render_markdown(entry.teaser),
        cover_alt=_cover_alt(entry)[:300],
        cover_display_width=entry.cover.width if entry.cover else None,
        code_url=entry.code_href[:500],
        canonical_url=run.address(entry.body_href)[:500],
        status=Report.Status.WORK_IN_PROGRESS,
        dated_on=entry.reported_on,
        import_key=key,
    )
    if run.imported_by:
        report.credits.create(member=run.imported_by)
    return report


def _whole_title(entry: ReportEntry) -> str:
    return f"{entry.title}: {entry.part_title}" if entry.part_title else entry.title


def _cover_alt(entry: ReportEntry) -> str:
    """What the document says about the cover, or at least what it belongs to."""
    if entry.cover is None:
        return ""
    return entry.cover.alt or f"Figure for “{_whole_title(entry)}”"


def _paper_of(entry: ReportEntry, run: ImportRun) -> Paper | None:
    papers = [import_paper(link.href, title=entry.title, run=run) for link in entry.papers]
    for link in entry.papers[1:]:
        run.warn(entry.line, link.href, "a report is about one paper; this further one was added to the papers only")
    return papers[0] if papers else None


def _add_missing_files(report: Report, entry: ReportEntry, run: ImportRun) -> None:
    """Add the body and the cover that the entry names, where the report has none and the file is there.

    A report without a body, and one that calls itself unfinished, stays a public work in progress.
    """
    if entry.body_href and not report.body:
        _add_body(report, entry, run)
    if entry.cover and not report.cover:
        _add_cover(report, entry, run)


def _add_body(report: Report, entry: ReportEntry, run: ImportRun) -> None:
    data = run.read_file(entry.body_href)
    if data is None:
        run.warn(entry.line, entry.body_href, "the report's text was not beside the document; its teaser is shown")
        return
    report.body = clean_text(data.decode("utf-8", errors="replace")).strip()
    if not report.body:
        return
    for link in find_links(report.body):
        if not urlsplit(link.href).scheme and not link.href.startswith("#"):
            run.warn(entry.line, link.href, f"a relative link in {entry.body_href}; kept as it is")
    report.body_html = render_markdown(report.body)
    if report.status == Report.Status.WORK_IN_PROGRESS and not entry.is_unfinished:
        report.status = Report.Status.PUBLISHED
    report.save(update_fields=["body", "body_html", "status", "updated_at"])
    run.added["report text"] += 1


def _add_cover(report: Report, entry: ReportEntry, run: ImportRun) -> None:
    if entry.cover is None:
        return
    data = run.read_file(entry.cover.src)
    if data is None:
        run.warn(entry.cover.line, entry.cover.src, "the cover was not beside the document; the report has none")
        return
    try:
        image = accept_image(BytesIO(data))
    except ImageRefused as reason:
        run.warn(entry.cover.line, entry.cover.src, f"the cover was not taken: {reason}")
        return
    run.added["cover"] += 1
    if not run.dry_run:
        report.cover.save(image.new_name(), ContentFile(image.content), save=False)
        report.save(update_fields=["cover", "cover_width", "cover_height", "updated_at"])
