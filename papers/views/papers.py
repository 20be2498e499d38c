"""Pages of papers: the shelf of papers, one paper, adding and correcting it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from papers.access import may_edit_papers
from papers.citations import csl_item
from papers.citing import asked_format, citation_response, vary_on_accept
from papers.forms.papers import PaperAddForm, PaperForm
from papers.licences import may_be_shown
from papers.models import Paper, PaperCover, ReadingList, Topic
from papers.services.papers import fetch_metadata_again
from readinggroup.files import DAY, stored_file_response

PER_PAGE = 20


@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    topic = Topic.objects.filter(slug=request.GET.get("topic", "").replace("\x00", "")).first()
    found = Paper.objects.visible_to(request.user).search(text)
    if topic:
        found = found.on_topic(topic)
    context = {
        "page": Paginator(found.for_listing(), PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "topic": topic,
        "topics": Topic.objects.filter(papers__isnull=False).distinct().order_by("name"),
    }
    return render(request, "papers/paper_list.html", context)


@require_safe
def paper_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    paper = _paper(request, pk)
    if extension := asked_format(request):
        return citation_response([csl_item(paper)], extension, name=paper.slug)
    if slug != paper.slug:
        return redirect(paper)
    presentations = (
        paper.presentations.visible_to(request.user).exclude(status="cancelled").filter(role_assignment=None)
    )
    context = {
        **_card_context(request, paper),
        "presentations": presentations.newest_first().select_related("session").with_presenters(),
        "role_plays": paper.role_plays.visible_to(request.user).for_listing(),
        "reports": paper.reports.visible_to(request.user).for_listing(),
        "reading_lists": _lists_with(paper, request.user),
    }
    return vary_on_accept(render(request, "papers/paper_detail.html", context))


@require_safe
def paper_cover(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """The first page as a picture, where the licence allows it."""
    cover = get_object_or_404(PaperCover, paper=pk, paper__in=Paper.objects.visible_to(request.user))
    if not may_be_shown(cover.paper.licence):
        raise Http404
    return stored_file_response(cover.image, public=True, max_age=DAY)


@require_safe
@never_cache
def paper_card(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The part of the page that fills in by itself."""
    return render(request, "papers/_paper_card.html", _card_context(request, _paper(request, pk)))


@require_safe
@never_cache
def paper_compact(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The short card on pages about other things, which fills in by itself too."""
    return render(request, "papers/_paper_compact.html", {"paper": _paper(request, pk)})


@login_required
def paper_add(request: HttpRequest) -> HttpResponse:
    initial = {"text": request.GET.get("text", "")[:2000]}
    form = PaperAddForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        paper, created = form.save(added_by=request.user)
        if not created:
            messages.info(request, "The group has this paper already: here it is.")
        return redirect(paper)
    return render(request, "papers/paper_add.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def paper_edit(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    paper = _paper(request, pk)
    form = PaperForm(request.POST if request.method == "POST" else None, instance=paper)
    if form.is_valid():
        paper = form.save_for(request.user)
        messages.success(request, "Saved. What you changed stays as you wrote it, whatever a source says later.")
        return redirect(paper)
    return render(request, "papers/paper_edit.html", {"form": form, "paper": paper}, status=422 if form.errors else 200)


@login_required
@require_POST
def paper_fetch(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Ask the sources again, when the last answer was none."""
    paper = _paper(request, pk)
    job = getattr(paper, "metadata_fetch", None)
    if job is None or not job.is_waiting or job.error:
        fetch_metadata_again(paper)
    return redirect(paper)


def _paper(request: HttpRequest, pk: int) -> Paper:
    paper: Paper = get_object_or_404(Paper.objects.visible_to(request.user).for_card(), pk=pk)
    return paper


def _card_context(request: HttpRequest, paper: Paper) -> dict[str, Any]:
    return {
        "paper": paper,
        "job": getattr(paper, "metadata_fetch", None),
        "may_edit": may_edit_papers(request.user),
    }


def _lists_with(paper: Paper, user: Any) -> Any:
    lists = ReadingList.objects.filter(entries__links__paper=paper).values("pk")
    return ReadingList.objects.visible_to(user).filter(pk__in=lists).for_listing()
