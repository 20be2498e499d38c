"""Bringing documents in: what every loader shares, and the reports and articles.

A row made from a document carries an `import_key`, "<document>#<entry>", where the document is named by its file name
and title and the entry by its kind and number, or kind and title where it has no number. A second import finds the row
by this key: what the document changed is brought up to date, what a person changed since stays (see `import_runs`), and
a file that was missing before (a body, a cover, a deck) is added when it has turned up. A row without a key that has
the same kind, number and title is the same entry, and gets the key.
"""

from dataclasses import asdict
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from papers.documents.archive import EntryKind, ReportEntry
from papers.documents.document import Document, Shape
from papers.documents.outline import clean_text, free_anchor
from papers.models import ImportedDocument, Paper, Report
from papers.services.import_memory import ImportMemory
from papers.services.import_runs import ImportRun, document_key
from papers.services.known_names import member_called, topic_called
from papers.services.papers import NotAnIdentifier, add_paper
from papers.services.report_bodies import add_body
from papers.services.report_heads import with_own_head
from readinggroup.images import ImageRefused, accept_image
from readinggroup.markdown import render_markdown
from readinggroup.slugs import free_slug
from readinggroup.texts import notice_text

__all__ = ["ImportRun", "document_key", "import_paper", "import_reports", "keep_document"]

REPORT_KINDS = {
    EntryKind.PAPER_REPORT: Report.Kind.PAPER,
    EntryKind.BOOK_REPORT: Report.Kind.BOOK,
    EntryKind.RECENT_PAPER: Report.Kind.RECENT,
    EntryKind.ARTICLE: Report.Kind.ARTICLE,
}


def keep_document(document: Document, *, source: str, run: ImportRun) -> ImportedDocument:
    """Remember the document itself, with its introduction, sections and epigraphs; look up what was written before."""
    if document.is_exchange and document.shape == Shape.ARCHIVE:
        _leave_known_pages(document, run)
    anchors: list[str] = []
    for section in document.sections:
        own = section.anchor not in anchors and section.anchor
        anchors.append(own or free_anchor(section.heading, anchors))
    outline = {
        "sections": [
            {
                "name": section.heading,
                "anchor": name,
                "aliases": list(section.aliases),
                "introduction": section.body,
                "line": section.line,
            }
            for section, name in zip(document.sections, anchors, strict=True)
        ],
        "epigraphs": [asdict(epigraph) for epigraph in document.epigraphs],
    }
    values: dict[str, Any] = {
        "shape": str(document.shape),
        "title": document.title[:300],
        "introduction": document.introduction,
        "introduction_html": render_markdown(document.introduction),
        "outline": outline,
    }
    # The text may be long: it is compared in the database, and nothing here holds on to it.
    text = {"source": clean_text(source)}
    rows = ImportedDocument.objects.defer("source")
    kept, created = rows.get_or_create(key=run.key, defaults={**values, **text, "imported_by": run.imported_by})
    if created:
        del kept.source
        run.added["document"] += 1
    elif (
        all(getattr(kept, name) == value for name, value in values.items()) and rows.filter(pk=kept.pk, **text).exists()
    ):
        run.unchanged["document"] += 1
    else:
        rows.filter(pk=kept.pk).update(**values, **text)
        run.changed["document"] += 1
    run.before = ImportMemory(kept)
    return kept


def _leave_known_pages(document: Document, run: ImportRun) -> None:
    """Keep only those parts of the site's own archive page that no page imported before holds."""
    pages = ImportedDocument.objects.filter(shape__in=(Shape.ARCHIVE, Shape.SCHEDULE)).exclude(key=run.key)
    sections: set[str] = set()
    quotes: set[str] = set()
    for page in pages:
        sections |= {section["name"] for section in page.outline.get("sections", [])}
        quotes |= {epigraph["quote"] for epigraph in page.outline.get("epigraphs", [])}
        if page.introduction:
            document.introduction = document.introduction.replace(page.introduction, "").strip()
    document.sections = [section for section in document.sections if section.heading not in sections]
    document.epigraphs = [epigraph for epigraph in document.epigraphs if epigraph.quote not in quotes]


def import_reports(document: Document, *, run: ImportRun) -> None:
    """Add the reports and articles that are not here yet, oldest first so that newer rows come later."""
    with transaction.atomic():
        for entry in reversed(document.reports):
            # Known again by what the document calls it, whatever the title in its own file becomes.
            key = run.entry_key(entry.kind, entry.number, _whole_title(entry))
            _import_report(entry if document.is_exchange else with_own_head(entry, run), key, run)


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


