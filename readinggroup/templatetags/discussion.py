"""The discussion under a page."""

from typing import Any

from django import template
from django.core.paginator import Paginator

from readinggroup.discussions import kind_of
from readinggroup.models import Comment
from readinggroup.services.comments import discussion_of, may_change_comment, may_delete_comment

register = template.Library()
PER_PAGE = 50


@register.inclusion_tag("discussion/_discussion.html", takes_context=True)
def discussion(context: dict[str, Any], subject: Any) -> dict[str, Any]:
    """What was said under `subject`, page by page, and a form for members."""
    request = context["request"]
    kind = kind_of(subject)
    page = Paginator(discussion_of(subject), PER_PAGE).get_page(request.GET.get("comments"))
    return {
        "request": request,
        "user": request.user,
        "csrf_token": context.get("csrf_token"),
        "subject": subject,
        "kind": kind,
        "page": page,
        "comment_form": kind.form(),
    }


@register.simple_tag
def shown_place(kind: Any, comment: Comment) -> str:
    """Where in its subject a comment points, in words: "slide 12"."""
    return str(kind.form.shown(comment.anchor))


@register.filter
def may_change(comment: Comment, user: Any) -> bool:
    """Whether `user` wrote the comment."""
    return may_change_comment(comment, user)


@register.filter
def may_delete(comment: Comment, user: Any) -> bool:
    """Whether `user` may take the comment back."""
    return may_delete_comment(comment, user)
