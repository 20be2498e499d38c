from readinggroup.models import Member
from sessions.models import Attendance, Session


def reply_to_session(session: Session, *, member: Member, rsvp: str) -> Attendance:
    """Record whether `member` is coming ("yes", "maybe" or "no"); the last reply counts."""
    attendance, _ = Attendance.objects.update_or_create(session=session, member=member, defaults={"rsvp": rsvp})
    return attendance
