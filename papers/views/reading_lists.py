"""Pages of the reading lists: the shelf of lists, one list, and keeping it with plain forms."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.citations.lists import list_items
from papers.citing import asked_format, citation_response, vary_on_accept
from papers.forms.reading_lists import EntryForm, ReadingListForm, SectionForm
from papers.models import ReadingList
from papers.queries.link_checks import mark_gone
from papers.queries.reading_lists import outline_of
from papers.services import reading_lists as services
from readinggroup.models import Member

PER_PAGE = 20


@require_safe
def reading_list_list(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    lists = ReadingList.objects.visible_to(request.user).for_listing()
    if kind in ReadingList.Kind.values:
        lists = lists.filter(kind=kind)
    page = Paginator(lists, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "papers/reading_list_list.html", {"page": page, "kinds": ReadingList.Kind.choices, "kind": kind}
    )


@require_safe
def reading_list_detail(request: HttpRequest, slug: str) -> HttpResponse:
    reading_list = get_object_or_404(ReadingList.objects.visible_to(request.user).for_page(), slug=slug)
    if extension := asked_format(request):
        items = list_items(reading_list)
        return citation_response(items, extension, name=reading_list.slug, public=reading_list.is_public)
    mark_gone(link for entry in reading_list.entries.all() for link in entry.links.all())
    context = {
        "reading_list": reading_list,
        "outline": outline_of(reading_list),
        "may_edit": services.may_edit_list(reading_list, request.user),
    }
    return vary_on_accept(render(request, "papers/reading_list_detail.html", context))


@login_required
def reading_list_create(request: HttpRequest) -> HttpResponse:
    form = ReadingListForm(request.POST or None)
    if form.is_valid():
        reading_list = form.save_for(_member(request))
        messages.success(request, "The list is there. Add its first entry below.")
        return redirect("papers:reading_list_edit", reading_list.slug)
    return render(request, "papers/reading_list_form.html", {"form": form}, status=_status(form))


@login_required
def reading_list_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The list's own fields, and beneath them its sections and entries with what can be done to each."""
    reading_list = _own_list(request, slug)
    form = ReadingListForm(request.POST or None, instance=reading_list)
    if form.is_valid():
        form.save_for(_member(request))
        messages.success(request, "Saved.")
        return redirect("papers:reading_list_edit", reading_list.slug)
    return _edit_page(request, reading_list, form=form)


@login_required
@require_POST
def reading_list_section_add(request: HttpRequest, slug: str) -> HttpResponse:
    reading_list = _own_list(request, slug)
    form = SectionForm(reading_list, request.POST, prefix="section")
    if form.is_valid():
        return _back(reading_list, f"section-{form.save().pk}")
    return _edit_page(request, reading_list, section_form=form)


@login_required
def reading_list_section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    reading_list = _own_list(request, slug)
    section = get_object_or_404(reading_list.sections.select_related("reading_list"), pk=pk)
    form = SectionForm(reading_list, request.POST or None, section=section)
    if form.is_valid():
        form.save()
        return _back(reading_list, f"section-{pk}")
    context = {"reading_list": reading_list, "form": form, "title": f"Section “{section.heading}”"}
    return render(request, "papers/reading_list_part_form.html", context, status=_status(form))


@login_required
@require_POST
def reading_list_section_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move a section up or down, or take it away: the pressed button says which."""
    reading_list = _own_list(request, slug)
    section = get_object_or_404(reading_list.sections.select_related("reading_list", "parent"), pk=pk)
    match request.POST.get("do"):
        case "up":
            services.move_section(section, direction="up")
        case "down":
            services.move_section(section, direction="down")
        case "remove":
            services.remove_section(section)
            messages.success(request, "The heading is gone; its entries moved up to the section around it.")
            return _back(reading_list, "outline")
    return _back(reading_list, f"section-{pk}")


@login_required
@require_POST
def reading_list_entry_add(request: HttpRequest, slug: str) -> HttpResponse:
    reading_list = _own_list(request, slug)
    form = EntryForm(reading_list, request.POST, prefix="entry")
    if form.is_valid():
        return _back(reading_list, f"entry-{form.save(by=_member(request)).pk}")
    return _edit_page(request, reading_list, entry_form=form)


@login_required
def reading_list_entry_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    reading_list = _own_list(request, slug)
    entry = get_object_or_404(reading_list.entries.select_related("reading_list", "section"), pk=pk)
    form = EntryForm(reading_list, request.POST or None, entry=entry)
    if form.is_valid():
        form.save(by=_member(request))
        return _back(reading_list, f"entry-{pk}")
    context = {"reading_list": reading_list, "form": form, "title": "Entry"}
    return render(request, "papers/reading_list_part_form.html", context, status=_status(form))


@login_required
@require_POST
def reading_list_entry_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move an entry up or down, or remove it: the pressed button says which."""
    reading_list = _own_list(request, slug)
    entry = get_object_or_404(reading_list.entries.select_related("reading_list", "section"), pk=pk)
    match request.POST.get("do"):
        case "up":
            services.move_entry(entry, direction="up")
        case "down":
            services.move_entry(entry, direction="down")
        case "remove":
            services.remove_entry(entry)
            messages.success(request, "The entry is removed.")
            return _back(reading_list, "outline")
    return _back(reading_list, f"entry-{pk}")


def _member(request: HttpRequest) -> Member:
    """The signed-in member; every view that asks is behind `login_required`."""
    return cast(Member, request.user)


def _own_list(request: HttpRequest, slug: str) -> ReadingList:
    """The list, if this member may see it; raises PermissionDenied if they may not change it."""
    reading_list = get_object_or_404(ReadingList.objects.visible_to(request.user).for_page(), slug=slug)
    if not services.may_edit_list(reading_list, request.user):
        raise PermissionDenied("Only the keeper of this list and organisers can change it.")
    return reading_list


def _edit_page(
    request: HttpRequest,
    reading_list: ReadingList,
    *,
    form: ReadingListForm | None = None,
    section_form: SectionForm | None = None,
    entry_form: EntryForm | None = None,
) -> HttpResponse:
    status = max(_status(bound) for bound in (form, section_form, entry_form))
    if extension := asked_format(request):
        items = list_items(reading_list)
        return citation_response(items, extension, name=reading_list.slug, public=reading_list.is_public)
    context = {
        "reading_list": reading_list,
        "outline": outline_of(reading_list),
        "form": form or ReadingListForm(instance=reading_list),
        "section_form": section_form or SectionForm(reading_list, prefix="section"),
        "entry_form": entry_form or EntryForm(reading_list, prefix="entry"),
    }
    return render(request, "papers/reading_list_form.html", context, status=status)


def _back(reading_list: ReadingList, anchor: str) -> HttpResponse:
    response = redirect("papers:reading_list_edit", reading_list.slug)
    response["Location"] += f"#{anchor}"
    return response


def _status(form: Any) -> int:
    """422 tells htmx and tests that a bound form was refused."""
    return 422 if form is not None and form.is_bound and form.errors else 200
