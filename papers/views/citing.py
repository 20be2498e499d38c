"""Citing a paper or a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from papers.citations import STYLES, as_bibtex, csl_item, formatted
from papers.citations.lists import list_items
from papers.citing import citation_response
from papers.models import Paper, ReadingList


@require_safe
def paper_citation(request: HttpRequest, pk: int, slug: str, extension: str) -> HttpResponse:
    """A paper's reference as a file."""
    paper: Paper = get_object_or_404(Paper.objects.visible_to(request.user).for_card(), pk=pk)
    return citation_response([csl_item(paper)], extension, name=paper.slug)


@require_safe
def paper_cite(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """A paper's reference in several styles, to be copied."""
    paper: Paper = get_object_or_404(Paper.objects.visible_to(request.user).for_card(), pk=pk)
    item = csl_item(paper)
    references = [(label, formatted([item], style)[0]) for style, label in STYLES.items()]
    context = {"paper": paper, "references": references, "bibtex": as_bibtex([item])}
    return render(request, "papers/paper_cite.html", context)


@require_safe
def reading_list_citation(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """Everything on a list as a file, with what its keeper said."""
    reading_list = get_object_or_404(ReadingList.objects.visible_to(request.user), slug=slug)
    items = list_items(reading_list)
    return citation_response(items, extension, name=reading_list.slug, public=reading_list.is_public)
