from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from readinggroup.forms.members import MailForm
from readinggroup.mail_kinds import mail_kinds
from readinggroup.requests import MemberRequest
from readinggroup.services.mailing import choose_mail, read_stop_token, stop_mail


@login_required
def mail_edit(request: MemberRequest) -> HttpResponse:
    """Choose which mails one gets."""
    form = MailForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        choose_mail(request.user, wanted=set(form.cleaned_data["wanted"]))
        form.save_options()
        messages.success(request, "Saved.")
        return redirect("members:account")
    return render(request, "members/mail_edit.html", {"form": form})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """End one kind of mail by the link in it: looking asks, a press (or a mail program's single POST) ends it.

    The token stands for the member, so neither a session nor a form's token is needed (RFC 8058, section 3.1).
    """
    meant = read_stop_token(token)
    if meant is None:
        raise Http404
    member, key = meant
    if request.method == "POST":
        stop_mail(member, key)
    kind = next((kind for kind in mail_kinds() if kind.key == key), None)
    return render(request, "members/mail_stop.html", {"kind": kind, "is_over": request.method == "POST"})
