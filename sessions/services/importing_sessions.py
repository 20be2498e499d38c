"""Sessions as a document of this site tells them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from papers.documents.archive import SessionEntry
from readinggroup.markdown import render_markdown
from sessions.models import Series, Session
from sessions.models.session import Format, Visibility

USUAL_LENGTH = timedelta(hours=1)


def import_session(entry: SessionEntry) -> tuple[Session, bool]:
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
    return session, True
