"""The links of this floor: in lists, in reports, and the code of papers."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial, reduce
from operator import or_
from typing import Any

from django.db.models import Q

from papers.access import may_edit_report
from papers.link_holders import LinkHolder, Place, links_in, register_holder, replace_in
from papers.models import Entry, EntryLink, Link, Report
from papers.services.reading_lists import LinkLine, edit_entry, may_edit_list
from papers.services.reports import save_report

TEXTS = ("teaser", "body", "epigraph")


def _mentions(fields: tuple[str, ...], urls: list[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__contains": url}) for field in fields for url in urls))


def entry_links() -> Iterator[str]:
    # Papers are watched by their metadata, which says more than whether a page answers.
    yield from EntryLink.objects.filter(paper=None).values_list("url", flat=True).iterator()
    for commentary in Entry.objects.filter(commentary__contains="://").values_list("commentary", flat=True).iterator():
        yield from links_in(commentary)


def entry_places(urls: list[str]) -> Iterator[Place]:
    rows = Entry.objects.filter(Q(links__url__in=urls) | _mentions(("commentary",), urls)).distinct()
    for entry in rows.select_related("reading_list__owner").prefetch_related("links__paper"):
        path = f"{entry.reading_list.get_absolute_url()}#entry-{entry.pk}"
        held = {link.url for link in entry.links.all()} | set(links_in(entry.commentary))
        for url in urls:
            if url in held:
                may = partial(may_edit_list, entry.reading_list)
                title = f"{entry.reading_list.title}: {entry}"
                yield Place(url, title, path, may, partial(_replace_in_entry, entry, url))


def _replace_in_entry(entry: Entry, old: str, new: str, by: Any) -> None:
    links = [LinkLine(link.url, link.label, link.paper, link.is_main) for link in entry.links.all()]
    links = [replace(link, url=new, label=link.label or old) if link.url == old else link for link in links]
    edit_entry(entry, links=links, commentary=replace_in(entry.commentary, old, new))


def report_links() -> Iterator[str]:
    for code, *texts in Report.objects.values_list("code_url", *TEXTS).iterator():
        yield code
        for text in texts:
            yield from links_in(text)


def report_places(urls: list[str]) -> Iterator[Place]:
    rows = Report.objects.filter(Q(code_url__in=urls) | _mentions(TEXTS, urls)).with_authors()
    for report in rows:
        held = {report.code_url, *(url for name in TEXTS for url in links_in(getattr(report, name)))}
        for url in urls:
            if url in held:
                what = "companion code of " if url == report.code_url else ""
                may = partial(may_edit_report, report)
                edit = partial(_replace_in_report, report, url)
                yield Place(url, f"{what}{report.title}", report.get_absolute_url(), may, edit)


def _replace_in_report(report: Report, old: str, new: str, by: Any) -> None:
    if report.code_url == old:
        report.code_url = new
    for name in TEXTS:
        setattr(report, name, replace_in(getattr(report, name), old, new))
    save_report(report, saved_by=by)


def code_links() -> Iterator[str]:
    yield from Link.objects.filter(kind=Link.Kind.CODE).values_list("url", flat=True).iterator()


def code_places(urls: list[str]) -> Iterator[Place]:
    for link in Link.objects.filter(kind=Link.Kind.CODE, url__in=urls).select_related("paper"):
        title = f"code of {link.paper.display_title}"
        yield Place(
            link.url,
            title,
            link.paper.get_absolute_url(),
            lambda user: bool(user.is_organiser),
            partial(_replace_code, link),
        )


def _replace_code(link: Link, new: str, by: Any) -> None:
    if not Link.objects.filter(paper=link.paper, url=new).exists():
        Link.objects.filter(pk=link.pk).update(url=new)


def register_all() -> None:
    register_holder(LinkHolder(entry_links, entry_places))
    register_holder(LinkHolder(report_links, report_places))
    register_holder(LinkHolder(code_links, code_places))
