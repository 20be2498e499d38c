"""Comments that somebody complained about, and what organisers do with them."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from readinggroup.models import Comment, Complaint, Member
from readinggroup.services.comments import delete_comment
from readinggroup.texts import notice_text


def complain(comment: Comment, *, made_by: Member, reason: str) -> tuple[Complaint, bool]:
    """Ask organisers to look at a comment, and say whether it is new; a second time the reason is replaced."""
    try:
        with transaction.atomic():
            return Complaint.objects.create(comment=comment, made_by=made_by, reason=reason), True
    except IntegrityError:
        Complaint.objects.filter(comment=comment, made_by=made_by).update(reason=reason, settled_at=None)
        return Complaint.objects.get(comment=comment, made_by=made_by), False


def settle(comment: Comment, *, hide: bool) -> int:
    """Answer all open complaints about a comment, hiding it or not; return how many there were.

    Two organisers at once settle each complaint once.
    """
    with transaction.atomic():
        if hide:
            delete_comment(comment)
        return int(Complaint.objects.open().filter(comment=comment).update(settled_at=timezone.now()))


def restore_comment(comment: Comment) -> None:
    """Show a comment again that was taken back or hidden."""
    Comment.objects.filter(pk=comment.pk).update(deleted_at=None)
    comment.refresh_from_db()
    notice_text(comment)
