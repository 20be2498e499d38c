"""Links for the next collection: save, take back, draft."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from papers.forms.saved_links import SavedLinkForm
from papers.models import SavedLink
from papers.services.saved_links import NothingSaved, curator, draft_collection, drop_link, save_link
from readinggroup.requests import MemberRequest

PER_PAGE = 30


@login_required
def saved_link_list(request: MemberRequest) -> HttpResponse:
    """What was found since the last collection, and a form for one more; `url` and `title` in the address fill it."""
    given = {name: request.GET[name] for name in ("url", "title") if name in request.GET}
    form = SavedLinkForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        _, is_new = save_link(
            form.cleaned_data["url"],
            saved_by=request.user,
            title=form.cleaned_data["title"],
            why=form.cleaned_data["why"],
        )
        messages.success(request, "Saved for the next collection." if is_new else "You had saved it; now it says this.")
        return redirect("papers:saved_link_list")
    waiting = SavedLink.objects.waiting().select_related("paper", "saved_by")
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    keeper = curator()
    context = {"form": form, "page": page, "curator": keeper, "may_draft": _may_draft(request)}
    return render(request, "papers/saved_link_list.html", context)


@login_required
@require_POST
def saved_link_drop(request: MemberRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(SavedLink.objects.waiting(), pk=pk)
    if not (request.user.is_organiser or link.saved_by_id == request.user.pk):
        raise Http404
    drop_link(link)
    messages.success(request, "Taken back.")
    return redirect("papers:saved_link_list")


@login_required
@require_POST
def collection_draft(request: MemberRequest) -> HttpResponse:
    """Draft the next collection now, instead of on Monday."""
    if not _may_draft(request):
        raise Http404
    try:
        draft = draft_collection()
    except NothingSaved as error:
        messages.info(request, str(error))
        return redirect("papers:saved_link_list")
    messages.success(request, "This is the draft. Finish it, then make it public.")
    return redirect("papers:reading_list_edit", draft.slug)


def _may_draft(request: MemberRequest) -> bool:
    return bool(request.user.is_organiser or request.user == curator())
