"""The sessions of an imported document, one for each day on which its group meets."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from papers.documents.archive import PresentationEntry, SessionEntry
from papers.services.importing import ImportRun
from sessions.models import Presentation, Session
from sessions.models.series import group_time_zone
from sessions.services.importing_sessions import USUAL_LENGTH, import_session

#: A schedule gives days; the hour is for an organiser to correct.
USUAL_START = time(12, 0)


class ImportedDays:
    """The sessions of this import, one for each day."""

    def __init__(self, run: ImportRun) -> None:
        self.run = run
        self.sessions: dict[date, Session] = {}
        self.told: dict[datetime, Session] = {}

    def add(self, entries: list[SessionEntry]) -> None:
        """Make the sessions that the document tells of, or find them."""
        for entry in reversed(entries):
            session, is_new = import_session(entry, run=self.run)
            self.told.setdefault(entry.starts_at, session)
            (self.run.added if is_new else self.run.unchanged)["session"] += 1

    def session_of(self, entry: PresentationEntry) -> Session | None:
        if entry.session_starts_at:
            return self.told.get(entry.session_starts_at)
        is_held = entry.is_meeting and not entry.is_cancelled
        return self.session_on(entry.held_on) if is_held and entry.held_on else None

    def keep_free(self, entry: PresentationEntry) -> None:
        """Make the session of a day on which nobody presented, once."""
        if not entry.is_meeting or not entry.held_on:
            return
        key = self.run.entry_key("session", None, entry.held_on.isoformat())
        if key in self.run.before:
            self.run.unchanged["session"] += 1
        else:
            self.session_on(entry.held_on)
        self.run.remember(key, {"day": entry.held_on})

    def _session_here(self, day: date, starts_at: datetime) -> Session | None:
        """The session that an earlier import of this document made for the day, whatever its hour is now."""
        if not self.run.before:
            return None
        own = Presentation.objects.filter(import_key__startswith=f"{self.run.key}#", presented_on=day)
        known = own.exclude(session=None).select_related("session").first()
        if known is not None:
            return known.session
        return Session.objects.filter(starts_at=starts_at, title="", series=None, presentations=None).first()

    def session_on(self, day: date) -> Session:
        if day not in self.sessions:
            zone = group_time_zone()
            starts_at = datetime.combine(day, USUAL_START, ZoneInfo(zone))
            known = self._session_here(day, starts_at)
            if known is not None:
                self.sessions[day] = known
                return known
            status = Session.Status.HELD if starts_at < timezone.now() else Session.Status.PLANNED
            self.sessions[day] = Session.objects.create(
                starts_at=starts_at, ends_at=starts_at + USUAL_LENGTH, time_zone=zone, status=status
            )
            self.run.added["session"] += 1
        return self.sessions[day]
