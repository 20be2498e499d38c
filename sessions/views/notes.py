"""Shared notes of a session: writing them together, what they were, and the part that follows a meeting."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.markdown import TextRefused
from readinggroup.requests import MemberRequest
from readinggroup.three_way import difference
from readinggroup.throttling import is_too_often
from sessions.access import visible_session_or_404
from sessions.forms.notes import NoteForm, NotesForm
from sessions.models import Session
from sessions.services.notes import NotesChangedMeanwhile, add_note, render_notes, restore_notes, save_notes

PER_PAGE = 50
MOST_PER_HOUR = 240


@login_required
def notes_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the notes; others' changes are joined in, or shown beside one's own where both touch the same lines."""
    session = _session_or_404(request, pk)
    form = NotesForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = save_notes(session, text=data["notes"], version=data["version"], saved_by=request.user)
        except NotesChangedMeanwhile as conflict:
            return _conflict_page(request, form, conflict.session)
        if saved.is_merged:
            messages.success(request, "Saved, together with what others wrote meanwhile.")
        else:
            messages.success(request, "Saved.")
        return redirect(f"{session.get_absolute_url()}#notes")
    return _notes_page(request, session, form, status=422 if form.errors else 200)


def _conflict_page(request: MemberRequest, form: NotesForm, session: Session) -> HttpResponse:
    """The writer's text in the editor, the stored one beside it; saving again from here replaces it knowingly."""
    written = form.cleaned_data["notes"]
    again = NotesForm({"notes": written, "version": session.notes_version}, session=session)
    context = {
        "stored": session.notes,
        "saved": session.notes_revisions.select_related("saved_by").first(),
        "difference": difference(session.notes, written, names=("stored", "yours"), around=2),
        "is_conflict": True,
    }
    return _notes_page(request, session, again, status=409, **context)


def _notes_page(
    request: MemberRequest, session: Session, form: NotesForm, *, status: int, **more: object
) -> HttpResponse:
    context = {"form": form, "session": session, **more}
    return render(request, "sessions/notes_edit.html", context, status=status)


@login_required
@require_POST
def note_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Add one paragraph under one's name, the usual way during a meeting."""
    session = _session_or_404(request, pk)
    form = NoteForm(request.POST)
    status = 422
    if form.is_valid():
        if is_too_often("note", request.user.pk, limit=MOST_PER_HOUR, seconds=3600):
            form.add_error(None, f"More than {MOST_PER_HOUR} notes in an hour are too many. Wait a little.")
            status = 429
        else:
            try:
                add_note(session, text=form.cleaned_data["text"], by=request.user)
            except TextRefused as error:
                form.add_error(None, str(error))
            else:
                return redirect(f"{session.get_absolute_url()}#notes")
    return render(request, "sessions/note_form.html", {"form": form, "session": session}, status=status)


@login_required
@require_safe
def notes_history(request: MemberRequest, pk: int) -> HttpResponse:
    """Every version of the notes, with who saved it and when; what was taken out again is for members."""
    session = _session_or_404(request, pk)
    revisions = session.notes_revisions.select_related("saved_by").defer("text")
    page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "sessions/notes_history.html", {"session": session, "page": page})


@login_required
@require_safe
def notes_version(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """The notes as they once were, and what that version changed."""
    session = _session_or_404(request, pk)
    revision = get_object_or_404(session.notes_revisions.select_related("saved_by"), version=version)
    before = session.notes_revisions.filter(version__lt=version).first()
    context = {
        "session": session,
        "revision": revision,
        "html": render_notes(revision.text),
        "difference": difference(before.text if before else "", revision.text),
        "is_current": version == session.notes_version,
    }
    return render(request, "sessions/notes_version.html", context)


@login_required
@require_POST
def notes_restore(request: MemberRequest, pk: int, version: int) -> HttpResponse:
    """Make the notes what they once were."""
    session = _session_or_404(request, pk)
    restore_notes(get_object_or_404(session.notes_revisions, version=version), by=request.user)
    messages.success(request, f"The notes are as they were at version {version}. What they were since is kept.")
    return redirect(f"{session.get_absolute_url()}#notes")


@require_safe
def notes_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The notes alone, for the page to bring itself up to date during a meeting."""
    response = render(request, "sessions/_notes_part.html", {"session": _session_or_404(request, pk)})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _session_or_404(request: HttpRequest, pk: int) -> Session:
    return visible_session_or_404(request.user, pk, Session.objects.select_related("series"))
