"""Discussion: saying something under a row, changing it, taking it back."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from readinggroup.markdown import render_markdown
from readinggroup.models import Comment, Member
from readinggroup.texts import notice_text


class CommentClosed(Exception):
    """The comment was taken back meanwhile; nothing can be said in its place."""


def write_comment(
    subject: models.Model, *, written_by: Member, body: str, anchor: str = "", reply_to: Comment | None = None
) -> Comment:
    """Say something under `subject`; `anchor` names a place in it, such as "slide=12" or "t=754".

    A reply to a reply stands beside it: discussions have two levels. The same words by the same member in the same
    place within a minute are the same comment: a form may be sent twice. Raises CommentClosed.
    """
    if reply_to is not None:
        if reply_to.deleted_at or (reply_to.subject_type, reply_to.subject_id) != _key(subject):
            raise CommentClosed
        reply_to = reply_to.reply_to or reply_to
    kind, pk = _key(subject)
    same = Comment.objects.filter(
        subject_type=kind,
        subject_id=pk,
        written_by=written_by,
        body=body,
        anchor=anchor,
        reply_to=reply_to,
        deleted_at=None,
        created_at__gt=timezone.now() - timedelta(minutes=1),
    )
    with transaction.atomic():
        # One after the other, also when both arrive in the same moment.
        Member.objects.select_for_update(no_key=True).get(pk=written_by.pk)
        if known := same.first():
            return known
        comment = Comment.objects.create(
            subject_type=kind,
            subject_id=pk,
            written_by=written_by,
            body=body,
            body_html=_render(body),
            anchor=anchor,
            reply_to=reply_to,
        )
        notice_text(comment)
    return comment


def edit_comment(comment: Comment, *, body: str, anchor: str) -> None:
    """Change what was said, unless it was taken back. Raises CommentClosed."""
    changed = Comment.objects.filter(pk=comment.pk, deleted_at=None).update(
        body=body, body_html=_render(body), anchor=anchor, edited_at=timezone.now()
    )
    if not changed:
        raise CommentClosed
    comment.refresh_from_db()
    notice_text(comment)


def delete_comment(comment: Comment) -> None:
    """Take a comment back: its place stays, for the replies, and its words are no longer shown."""
    Comment.objects.filter(pk=comment.pk, deleted_at=None).update(deleted_at=timezone.now())
    comment.refresh_from_db()
    notice_text(comment)


def may_change_comment(comment: Comment, member: Any) -> bool:
    """Its author may; an organiser may take it back, see `may_delete_comment`."""
    return bool(member.is_authenticated and member.is_active and comment.written_by_id == member.pk)


def may_delete_comment(comment: Comment, member: Any) -> bool:
    return may_change_comment(comment, member) or bool(member.is_authenticated and member.is_organiser)


def discussion_of(subject: models.Model) -> list[Comment]:
    """The comments under `subject` in the order of time, each with its `answers`; one query."""
    kind, pk = _key(subject)
    comments = list(Comment.objects.filter(subject_type=kind, subject_id=pk).select_related("written_by"))
    answers: dict[int, list[Comment]] = {}
    for comment in comments:
        if comment.reply_to_id and not comment.deleted_at:
            answers.setdefault(comment.reply_to_id, []).append(comment)
    threads = []
    for comment in comments:
        comment.answers = answers.get(comment.pk, [])
        if not comment.reply_to_id and (comment.answers or not comment.deleted_at):
            threads.append(comment)
    return threads


def _key(subject: models.Model) -> tuple[ContentType, Any]:
    return ContentType.objects.get_for_model(subject), subject.pk


def _render(body: str) -> str:
    # Anchors of footnotes and headings must differ between all comments of a page.
    return render_markdown(body, top_heading=4, id_prefix=f"c{secrets.token_hex(4)}-")
