"""Taking a list or a report away as Markdown."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from papers.models import ReadingList
from papers.queries.reports import report_for_page
from papers.services.exporting import export_list, export_report


@require_safe
def reading_list_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """A list as a Markdown file."""
    kept = get_object_or_404(ReadingList.objects.visible_to(request.user).for_page(), slug=slug)
    return _markdown(export_list(kept), name=kept.slug, public=kept.is_public)


@require_safe
def report_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """A report as a Markdown file, whose pictures stay here."""
    report = get_object_or_404(report_for_page(request.user), slug=slug)
    return _markdown(export_report(report).text, name=report.slug, public=report.is_public)


def _markdown(text: str, *, name: str, public: bool) -> HttpResponse:
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.md"'
    response.headers["Cache-Control"] = "public, max-age=300" if public else "private, no-cache"
    return response
