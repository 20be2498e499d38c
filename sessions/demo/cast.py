from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify

from papers.models import Paper, Topic
from readinggroup.models import Member
from sessions.models import Attendance, Session
from sessions.services.attendance import reply_to_session

TUESDAY = 1


@dataclass
class Cast:
    """What later parts of the demo name by a word: members by name, papers by key, topics by name."""

    today: date
    members: dict[str, Member] = field(default_factory=dict)
    papers: dict[str, Paper] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)

    @property
    def tuesday(self) -> date:
        """The next Tuesday after today."""
        return self.today + timedelta(days=(TUESDAY - self.today.weekday() - 1) % 7 + 1)

    def topics_named(self, names: list[str]) -> list[Topic]:
        for name in names:
            if name not in self.topics:
                known = Topic.objects.filter(name__iexact=name).first()
                self.topics[name] = known or Topic.objects.create(name=name, slug=slugify(name))
        return [self.topics[name] for name in names]

    def reply(self, session: Session, name: str, rsvp: str) -> None:
        """Have somebody answer; whoever meant to come to a session that is over was there."""
        if not session.is_over:
            reply_to_session(session, member=self.members[name], rsvp=rsvp)
            return
        came = {"attended": True, "checked_in_at": session.starts_at} if rsvp == Attendance.Rsvp.YES else {}
        Attendance.objects.create(session=session, member=self.members[name], rsvp=rsvp, **came)
