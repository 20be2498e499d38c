"""Organisers look at papers that may be one work, make one of two, and take it back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from papers.access import may_merge_papers
from papers.forms.duplicates import CompareForm
from papers.models import Paper, PaperMerge, PossibleDuplicate
from papers.services.duplicates import call_distinct
from papers.services.merging import AlreadyUndone, CannotMerge, merge_papers, undo_merge, what_moves
from readinggroup.requests import MemberRequest

PER_PAGE = 20
RECENT = 10


@login_required
@require_safe
def duplicate_list(request: MemberRequest) -> HttpResponse:
    _organisers_only(request.user)
    if {"one", "other"} & request.GET.keys():
        form = CompareForm(request.GET)
        if form.is_valid():
            return redirect("papers:duplicate_compare", form.cleaned_data["one"].pk, form.cleaned_data["other"].pk)
    else:
        form = CompareForm()
    pairs = PossibleDuplicate.objects.open().for_listing()
    merges = PaperMerge.objects.select_related("kept", "merged_by").filter(undone_at=None)[:RECENT]
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "papers/duplicate_list.html", {"page": page, "merges": merges, "form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_compare(request: MemberRequest, pk: int, other: int) -> HttpResponse:
    """Two papers side by side; sent back, it is said which stays or that they are two."""
    _organisers_only(request.user)
    pair = Paper.objects.visible_to(request.user).for_card().in_bulk([pk, other])
    if pk == other or len(pair) < 2:
        return _not_two(request)
    papers = [pair[pk], pair[other]]
    if request.method == "POST":
        return _decide(request, papers)
    known = PossibleDuplicate.objects.filter(first_id=min(pk, other), second_id=max(pk, other)).first()
    context = {"sides": [_side(papers[0], papers[1]), _side(papers[1], papers[0])], "known": known, "papers": papers}
    return render(request, "papers/duplicate_compare.html", context)


@login_required
@require_POST
def merge_undo(request: MemberRequest, pk: int) -> HttpResponse:
    _organisers_only(request.user)
    merge = get_object_or_404(PaperMerge, pk=pk)
    try:
        paper, lost = undo_merge(merge, undone_by=request.user)
    except (AlreadyUndone, CannotMerge) as error:
        messages.warning(request, str(error))
        return redirect("papers:duplicate_list")
    text = f"“{paper.display_title}” is a paper of its own again."
    if lost:
        text += f" {lost} thing{'' if lost == 1 else 's'} that changed since stayed where they are."
    messages.success(request, text)
    return redirect(paper)


def _decide(request: MemberRequest, papers: list[Paper]) -> HttpResponse:
    one, other = papers
    choice = request.POST.get("choice", "")
    if choice == "distinct":
        call_distinct(one, other, answered_by=request.user)
        messages.success(request, "Remembered: these are two works. The pair is not offered again.")
        return redirect("papers:duplicate_list")
    if choice not in {str(one.pk), str(other.pk)}:
        messages.warning(request, "Choose which of the two stays, or say that they are two works.")
        return redirect("papers:duplicate_compare", one.pk, other.pk)
    kept, gone = (one, other) if choice == str(one.pk) else (other, one)
    try:
        merge_papers(kept, gone, merged_by=request.user)
    except CannotMerge as error:
        messages.warning(request, str(error))
        return redirect("papers:duplicate_list")
    messages.success(request, "The two papers are one now. The old address leads here; an organiser can undo it.")
    return redirect(kept)


def _not_two(request: MemberRequest) -> HttpResponse:
    messages.info(request, "One of these papers is gone; perhaps they are one already.")
    return redirect("papers:duplicate_list")


def _side(paper: Paper, other: Paper) -> dict[str, Any]:
    """What is shown of one of the two, and what would come to it from the other."""
    return {"paper": paper, "moves": what_moves(other, paper), "job": getattr(paper, "metadata_fetch", None)}


def _organisers_only(user: Any) -> None:
    if not may_merge_papers(user):
        raise Http404
