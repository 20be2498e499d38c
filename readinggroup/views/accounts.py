"""A member's own account."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.forms.members import DeleteAccountForm, ProfileForm
from readinggroup.requests import MemberRequest
from readinggroup.services.members import LastOrganiser, edit_profile, erase_member, export_member


@login_required
@require_safe
def account(request: MemberRequest) -> HttpResponse:
    """Where everything about one's account is found."""
    return render(request, "members/account.html")


@login_required
def member_edit(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        edit_profile(request.user, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect(request.user)
    return render(request, "members/member_edit.html", {"form": form})


@login_required
@require_POST
def member_export(request: MemberRequest) -> HttpResponse:
    """Everything about the member as one JSON file."""
    response = JsonResponse(export_member(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@reauthentication_required
def member_delete(request: MemberRequest) -> HttpResponse:
    """Delete the account, after signing in anew and typing its address."""
    form = DeleteAccountForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            erase_member(request.user, keep_name=form.cleaned_data["keep_name"])
        except LastOrganiser as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            messages.success(request, "Your account is deleted. Thank you for what you brought to the group.")
            return redirect("home")
    return render(request, "members/member_delete.html", {"form": form})
