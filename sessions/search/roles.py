"""What is found of sessions that were read with roles: the paper, and what each player contributed."""

from collections.abc import Sequence
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from readinggroup.search import Passage
from sessions.models import RoleAssignment, Session
from sessions.models.series import Format


def role_words(session: Session) -> list[str]:
    """The words of a session's paper and roles; none for sessions without roles."""
    if session.format != Format.ROLE_PLAY:
        return []
    paper = _paper(session)
    words = [paper.title, ", ".join(paper.author_names)] if paper else []
    for assignment in session.role_assignments.all():
        words += [assignment.role.name, assignment.player_name, assignment.contribution]
    return words


def role_play_title(session: Session) -> str:
    """What a session without a theme is called when it has a paper to read with roles."""
    paper = _paper(session) if session.format == Format.ROLE_PLAY else None
    return f"{paper.display_title}, with roles" if paper else ""


def role_passages(keys: Sequence[Any]) -> dict[Any, list[Passage]]:
    """The contributions of these sessions, each by itself."""
    found: dict[Any, list[Passage]] = {}
    rows = RoleAssignment.objects.filter(session__in=keys).exclude(contribution="")
    for row in rows.select_related("role", "member").in_order():
        text = unescape(strip_tags(row.contribution_html))
        passage = Passage(label=f"{row.role.name}, {row.player_name}", url=row.get_absolute_url(), text=text)
        found.setdefault(row.session_id, []).append(passage)
    return found


def _paper(session: Session) -> Any:
    role_play = getattr(session, "role_play", None)
    return role_play.paper if role_play else None
