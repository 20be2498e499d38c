"""Links that lead nowhere, for those who may mend them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from papers.link_holders import places_of
from papers.models import LinkCheck
from papers.services.link_checks import check_again, leave_alone, use_instead
from papers.services.reports import ReportChangedMeanwhile
from readinggroup.requests import MemberRequest

PER_PAGE = 20
#: Of so many at most a member sees those that stand in texts of their own.
MOST = 400


@login_required
@require_safe
def link_care(request: MemberRequest) -> HttpResponse:
    """What is gone or moved, where it stands, and what could stand there instead."""
    checks = LinkCheck.objects.needing_care().order_by("health", "-checked_at", "pk")
    if request.user.is_organiser:
        page = Paginator(checks, PER_PAGE).get_page(request.GET.get("page"))
        places = places_of(check.url for check in page)
    else:
        some = list(checks[:MOST])
        places = places_of(check.url for check in some)
        own = [check for check in some if any(place.may_edit(request.user) for place in places[check.url])]
        page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(check, places[check.url]) for check in page]
    return render(request, "papers/link_care.html", {"page": page, "rows": rows})


@login_required
@require_POST
def link_care_do(request: MemberRequest, pk: int) -> HttpResponse:
    """Use another address, look again, or leave it: what the button says, for one link."""
    check = get_object_or_404(LinkCheck.objects.needing_care(), pk=pk)
    if not _may_mend(check, request.user):
        return get_object_or_404(LinkCheck.objects.none())
    wanted = request.POST.get("do", "")
    instead = {"archived": check.archived_url, "moved": check.moved_to}.get(wanted, "")
    if instead:
        try:
            count = use_instead(check, instead, by=request.user)
            messages.success(request, f"Replaced in {count} place{'' if count == 1 else 's'}.")
        except ReportChangedMeanwhile:
            messages.error(request, "Somebody is writing in that report right now. Try again in a moment.")
    elif wanted == "again":
        check_again(check)
        messages.success(request, "It is being looked at again.")
    elif wanted == "leave":
        leave_alone(check)
        messages.success(request, "Left as it is.")
    return redirect("papers:link_care")


def _may_mend(check: LinkCheck, user: Any) -> bool:
    return user.is_organiser or any(place.may_edit(user) for place in places_of([check.url])[check.url])
