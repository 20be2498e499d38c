"""Noting that a session changed, so that people are told: once for several edits, and not at all if it changed back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Mailing, Session
from sessions.services.recipients import somebody_knows
from sessions.telling_words import told_of

#: Edits within so long are told together, counted from the last; from the first at most so long.
QUIET_FOR = timedelta(minutes=5)
AT_MOST = timedelta(minutes=20)
#: When it starts within so long, it is told at once.
URGENT = timedelta(hours=2)


def plan_change(session: Session, was: dict[str, Any], now: dict[str, Any]) -> Mailing | None:
    """Have people told that a session with the values `was` has the values `now`; None when nobody need be.

    To be called in the transaction of the change, which holds the session's row.
    """
    at = timezone.now()
    told_was, told_is = told_of(was), told_of(now)
    if max(was["ends_at"], now["ends_at"]) <= at or told_was == told_is:
        return None
    if (told_was["is_cancelled"] and told_is["is_cancelled"]) or not somebody_knows(session):
        return None
    told_was, since = _take_back_untold(session, told_was, at)
    if told_was == told_is:
        return None
    _stop_what_is_wrong_now(session, at)
    if told_is["is_cancelled"]:
        kind, wake_at = Mailing.Kind.CANCELLATION, None
    else:
        kind, wake_at = Mailing.Kind.CHANGE, min(at + QUIET_FOR, since + AT_MOST)
    if wake_at and (wake_at <= at or _is_urgent(was, now, at)):
        wake_at = None
    mailing = Mailing.objects.create(
        session=session,
        kind=kind,
        event=f"session-{session.pk}-{kind}-{session.sequence}",
        details={"was": told_was},
        created_at=since,
        wake_at=wake_at,
    )
    if wake_at is None:
        mailing.enqueue()
    return mailing


def _take_back_untold(session: Session, was: dict[str, Any], at: datetime) -> tuple[dict[str, Any], datetime]:
    """Drop notices that no worker has begun; return how things were before the first of them, and when that was."""
    rows = Mailing.objects.filter(
        session=session,
        kind__in=(Mailing.Kind.CHANGE, Mailing.Kind.CANCELLATION),
        status=Mailing.Status.PENDING,
        attempts=0,
        details__told__isnull=True,
    )
    with transaction.atomic():
        untold = list(rows.select_for_update().order_by("created_at", "pk"))
        Mailing.objects.filter(pk__in=[mailing.pk for mailing in untold]).delete()
    first = untold[0] if untold else None
    return (first.details["was"], first.created_at) if first else (was, at)


def _stop_what_is_wrong_now(session: Session, at: datetime) -> None:
    """Reminders that were written and wait for the mail server would tell what is no longer true."""
    waiting = Mail.objects.filter(event__startswith=f"session-{session.pk}-", kind="reminders", handed_over_at=None)
    waiting.filter(status__in=(Mail.Status.PENDING, Mail.Status.RUNNING)).update(expires_at=at)


def _is_urgent(was: dict[str, Any], now: dict[str, Any], at: datetime) -> bool:
    return min(was["starts_at"], now["starts_at"]) - at <= URGENT
