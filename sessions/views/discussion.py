"""Discussion under a presentation, pinned to a slide or a second of the recording where it points."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from readinggroup.models import Comment
from readinggroup.requests import MemberRequest
from readinggroup.services.comments import (
    CommentClosed,
    delete_comment,
    edit_comment,
    may_change_comment,
    may_delete_comment,
    write_comment,
)
from readinggroup.throttling import is_too_often
from sessions.access import visible_presentation_or_404
from sessions.comment_forms import CommentForm
from sessions.models import Presentation

MOST_PER_HOUR = 60
CLOSED = "This comment was taken back meanwhile. What you wrote is below; say it as one of your own."


@login_required
@require_POST
def comment_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Say something under a presentation, or answer somebody."""
    presentation = visible_presentation_or_404(request.user, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _form_page(request, presentation, form, status=400)
    if is_too_often("comment", request.user.pk, limit=MOST_PER_HOUR, seconds=3600):
        form.add_error(None, f"More than {MOST_PER_HOUR} comments in an hour are too many. Wait a little.")
        return _form_page(request, presentation, form, status=429)
    answered = form.cleaned_data["reply_to"]
    try:
        comment = write_comment(
            presentation,
            written_by=request.user,
            body=form.cleaned_data["body"],
            anchor=form.cleaned_data["pin"],
            reply_to=Comment.objects.filter(pk=answered).first() if answered else None,
        )
    except CommentClosed:
        form.add_error(None, CLOSED)
        return _form_page(request, presentation, form, status=409)
    return redirect(f"{presentation.get_absolute_url()}#comment-{comment.pk}")


@login_required
def comment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change one's own words."""
    comment, presentation = _comment_or_404(request, pk)
    if comment.deleted_at or not may_change_comment(comment, request.user):
        raise Http404
    form = CommentForm(request.POST or None, initial={"body": comment.body, "pin": CommentForm.shown(comment.anchor)})
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(comment, body=form.cleaned_data["body"], anchor=form.cleaned_data["pin"])
        except CommentClosed:
            form.add_error(None, CLOSED)
        else:
            return redirect(f"{presentation.get_absolute_url()}#comment-{comment.pk}")
    return _form_page(request, presentation, form, comment=comment, status=400 if form.errors else 200)


@login_required
@require_POST
def comment_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a comment back; a second time nothing happens."""
    comment, presentation = _comment_or_404(request, pk)
    if not may_delete_comment(comment, request.user):
        raise Http404
    delete_comment(comment)
    messages.success(request, "The comment was taken back.")
    return redirect(f"{presentation.get_absolute_url()}#discussion")


def _comment_or_404(request: MemberRequest, pk: int) -> tuple[Comment, Presentation]:
    comment = get_object_or_404(
        Comment, pk=pk, subject_type__app_label="group_sessions", subject_type__model="presentation"
    )
    return comment, visible_presentation_or_404(request.user, comment.subject_id)


def _form_page(
    request: MemberRequest,
    presentation: Presentation,
    form: CommentForm,
    *,
    status: int,
    comment: Comment | None = None,
) -> HttpResponse:
    context = {"form": form, "presentation": presentation, "comment": comment}
    return render(request, "sessions/comment_form.html", context, status=status)
