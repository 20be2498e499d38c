"""The roles that a member played."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from readinggroup.belongings import Belonging, Rows, register
from readinggroup.models import Member
from sessions.models import RoleAssignment


def export_roles(member: Member) -> Rows:
    played = RoleAssignment.objects.filter(member=member).select_related("role", "session__series")
    return [
        {
            "role": one.role.name,
            "session": str(one.session),
            "starts_at": one.session.starts_at.isoformat(),
            "notes": one.contribution,
            "code": one.code_url,
        }
        for one in played.order_by("session__starts_at")
    ]


def release_roles(member: Member, name: str) -> None:
    """What was played or contributed keeps a name; a role that was only claimed is free again."""
    mine = RoleAssignment.objects.filter(member=member)
    is_archived = (
        Q(session__ends_at__lte=timezone.now()) | ~Q(contribution="") | ~Q(code_url="") | Q(presentation__isnull=False)
    )
    archived = list(mine.filter(is_archived).values_list("pk", flat=True))
    mine.exclude(pk__in=archived).update(member=None, filled="")
    mine.filter(pk__in=archived).update(member=None, name=name)


def roles_shown(member: Member, reader: Any) -> Any:
    """The roles of `member` in sessions that `reader` may see, newest first."""
    seen = RoleAssignment.objects.visible_to(reader).played().filter(member=member)
    return seen.select_related("role", "session__series", "session__role_play__paper").order_by("-session__starts_at")


def register_roles() -> None:
    """Make the roles known to the member's page, the export and the farewell."""
    register(
        Belonging(
            key="roles",
            export=export_roles,
            release=release_roles,
            heading="Roles played",
            template="sessions/_role_row.html",
            row_name="assignment",
            shown=roles_shown,
        )
    )
