"""Writing reports: a new one, another revision, its way to the public."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from papers.access import may_edit_report
from papers.forms.reports import ReportForm
from papers.models import Paper, Report
from papers.queries.reports import report_for_page
from papers.services import reports as services
from readinggroup.models import Member
from readinggroup.three_way import difference


@login_required
def report_create(request: HttpRequest) -> HttpResponse:
    """Start a report; `?paper=` names the paper it is about."""
    writer = _member(request)
    about = request.GET.get("paper", "")
    paper = Paper.objects.filter(pk=about).first() if about.isascii() and about.isdigit() and len(about) < 19 else None
    initial = {"paper": paper.pk, "title": paper.title} if paper else {}
    form = ReportForm(request.POST or None, request.FILES or None, writer=writer, initial=initial)
    if form.is_valid():
        report = form.store()
        messages.success(request, "Saved as a draft. Only you and the organisers can see it.")
        return redirect(report)
    return render(request, "papers/report_form.html", {"form": form, "paper": paper}, status=_status(form))


@login_required
def report_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Save another revision, or show both texts when somebody else saved one meanwhile."""
    report = _own_report(request, slug)
    form = ReportForm(request.POST or None, request.FILES or None, writer=_member(request), instance=report)
    if form.is_valid():
        try:
            saved = form.store()
        except services.ReportChangedMeanwhile as conflict:
            return _conflict_page(request, form, conflict.current)
        messages.success(request, "Saved.")
        return redirect(saved)
    context = {"form": form, "report": report, "paper": report.paper}
    return render(request, "papers/report_form.html", context, status=_status(form))


@login_required
@require_POST
def report_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish, show as work in progress or withdraw: the pressed button says which."""
    report = _own_report(request, slug)
    try:
        match request.POST.get("do"):
            case "publish":
                services.publish_report(report)
                messages.success(request, "Published. Everybody can read it.")
            case "work_in_progress":
                services.mark_work_in_progress(report)
                messages.success(request, "Everybody can read it, marked as work in progress.")
            case "withdraw":
                services.withdraw_to_draft(report)
                messages.success(request, "It is a draft again. Only its authors and the organisers can see it.")
            case _:
                messages.error(request, "Nothing was changed: choose what to do with the report.")
    except services.NoFreeNumber as reason:
        messages.error(request, str(reason))
    return redirect(report)


def _own_report(request: HttpRequest, slug: str) -> Report:
    """The report, if this member may see it; raises PermissionDenied if they may not change it."""
    report = get_object_or_404(report_for_page(request.user), slug=slug)
    if not may_edit_report(report, request.user):
        raise PermissionDenied("Only the authors of this report and organisers can change it.")
    return report


def _conflict_page(request: HttpRequest, form: ReportForm, current: Report) -> HttpResponse:
    """The writer's text in the editor, the stored one beside it; saving again from here replaces it knowingly."""
    written = request.POST["body"].replace("\r\n", "\n")
    data = request.POST.copy()
    data["version"] = str(current.version)
    again = ReportForm(data, writer=_member(request), instance=current)
    context = {
        "form": again,
        "report": current,
        "paper": current.paper,
        "theirs": current,
        "saved": current.revisions.select_related("saved_by").first(),
        "difference": difference(current.body, written, names=("stored", "yours"), around=2),
    }
    return render(request, "papers/report_form.html", context, status=409)


def _member(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)
    return request.user


def _status(form: ReportForm) -> int:
    return 422 if form.is_bound and form.errors else 200
