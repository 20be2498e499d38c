"""Reading reports: the shelf and one report."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from papers.access import may_edit_report
from papers.models import Report
from papers.queries.reports import neighbours_of, report_for_page
from readinggroup.markdown import reading_minutes, table_of_contents

PER_PAGE = 20
# A shorter text needs no table of contents.
MIN_HEADINGS = 3


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """All reports that the reader may see, newest first, one kind at a time if asked for."""
    kind = request.GET.get("kind", "")
    reports = Report.objects.visible_to(request.user).for_listing()
    if kind in Report.Kind.values:
        reports = reports.filter(kind=kind)
    page = Paginator(reports, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "papers/report_list.html", {"page": page, "kinds": Report.Kind.choices, "kind": kind})


@require_safe
def report_detail(request: HttpRequest, slug: str) -> HttpResponse:
    report = get_object_or_404(report_for_page(request.user), slug=slug)
    headings = table_of_contents(report.body_html)
    context = {
        "report": report,
        "headings": headings if len(headings) >= MIN_HEADINGS else [],
        "minutes": reading_minutes(report.body_html),
        "uses_math": any("<math" in html for html in _html_parts(report)),
        "neighbours": neighbours_of(report),
        "may_edit": may_edit_report(report, request.user),
    }
    return render(request, "papers/report_detail.html", context)


def _html_parts(report: Report) -> list[str]:
    abstract = report.paper.abstract_html if report.paper else ""
    return [report.body_html, report.teaser_html, report.epigraph_html, abstract]
