"""The archive and its presentations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.citing import asked_format, vary_on_accept
from papers.models import Paper, Topic
from papers.services.papers import add_paper
from readinggroup.requests import MemberRequest
from readinggroup.throttling import SENT_TWICE, is_sent_twice
from sessions.access import editable_presentation_or_404, organisers_only, visible_presentation_or_404
from sessions.forms.presentations import PresentationForm, describe_papers
from sessions.models import Presentation
from sessions.queries.sessions import archive_facets, by_presenter, neighbours
from sessions.services.giving import NotGiven, mark_as_given, undo_given
from sessions.services.presentations import (
    edit_presentation,
    give_presentation,
    may_edit,
    present_papers,
    set_presenters,
)
from sessions.views.citing import archive_citation, presentation_citation

PER_PAGE = 12
#: Fields of the form that are columns; papers and presenters have services of their own.
COLUMNS = ("title", "summary", "session", "presented_on", "visibility")


@require_safe
def presentation_list(request: HttpRequest) -> HttpResponse:
    """The archive: a shelf of covers, narrowed by year, topic, presenter and text."""
    if extension := asked_format(request):
        return archive_citation(request, extension)
    seen = Presentation.objects.visible_to(request.user).given()
    chosen = {name: _asked(request, name) for name in ("q", "year", "topic", "presenter")}
    found = _narrow(seen, chosen)
    page = Paginator(found.for_listing(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "facets": archive_facets(seen),
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "gap_count": seen.lacking().count() if getattr(request.user, "is_organiser", False) else 0,
    }
    return vary_on_accept(render(request, "sessions/presentation_list.html", context))


@require_safe
def presentation_detail(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    rows = Presentation.objects.for_page()
    presentation = visible_presentation_or_404(request.user, pk, rows)
    if slug != presentation.slug:
        return redirect(presentation, permanent=True)
    if extension := asked_format(request):
        return presentation_citation(request, pk, slug, extension)
    context = {
        "presentation": presentation,
        "papers": _papers_of(presentation),
        "neighbours": neighbours(presentation, request.user),
        "may_edit": may_edit(presentation, request.user),
    }
    return vary_on_accept(render(request, "sessions/presentation_detail.html", context))


@login_required
def presentation_create(request: MemberRequest) -> HttpResponse:
    """Put a presentation into the archive, or plan one for a session."""
    form = PresentationForm(request.POST or None, user=request.user, initial={"members": [request.user.pk]})
    if request.method == "POST" and form.is_valid():
        if is_sent_twice(request):
            messages.info(request, SENT_TWICE)
            return redirect(form.cleaned_data["session"] or "sessions:presentation_list")
        data = form.cleaned_data
        presentation = present_papers(
            _named_papers(data["papers"], request.user),
            title=data["title"],
            summary=data["summary"],
            presenters=data["members"],
            presenter_names=data["presenter_names"],
            session=data["session"],
            presented_on=data["presented_on"],
            by=request.user,
        )
        edit_presentation(presentation, visibility=data["visibility"])
        presentation.topics.set(data["topics"])
        if data["presented_on"] or not data["session"] or data["session"].is_over:
            give_presentation(presentation, presented_on=data["presented_on"], by=request.user)
        messages.success(request, "The presentation is in. Add its slides and recording next.")
        return redirect(presentation)
    context = {"form": form, "heading": "Add a presentation", "action": "Add it"}
    return render(request, "sessions/presentation_form.html", context)


@login_required
def presentation_edit(request: MemberRequest, pk: int) -> HttpResponse:
    presentation = editable_presentation_or_404(request.user, pk)
    people = list(presentation.presenters.all())
    initial = {
        "papers": describe_papers(_papers_of(presentation)),
        "members": [person.member_id for person in people if person.member_id],
        "presenter_names": ", ".join(person.name for person in people if not person.member_id),
    }
    form = PresentationForm(request.POST or None, instance=presentation, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        papers = _named_papers(data["papers"], request.user) if "papers" in form.changed_data else None
        edit_presentation(presentation, papers=papers, by=request.user, **{name: data[name] for name in COLUMNS})
        set_presenters(presentation, members=data["members"], names=data["presenter_names"], by=request.user)
        presentation.topics.set(data["topics"])
        messages.success(request, "Saved.")
        return redirect(presentation)
    context = {"form": form, "presentation": presentation, "heading": "Edit the presentation", "action": "Save"}
    return render(request, "sessions/presentation_form.html", context)


@login_required
@require_POST
def presentation_give(request: MemberRequest, pk: int) -> HttpResponse:
    """Mark as given: it gets its number and a place on the shelf, and its presenters hear what is missing."""
    presentation: Any = editable_presentation_or_404(request.user, pk)
    try:
        presentation = mark_as_given(presentation, by=request.user)
    except NotGiven as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"This is presentation {presentation.number} of the archive now.")
    place = presentation.session if request.POST.get("from") == "session" else None
    return redirect(place or presentation)


@login_required
@require_POST
def presentation_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """It was not given after all; for organisers."""
    organisers_only(request.user)
    presentation = undo_given(editable_presentation_or_404(request.user, pk), by=request.user)
    messages.success(request, "It is planned again. Its number stays its own.")
    return redirect(presentation)


def _asked(request: HttpRequest, name: str) -> str:
    """A parameter of the address as a database can compare it: PostgreSQL refuses NUL."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:200]


def _narrow(seen: QuerySet[Presentation], chosen: dict[str, str]) -> Any:
    found: Any = seen.search(chosen["q"]) if chosen["q"] else seen  # type: ignore[attr-defined]
    if chosen["year"].isascii() and chosen["year"].isdigit() and len(chosen["year"]) == 4 and int(chosen["year"]):
        found = found.in_year(int(chosen["year"]))
    elif chosen["year"]:
        return seen.none()
    if chosen["topic"]:
        topic = Topic.objects.filter(slug=chosen["topic"]).first()
        found = found.on_topic(topic) if topic else seen.none()
    return by_presenter(found, chosen["presenter"]) if chosen["presenter"] else found


def _papers_of(presentation: Presentation) -> list[Paper]:
    return list(
        Paper.objects.for_card()
        .filter(presentation_places__presentation=presentation)
        .order_by("presentation_places__position")
    )


def _named_papers(texts: list[str], user: Any) -> list[Paper]:
    return [add_paper(text, added_by=user)[0] for text in texts]