def _import_report(entry: ReportEntry, key: str, run: ImportRun) -> None:
    report = Report.objects.filter(import_key=key).first() or _same_report(entry, key)
    values = _values(entry, run)
    if report is None:
        report = _create_report(entry, key, values, run)
        run.remember(key, values)
        run.added[entry.kind] += 1
    else:
        changed = run.update(report, key, values, line=entry.line, what=_whole_title(entry))
        if changed:
            report.teaser_html = render_markdown(report.teaser)
            report.epigraph_html = render_markdown(report.epigraph)
            report.save(update_fields=[*changed, "teaser_html", "epigraph_html", "updated_at"])
        (run.changed if changed else run.unchanged)[entry.kind] += 1
    add_body(report, entry, key=key, run=run)
    notice_text(report)
    if entry.cover and not report.cover:
        _add_cover(report, entry, run)


def _values(entry: ReportEntry, run: ImportRun) -> dict[str, Any]:
    """What the document says of a report, apart from its number, its files and its papers."""
    return {
        "title": _whole_title(entry)[:300],
        "paper_title": _paper_title(entry)[:600],
        "teaser": entry.teaser,
        "cover_alt": _cover_alt(entry)[:300],
        "cover_display_width": entry.cover.width if entry.cover else None,
        "code_url": entry.code_href[:500],
        "canonical_url": (run.address(entry.body_href) if entry.home_href is None else entry.home_href)[:500],
        "dated_on": entry.reported_on,
        **({"period_ends_on": entry.period_ends_on} if entry.period_ends_on else {}),
        **({"epigraph": entry.epigraph} if entry.epigraph else {}),
    }


def _paper_title(entry: ReportEntry) -> str:
    if entry.paper_title is not None:
        return entry.paper_title
    return entry.title if entry.kind in {EntryKind.PAPER_REPORT, EntryKind.RECENT_PAPER} else ""


def _same_report(entry: ReportEntry, key: str) -> Report | None:
    if entry.slug:
        # The site itself wrote it down, whatever it was imported from before.
        return Report.objects.filter(slug=entry.slug, kind=REPORT_KINDS[entry.kind], title=entry.title).first()
    if entry.number is None:
        return None
    kind = REPORT_KINDS[entry.kind]
    named = Q(title__iexact=entry.title) | Q(title__iexact=entry.paper_title or entry.title)
    report = Report.objects.filter(named, kind=kind, number=entry.number, import_key=None).first()
    if report is not None:
        Report.objects.filter(pk=report.pk).update(import_key=key)
    return report


def _create_report(entry: ReportEntry, key: str, values: dict[str, Any], run: ImportRun) -> Report:
    kind = REPORT_KINDS[entry.kind]
    number, part = entry.number, entry.part
    if number and Report.objects.filter(kind=kind, number=number).exists():
        run.warn(entry.line, f"{entry.kind} {number}", "this number is taken; the report was added without one")
        number = None
    series = (entry.title if part else "") if entry.series_title is None else entry.series_title
    if part and Report.objects.filter(series_title=series, part=part).exists():
        run.warn(entry.line, f"part {part}", "this part is taken; the report was added without its place in the series")
        part = None
    report = Report.objects.create(
        kind=kind,
        number=number,
        series_title=series[:300] if part or entry.series_title else "",
        part=part,
        paper=_paper_of(entry, run),
        teaser_html=render_markdown(entry.teaser),
        epigraph_html=render_markdown(entry.epigraph),
        status=Report.Status.DRAFT if entry.is_draft else Report.Status.WORK_IN_PROGRESS,
        import_key=key,
        slug=free_slug(Report, entry.slug),
        **values,
    )
    report.topics.set(topic_called(name) for name in entry.topics[:30])
    names = entry.authors or ([entry.author] if entry.author else [])
    if run.imported_by and not entry.authors:
        report.credits.create(member=run.imported_by)
        return report
    for position, name in enumerate(dict.fromkeys(names), start=1):
        member = member_called(name) if entry.authors else None
        report.credits.create(member=member, name="" if member else name[:120], position=position)
    return report


def _whole_title(entry: ReportEntry) -> str:
    return f"{entry.title}: {entry.part_title}" if entry.part_title else entry.title


def _cover_alt(entry: ReportEntry) -> str:
    """What the document says about the cover, or at least what it belongs to."""
    if entry.cover is None:
        return ""
    if entry.home_href is not None:
        return entry.cover.alt
    return entry.cover.alt or f"Figure for “{_whole_title(entry)}”"


def _paper_of(entry: ReportEntry, run: ImportRun) -> Paper | None:
    title = entry.paper_title or entry.title
    papers = [import_paper(link.href, title=title, run=run) for link in entry.papers]
    for link in entry.papers[1:]:
        run.warn(entry.line, link.href, "a report is about one paper; this further one is linked in its text")
    return papers[0] if papers else None


def _add_cover(report: Report, entry: ReportEntry, run: ImportRun) -> None:
    if entry.cover is None or not entry.cover.src:
        return
    # A theme knows the folder of a picture that is only called by its name.
    data = run.read_file(entry.cover.src) or run.read_file(f"/{run.names.get(entry.cover.src.lower(), '')}")
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
