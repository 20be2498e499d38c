"""Sessions as a document of this site tells them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from papers.documents.archive import SessionEntry
from papers.services.importing import ImportRun, import_paper
from papers.services.known_names import member_called
from readinggroup.markdown import render_markdown
from readinggroup.slugs import unique_slug
from readinggroup.texts import notice_text
from sessions.models import Role, RoleAssignment, RolePlay, Series, Session
from sessions.models.role import MOST_MINUTES
from sessions.models.series import Format, Visibility
from sessions.services.role_contributions import contribute_to_role

USUAL_LENGTH = timedelta(hours=1)


def import_session(entry: SessionEntry, *, run: ImportRun) -> tuple[Session, bool]:
    """The session that begins at this moment under this theme, and whether it had to be made."""
    zone = ZoneInfo(entry.time_zone)
    starts_at, ends_at = entry.starts_at.replace(tzinfo=zone), entry.ends_at.replace(tzinfo=zone)
    series = Series.objects.get_or_create(name=entry.series[:120])[0] if entry.series else None
    known = Session.objects.filter(starts_at=starts_at, series=series, title=entry.title[:300]).first()
    if known is not None:
        return known, False
    session = Session.objects.create(
        starts_at=starts_at,
        ends_at=ends_at if ends_at > starts_at else starts_at + USUAL_LENGTH,
        time_zone=entry.time_zone,
        series=series,
        title=entry.title[:300],
        place=entry.place[:200],
        format=entry.format if entry.format in Format.values else Format.TALKS,
        status=entry.status if entry.status in Session.Status.values else Session.Status.HELD,
        cancelled_because=entry.cancelled_because[:300],
        meeting_url=entry.meeting_url[:500],
        notes=entry.notes,
        notes_html=render_markdown(entry.notes),
        visibility=Visibility.MEMBERS if entry.is_for_members else Visibility.PUBLIC,
    )
    _import_roles(session, entry, run)
    notice_text(session)
    return session, True


def _import_roles(session: Session, entry: SessionEntry, run: ImportRun) -> None:
    """The paper and the roles of a session that was read with roles; players who are members are found by name."""
    if entry.papers:
        paper = import_paper(entry.papers[0].href, title=entry.papers[0].text, run=run)
        RolePlay.objects.create(session=session, paper=paper)
    players: set[int] = set()
    for position, told in enumerate({role.name[:80]: role for role in entry.roles}.values(), start=1):
        member = member_called(told.player)
        is_known = member is not None and member.pk not in players
        players |= {member.pk} if member else set()
        assignment = RoleAssignment.objects.create(
            session=session,
            role=_role_called(told.name[:80]),
            member=member if is_known else None,
            name="" if is_known else told.player[:120],
            minutes=min(told.minutes or 0, MOST_MINUTES),
            position=position,
        )
        contribute_to_role(assignment, notes=told.notes, code_url=told.code_href[:1000])


def _role_called(name: str) -> Role:
    known = Role.objects.filter(name__iexact=name).first()
    return known or Role.objects.create(name=name, slug=unique_slug(Role, name))
