"""Members as they can be found: those with a public profile, by what they say there."""

from readinggroup.models import Member
from readinggroup.search.registry import Document, register


def member_document(member: Member) -> Document | None:
    if not (member.is_active and member.is_public and member.name):
        return None
    body = " ".join(filter(None, (member.affiliation, member.about)))
    return Document(title=member.name, body=body, url=member.get_absolute_url())


def register_all() -> None:
    register(Member, kind="member", label="Members", queryset=Member.objects.all, document=member_document)
