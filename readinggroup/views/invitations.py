"""Inviting people, and coming in by an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from readinggroup.accounts import INVITATION_KEY
from readinggroup.forms.members import InvitationForm
from readinggroup.models import Invitation
from readinggroup.requests import MemberRequest
from readinggroup.services.invitations import AlreadyMember, invite

PER_PAGE = 30


@login_required
def invitation_list(request: MemberRequest) -> HttpResponse:
    """The organisers' invitations, and a form for a new one."""
    if not request.user.is_organiser:
        raise Http404
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite(form.cleaned_data["email"], by=request.user)
        except AlreadyMember as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"An invitation is on its way to {invitation.email}.")
            return redirect("members:invitation_list")
    page = Paginator(Invitation.objects.select_related("invited_by"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "members/invitation_list.html", {"form": form, "page": page})


def invitation_accept(request: HttpRequest, key: str) -> HttpResponse:
    """Remember the invitation for the sign-up form; opening the link uses nothing up."""
    if not Invitation.objects.valid().filter(key=key).exists():
        return render(request, "members/invitation_over.html", status=404)
    request.session[INVITATION_KEY] = key
    return redirect("account_signup")
