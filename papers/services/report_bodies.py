"""The texts of imported reports: followed from the page that links to them, with their pictures and their links."""

import re
from io import BytesIO
from urllib.parse import urlsplit

from papers.documents.archive import ReportEntry
from papers.documents.document import is_relative
from papers.documents.html_pieces import convert_html
from papers.documents.site_markup import as_markdown
from papers.documents.source import DocumentRefused, decode_document, read_source
from papers.documents.wiki_links import with_wiki_links
from papers.models import Report
from papers.services.import_runs import ImportRun, digest
from papers.services.page_links import PageLinks
from papers.services.report_heads import NO_TEXT
from papers.services.report_images import add_report_image
from readinggroup.images import ImageRefused
from readinggroup.markdown import TextRefused, check_markdown, render_markdown

MAX_IMAGES = 200
_IMAGE = re.compile(r"(!\[[^\]]*\]\()<?([^)\s>]+)>?((?:\s+\"[^\"]*\")?\))")


def add_body(report: Report, entry: ReportEntry, *, key: str, run: ImportRun) -> None:
    """Bring in the text that the entry is or links to, where the report has none or the document's text changed.

    A report without a body, and one that calls itself unfinished, stays a public work in progress.
    """
    text = entry.body or _read_body(report, entry, run)
    if text is None:
        return
    name = run.page if entry.body else run.file_name(entry.body_href) if entry.body_href else ""
    if name:
        run.files[name] = report
    before, raw = run.before.get(key) or {}, digest(text)
    noted = run.written.setdefault(key, {})
    noted["body file"] = raw
    noted["body"] = before.get("body", "")
    if report.body and (before.get("body file", raw) == raw or digest(report.body) != before.get("body")):
        if before.get("body file", raw) != raw:
            noted["body file"] = before["body file"]
            run.warn(entry.line, entry.body_href, "changed in the document, but the text was edited here; left alone")
        return
    if not text:
        return
    report.body = _with_images(text, report, entry, run)
    if report.status == Report.Status.WORK_IN_PROGRESS and not entry.is_unfinished:
        report.status = Report.Status.PUBLISHED
    _save(report)
    _warn_of_limits(report, entry, run)
    noted["body"] = digest(report.body)
    run.added["report text"] += 1
    run.bodies.append((key, report, entry))


def link_bodies(run: ImportRun) -> None:
    """Point links between files that came in together at their pages here; say which lead nowhere."""
    links = PageLinks(run) if run.bodies else None
    for key, report, entry in run.bodies:
        place = _folder_of(entry.body_href) if not entry.body else ""

        def lost(href: str, entry: ReportEntry = entry) -> None:
            run.warn(entry.line_of(href), href, f"a relative link in {entry.body_href or 'the text'}; kept as it is")

        linked = links.follow(report.body, place, lost=lost) if links else report.body
        if linked != report.body:
            report.body = linked
            _save(report)
            run.written[key]["body"] = digest(linked)
    run.bodies.clear()


def _read_body(report: Report, entry: ReportEntry, run: ImportRun) -> str | None:
    if not entry.body_href or not is_relative(entry.body_href):
        return None
    if entry.body_href.lower().endswith(NO_TEXT):
        run.warn(entry.line, entry.body_href, "this is no Markdown text; the report was added without it")
        return None
    data = run.read_file(entry.body_href)
    if data is None:
        if not report.body:
            reason = "the report's text was not beside the document; its teaser is shown"
            run.warn(entry.line, entry.body_href, reason)
        return None
    try:
        text, doubts = decode_document(data)
        source = read_source(with_wiki_links(text, run.names, _folder_of(run.file_name(entry.body_href)).rstrip("/")))
    except DocumentRefused as error:
        run.warn(entry.line, entry.body_href, f"the report's text was not taken: {error}")
        return None
    converted = convert_html(as_markdown(source.text))
    for warning in (*doubts, *source.warnings, *converted.warnings):
        run.warn(warning.line, warning.kept, f"in {entry.body_href}: {warning.reason}")
    text = converted.text.strip()
    first, _, rest = text.partition("\n")
    titles = {report.title.casefold(), report.paper_title.casefold()}
    return rest.strip() if first.lstrip("# ").strip().casefold() in titles - {""} else text


def _with_images(text: str, report: Report, entry: ReportEntry, run: ImportRun) -> str:
    place, known = _folder_of(entry.body_href), dict[str, str]()

    def store(match: re.Match[str]) -> str:
        src = match[2]
        if not is_relative(src):
            return match[0]
        if src not in known:
            known[src] = _store_image(place + src, report, entry, run) if len(known) < MAX_IMAGES else ""
        return f"{match[1]}{known[src] or src}{match[3]}"

    return _IMAGE.sub(store, text)


def _store_image(src: str, report: Report, entry: ReportEntry, run: ImportRun) -> str:
    """The address here of a picture beside the text, "" when there is none."""
    data = run.read_file(src)
    if data is None:
        of = f" of {entry.body_href}" if entry.body_href else ""
        run.warn(entry.line_of(src), src, f"a picture{of} was not beside the document; its address is kept")
        return ""
    if run.dry_run:
        run.added["picture"] += 1
        return ""
    try:
        picture = add_report_image(BytesIO(data), uploaded_by=run.imported_by, report=report)
    except ImageRefused as reason:
        run.warn(entry.line_of(src), src, f"a picture was not taken: {reason}")
        return ""
    run.added["picture"] += 1
    return picture.get_absolute_url()


def _folder_of(href: str) -> str:
    path = urlsplit(href).path
    return path.rpartition("/")[0] + "/" if "/" in path and is_relative(href) else ""


def _warn_of_limits(report: Report, entry: ReportEntry, run: ImportRun) -> None:
    try:
        check_markdown(report.body)
    except TextRefused as reason:
        run.warn(entry.line, report.title, f"kept, but its page cannot show the text: {reason}")


def _save(report: Report) -> None:
    report.body_html = render_markdown(report.body)
    report.save(update_fields=["body", "body_html", "status", "updated_at"])
