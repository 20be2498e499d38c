"""Organisers bring documents in: upload or paste, look at what would happen, then save."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from readinggroup.requests import MemberRequest
from sessions.access import organisers_only
from sessions.forms.importing import ImportForm
from sessions.models import ImportJob
from sessions.services.import_jobs import save_import, start_import

RECENT = 10


@login_required
def import_create(request: MemberRequest) -> HttpResponse:
    organisers_only(request.user)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_bound and form.is_valid():
        job = start_import(
            name=form.cleaned_data["name"],
            content=form.cleaned_data["content"],
            shape=form.cleaned_data["shape"],
            requested_by=request.user,
        )
        return redirect(job)
    recent = ImportJob.objects.select_related("requested_by")[:RECENT]
    return render(request, "sessions/import_form.html", {"form": form, "recent": recent})


@login_required
@require_safe
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    organisers_only(request.user)
    return render(request, "sessions/import_detail.html", {"job": get_object_or_404(ImportJob, pk=pk)})


@login_required
@require_safe
@never_cache
def import_part(request: MemberRequest, pk: int) -> HttpResponse:
    """The part of the page that says how far the worker is."""
    organisers_only(request.user)
    return render(request, "sessions/_import_state.html", {"job": get_object_or_404(ImportJob, pk=pk)})


@login_required
@require_POST
def import_save(request: MemberRequest, pk: int) -> HttpResponse:
    organisers_only(request.user)
    job = get_object_or_404(ImportJob, pk=pk)
    save_import(job)
    job.refresh_from_db()
    if job.is_imported:
        messages.success(request, "The document is in.")
    return redirect(job)
