"""What papers and reports have to say in the weekly digest."""

from datetime import datetime

from papers.models import Report
from papers.services.watching import recent_notices
from readinggroup.digests import DigestLine, DigestSection, register_digest
from readinggroup.models import Member

MOST_LINES = 20


def noticed(member: Member, since: datetime) -> DigestSection:
    """What happened lately to papers that the group has read."""
    notices = recent_notices().filter(noticed_at__gte=since)[:MOST_LINES]
    lines = [
        DigestLine(
            notice.paper.display_title,
            notice.paper.get_absolute_url(),
            f"{notice.get_kind_display()}{f': {notice.detail}' if notice.detail else ''}",
        )
        for notice in notices
    ]
    return DigestSection("What happened to papers we read", lines)


def reports(member: Member, since: datetime) -> DigestSection:
    """Reports that were published."""
    published = Report.objects.published().filter(published_at__gte=since).order_by("-published_at")[:MOST_LINES]
    return DigestSection("New reports", [DigestLine(report.title, report.get_absolute_url()) for report in published])


def register_all() -> None:
    register_digest(noticed)
    register_digest(reports)
