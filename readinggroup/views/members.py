"""People of the group, as others see them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from readinggroup.belongings import shelves_of
from readinggroup.models import Member

PER_PAGE = 30


@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """Members with a public profile; members see everybody."""
    members = Member.objects.active() if request.user.is_authenticated else Member.objects.listed()
    page = Paginator(members.order_by("name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "members/member_list.html", {"page": page})


@require_safe
def member_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What a member says about themselves, presented and wrote; a hidden profile is for members only."""
    member = get_object_or_404(Member.objects.active(), slug=slug)
    if not member.is_public and not request.user.is_authenticated:
        raise Http404
    context = {"member": member, "shelves": shelves_of(member, request.user)}
    return render(request, "members/member_detail.html", context)
