"""Telling members of comments: on what is theirs, and where they took part."""

from typing import Any

from django.utils.html import strip_tags

from readinggroup.discussions import kind_of
from readinggroup.models import Comment, Member
from readinggroup.services.mailing import send_once

MOST_LETTERS = 1500


def tell_of_comment(comment: Comment, subject: Any) -> int:
    """Mail those whose own the subject is, and who said something in the same thread; return to how many.

    Nobody hears of their own words, of what they may no longer see, or of one comment twice.
    """
    kind = kind_of(subject)
    thread = comment.reply_to_id or comment.pk
    said = Comment.objects.filter(deleted_at=None, written_by__isnull=False)
    others = Member.objects.active().filter(
        pk__in=[
            *said.filter(reply_to=thread).values_list("written_by", flat=True),
            *said.filter(pk=thread).values_list("written_by", flat=True),
        ]
    )
    told = 0
    for member in {member.pk: member for member in (*kind.people(subject), *others)}.values():
        if member.pk == comment.written_by_id or not kind.visible(member).filter(pk=subject.pk).exists():
            continue
        mail = send_once(
            to=member,
            event=f"comment-{comment.pk}",
            kind="discussion",
            template="members/mail/comment",
            context={
                "comment": comment,
                "subject": subject,
                "path": f"{subject.get_absolute_url()}#comment-{comment.pk}",
                "words": strip_tags(comment.body_html)[:MOST_LETTERS].strip(),
            },
        )
        told += mail is not None
    return told
