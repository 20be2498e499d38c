"""Discussion under a presentation, a paper, a report or a list; a comment may point to a place in its subject."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from readinggroup.discussions import kind_called, kind_of, subject_of, subject_or_404
from readinggroup.forms.comments import ComplaintForm
from readinggroup.models import Comment, Complaint
from readinggroup.requests import MemberRequest
from readinggroup.services.comments import (
    CommentClosed,
    delete_comment,
    discussion_of,
    edit_comment,
    may_change_comment,
    may_delete_comment,
    write_comment,
)
from readinggroup.services.moderation import complain, restore_comment, settle
from readinggroup.services.telling import tell_of_comment
from readinggroup.templatetags.discussion import PER_PAGE
from readinggroup.throttling import is_too_often

MOST_PER_HOUR = 60
CLOSED = "This comment was taken back meanwhile. What you wrote is below; say it as one of your own."


@login_required
@require_POST
def comment_add(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Say something, or answer somebody."""
    subject = subject_or_404(request.user, kind, pk)
    form: Any = kind_called(kind).form(request.POST)
    if not form.is_valid():
        return _form_page(request, subject, form, status=400)
    if is_too_often("comment", request.user.pk, limit=MOST_PER_HOUR, seconds=3600):
        form.add_error(None, f"More than {MOST_PER_HOUR} comments in an hour are too many. Wait a little.")
        return _form_page(request, subject, form, status=429)
    answered = form.cleaned_data["reply_to"]
    try:
        comment = write_comment(
            subject,
            written_by=request.user,
            body=form.cleaned_data["body"],
            anchor=form.anchor(),
            reply_to=Comment.objects.filter(pk=answered).first() if answered else None,
        )
    except CommentClosed:
        form.add_error(None, CLOSED)
        return _form_page(request, subject, form, status=409)
    tell_of_comment(comment, subject)
    return redirect(_address(comment, subject))


@require_safe
def comment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the discussion on which a comment stands."""
    comment = get_object_or_404(Comment, pk=pk)
    subject = subject_of(comment, request.user)
    if subject is None:
        raise Http404
    return redirect(_address(comment, subject))


@login_required
def comment_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change one's own words."""
    comment, subject = _comment_or_404(request, pk)
    if comment.deleted_at or not may_change_comment(comment, request.user):
        raise Http404
    form_class: Any = kind_of(subject).form
    form = form_class(request.POST or None, initial=form_class.first_words(comment.body, comment.anchor))
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(comment, body=form.cleaned_data["body"], anchor=form.anchor())
        except CommentClosed:
            form.add_error(None, CLOSED)
        else:
            return redirect(_address(comment, subject))
    return _form_page(request, subject, form, comment=comment, status=400 if form.errors else 200)


@login_required
@require_POST
def comment_delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a comment back; a second time nothing happens."""
    comment, subject = _comment_or_404(request, pk)
    if not may_delete_comment(comment, request.user):
        raise Http404
    delete_comment(comment)
    messages.success(request, "The comment was taken back.")
    return redirect(f"{subject.get_absolute_url()}#discussion")


@login_required
def comment_complain(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask organisers to look at somebody else's comment."""
    comment, subject = _comment_or_404(request, pk)
    if comment.deleted_at or comment.written_by_id == request.user.pk:
        raise Http404
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        complain(comment, made_by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Thank you. An organiser will look at it.")
        return redirect(f"{subject.get_absolute_url()}#discussion")
    return render(request, "discussion/complaint_form.html", {"form": form, "comment": comment, "subject": subject})


@login_required
@require_safe
def complaint_list(request: MemberRequest) -> HttpResponse:
    """What members complained about, for organisers to settle."""
    _organisers_only(request)
    complaints = Complaint.objects.open().select_related("comment__written_by", "made_by")
    page = Paginator(complaints, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "discussion/complaint_list.html", {"page": page})


@login_required
@require_POST
def complaint_settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Hide the comment, leave it, or show it again."""
    _organisers_only(request)
    comment = get_object_or_404(Comment, pk=pk)
    wanted = request.POST.get("do", "")
    if wanted == "show":
        restore_comment(comment)
        messages.success(request, "The comment is shown again.")
    elif wanted in ("hide", "leave"):
        settle(comment, hide=wanted == "hide")
        messages.success(request, "The comment is hidden." if wanted == "hide" else "The comment stays.")
    return redirect("complaint_list")


def _organisers_only(request: MemberRequest) -> None:
    if not request.user.is_organiser:
        raise Http404


def _comment_or_404(request: MemberRequest, pk: int) -> tuple[Comment, Any]:
    comment = get_object_or_404(Comment, pk=pk)
    subject = subject_of(comment, request.user)
    if subject is None:
        raise Http404
    return comment, subject


def _address(comment: Comment, subject: Any) -> str:
    """Where a comment stands, with the page of its discussion when that is long."""
    thread = comment.reply_to_id or comment.pk
    places = [one.pk for one in discussion_of(subject)]
    number = places.index(thread) // PER_PAGE + 1 if thread in places else 1
    query = f"?comments={number}" if number > 1 else ""
    return f"{subject.get_absolute_url()}{query}#comment-{comment.pk}"


def _form_page(
    request: MemberRequest, subject: Any, form: Any, *, status: int, comment: Comment | None = None
) -> HttpResponse:
    context = {"form": form, "subject": subject, "kind": kind_of(subject), "comment": comment}
    return render(request, "discussion/comment_form.html", context, status=status)
