"""Topics: what the group reads about."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from papers.models import Paper, Topic

PER_PAGE = 20
TOPICS_PER_PAGE = 100


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Topic.objects.for_listing(), TOPICS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "papers/topic_list.html", {"page": page})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    papers = Paper.objects.visible_to(request.user).on_topic(topic).for_listing()
    presentations = topic.presentations.model.objects.visible_to(request.user).on_topic(topic).given()
    context = {
        "topic": topic,
        "page": Paginator(papers, PER_PAGE).get_page(request.GET.get("page")),
        "presentations": presentations.newest_first().select_related("session").with_presenters()[:PER_PAGE],
        "reports": topic.reports.visible_to(request.user).for_listing()[:PER_PAGE],
        "reading_lists": topic.reading_lists.visible_to(request.user).for_listing()[:PER_PAGE],
    }
    return render(request, "papers/topic_detail.html", context)
