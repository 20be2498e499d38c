from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from readinggroup.search import SearchResults, registered_kinds, with_passages
from readinggroup.search import search as find

HITS_PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything that the visitor may find, for any text whatever."""
    text = request.GET.get("q", "").replace("\x00", "").strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in registered_kinds() else ""
    results = find(text, viewer=request.user, kinds=[kind] if kind else [])
    page = Paginator(results, HITS_PER_PAGE).get_page(request.GET.get("page"))
    hits = with_passages(list(page), results.words)
    context = {"text": text[:200], "kind": kind, "kinds": _tabs(results), "page": page, "hits": hits}
    return render(request, "search.html", context)


def _tabs(results: SearchResults) -> list[dict[str, object]]:
    """The kinds that have hits, with their numbers."""
    labels = registered_kinds()
    return [
        {"name": name, "label": label, "count": results.counts[name]}
        for name, label in labels.items()
        if results.counts.get(name)
    ]
