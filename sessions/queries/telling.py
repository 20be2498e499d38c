"""How far mailings are."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from readinggroup.models import Mail
from sessions.models import Mailing, Session

MOST_NAMED = 5


@dataclass
class MailingRow:
    """A mailing, and how many of its mails are where; `failures` names some of those that failed, and why."""

    mailing: Mailing
    sent: int = 0
    waiting: int = 0
    unwanted: int = 0
    failed: int = 0
    failures: list[Mail] = field(default_factory=list)

    @property
    def can_be_tried_again(self) -> bool:
        return self.mailing.status == Mailing.Status.FAILED or any(
            mail.handed_over_at is None and mail.error_code != "too_late" for mail in self.failures
        )


def mailings_of(session: Session) -> Any:
    """The mailings about a session that concern anybody, newest first."""
    concerned_nobody = Q(status=Mailing.Status.DONE, written=0)
    return session.mailings.exclude(concerned_nobody).select_related("requested_by")


def counts_of(mailings: list[Mailing]) -> list[MailingRow]:
    """Each with the counts of its mails, in two queries."""
    rows = {mailing.event: MailingRow(mailing) for mailing in mailings}
    mails = Mail.objects.filter(event__in=rows).order_by()
    for event, status, was_sent, count in _states(mails):
        row = rows[event]
        if status == Mail.Status.FAILED:
            row.failed += count
        elif status == Mail.Status.DONE:
            row.sent += count if was_sent else 0
            row.unwanted += 0 if was_sent else count
        else:
            row.waiting += count
    failed = mails.filter(status=Mail.Status.FAILED).select_related("member").order_by("pk")
    for mail in failed if any(row.failed for row in rows.values()) else ():
        rows[mail.event].failures.append(mail)
    return list(rows.values())


def _states(mails: Any) -> Any:
    counted = mails.annotate(was_sent=Q(handed_over_at__isnull=False))
    return counted.values_list("event", "status", "was_sent").annotate(count=Count("pk"))
