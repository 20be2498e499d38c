"""What members do with their own account."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from readinggroup.belongings import registered
from readinggroup.markdown import render_markdown
from readinggroup.models import Comment, Complaint, Invitation, Mail, Member

FORMER_MEMBER = "A former member"


class LastOrganiser(Exception):
    """The group must keep somebody who can organise it."""


def edit_profile(member: Member, **fields: Any) -> Member:
    """Change what a member says about themselves."""
    if "about" in fields:
        fields["about_html"] = render_markdown(fields["about"])
    for name, value in fields.items():
        setattr(member, name, value)
    member.save(update_fields=list(fields))
    return member


def export_member(member: Member) -> dict[str, Any]:
    """Everything the site keeps about a member, as plain data; passwords and keys are not among it."""
    profile = {
        "email": member.email,
        "addresses": list(EmailAddress.objects.filter(user=member).values_list("email", flat=True)),
        "name": member.name,
        "about": member.about,
        "affiliation": member.affiliation,
        "website": member.website,
        "time_zone": member.time_zone,
        "is_public": member.is_public,
        "wants_digest": member.wants_digest,
        "takes_turns": member.takes_turns,
        "unwanted_mail": member.unwanted_mail,
        "is_organiser": member.is_organiser,
        "joined_at": member.date_joined.isoformat(),
        "last_signed_in_at": member.last_login.isoformat() if member.last_login else None,
    }
    comments = [
        {"body": comment.body, "created_at": comment.created_at.isoformat()}
        for comment in Comment.objects.filter(written_by=member)
    ]
    complaints = list(Complaint.objects.filter(made_by=member).values_list("reason", flat=True))
    things = {kind.key: kind.export(member) for kind in registered()}
    mails = [
        {"subject": mail.subject, "sent_at": mail.handed_over_at.isoformat() if mail.handed_over_at else None}
        for mail in Mail.objects.filter(member=member)
    ]
    said = {"comments": comments, "complaints": complaints, "mails": mails}
    return {"exported_at": timezone.now().isoformat(), "profile": profile, **said, **things}


def erase_member(member: Member, *, keep_name: bool) -> None:
    """Delete an account. What was presented and written stays in the archive, under the member's name or without it.

    The account, its addresses, sign-in devices, open sessions, private notes, votes and replies go. Raises
    LastOrganiser when nobody else could organise the group.
    """
    with transaction.atomic():
        others = Member.objects.select_for_update().organisers().exclude(pk=member.pk)
        if member.is_organiser and not others.exists():
            raise LastOrganiser("You are the only organiser. Make somebody else an organiser first.")
        name = (member.name if keep_name else "") or FORMER_MEMBER
        for kind in registered():
            kind.release(member, name)
        Comment.objects.filter(written_by=member).update(author_name=name)
        Invitation.objects.filter(email__iexact=member.email).delete()
        member.delete()
