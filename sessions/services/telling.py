"""Telling people of sessions: what is due by the clock, and what organisers ask for."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from readinggroup.markdown import render_markdown
from readinggroup.models import Mail, Member
from sessions.models import Mailing, Session
from sessions.services.chats import as_everybody_sees, post_about_session, post_news
from sessions.services.recipients import invitation_event
from sessions.services.timing import due_kinds, planned_event
from sessions.telling_words import chat_words

#: No mailing is due longer before its session.
HORIZON = timedelta(days=62)
#: What a chat is told as well, and how it begins.
CHAT_LEADS = {Mailing.Kind.INVITATION: "Coming up", Mailing.Kind.REMINDER_DAY: "Tomorrow"}


class CannotTell(Exception):
    """Nobody can be told this now; the message says why."""


def plan_mailings(at: datetime | None = None) -> int:
    """Make the mailings that are due and not made yet; return how many are new.

    Two planners at once meet in the unique event.
    """
    at = at or timezone.now()
    post_news(at)
    sessions = Session.objects.filter(status=Session.Status.PLANNED, starts_at__gt=at, starts_at__lt=at + HORIZON)
    changes = Mailing.objects.filter(kind=Mailing.Kind.CHANGE, session__in=sessions).order_by()
    changed = dict(changes.values_list("session").annotate(Max("created_at")))
    due = [
        (session, kind, planned_event(kind, session))
        for session in sessions.select_related("series").order_by("starts_at", "pk")
        for kind in due_kinds(session, at, changed_at=changed.get(session.pk))
    ]
    made = set(Mailing.objects.filter(session__in={session for session, _, _ in due}).values_list("event", flat=True))
    return sum(_plan(session, kind, event) is not None for session, kind, event in due if event not in made)


def invite_now(session: Session, *, by: Member) -> Mailing:
    """Invite the members at once; who has the invitation already gets no second one. Raises CannotTell."""
    if session.is_cancelled or session.starts_at <= timezone.now():
        raise CannotTell("Nobody can be invited to a session that has begun or was called off.")
    planned = _plan(session, Mailing.Kind.INVITATION, invitation_event(session), by=by)
    if planned is not None:
        return planned
    mailing = Mailing.objects.get(event=invitation_event(session))
    # Of a finished one the rest is written: to members who joined since.
    if not mailing.is_waiting:
        Mailing.objects.filter(pk=mailing.pk).update(requested_by=by)
        mailing.restart()
    return mailing


def write_to_those_who_come(session: Session, *, by: Member, subject: str, words: str, key: str) -> Mailing:
    """Send a message to who takes part or waits for a seat; once for each `key`, however often it is pressed."""
    if session.is_cancelled or session.is_over:
        raise CannotTell("This session is over or was called off, so nobody is coming.")
    details = {"subject": subject, "text": words, "html": render_markdown(words)}
    with transaction.atomic():
        mailing, is_new = Mailing.objects.get_or_create(
            event=f"session-{session.pk}-message-{key}",
            defaults={
                "session": session,
                "kind": Mailing.Kind.MESSAGE,
                "details": details,
                "requested_by": by,
            },
        )
        if is_new:
            mailing.enqueue()
    return mailing


def send_again(mailing: Mailing) -> int:
    """Try again what failed of a mailing, but for mails that may have arrived; return how many mails that are."""
    failed = Mail.objects.filter(event=mailing.event, status=Mail.Status.FAILED, handed_over_at=None)
    mails = list(failed.exclude(error_code="too_late"))
    for mail in mails:
        mail.restart()
    if mailing.status == Mailing.Status.FAILED:
        mailing.restart()
    return len(mails)


def _plan(session: Session, kind: Mailing.Kind, event: str, *, by: Member | None = None) -> Mailing | None:
    """Make a mailing; None when another has made it."""
    with transaction.atomic():
        mailing, is_new = Mailing.objects.get_or_create(
            event=event, defaults={"session": session, "kind": kind, "requested_by": by}
        )
        if not is_new:
            return None
        if kind == Mailing.Kind.INVITATION:
            # Not by save: calendars would take it for a change.
            Session.objects.filter(pk=session.pk, invited_at=None).update(invited_at=timezone.now())
        if kind in CHAT_LEADS:
            post_about_session(session, chat_words(as_everybody_sees(session), CHAT_LEADS[kind]), event=event)
        mailing.enqueue()
    return mailing
