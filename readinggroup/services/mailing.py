"""Mails about events: each is sent at most once, only to who wants it, and ended by one click."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused, SMTPResponseException
from socket import gaierror
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils import timezone

from readinggroup.mail_kinds import mail_kind, mail_kinds, wants_mail
from readinggroup.models import Mail, Member
from readinggroup.models.mail import MailJob

RETRY_AFTER = timedelta(minutes=15)
SALT = "mail"
#: Answers after which nobody got anything.
SAID_NO = (ConnectionRefusedError, gaierror, SMTPResponseException, SMTPRecipientsRefused, SMTPNotSupportedError)


def send_once(
    *,
    to: Member,
    event: str,
    kind: str,
    template: str,
    context: dict[str, Any] | None = None,
    calendar: str = "",
    calendar_method: str = "",
    expires_at: datetime | None = None,
) -> Mail | None:
    """Write a mail about `event` to `to` and have a worker send it after the commit.

    `template` names three templates, `<template>.subject.txt`, `.txt` and `.html`; they get `context`, `member`,
    `site_name`, `site_url` and `stop_url`. Telling an event again, or two workers telling it at once, sends nothing
    more. Returns the new mail, or None when this one was told already or the member wants no mails of this `kind`,
    which must be registered. `calendar` is an iCalendar object to go along; after `expires_at` the mail is of no use.
    """
    if not wants_mail(to, kind):
        return None
    words = _Words(template, {"member": to, "stop_url": stop_url(to, kind), **(context or {})})
    extras = {"calendar": calendar, "calendar_method": calendar_method, "expires_at": expires_at}
    return _write_once(event, to.email, kind, words, {"member": to, **extras})


def send_once_to_address(
    address: str,
    *,
    name: str,
    event: str,
    kind: str,
    template: str,
    stop_url: str = "",
    context: dict[str, Any] | None = None,
    **extras: Any,
) -> Mail | None:
    """Write a mail about `event` to somebody without an account, as `send_once` does to a member.

    Templates get `is_guest`, which is true, and the `name` as `member`. `stop_url` is where a page asks, and a POST
    without a token ends such mails (RFC 8058); it stands in the mail's headers too. `extras` are `calendar`,
    `calendar_method` and `expires_at`.
    """
    words = _Words(template, {"member": name, "is_guest": True, "stop_url": stop_url, **(context or {})})
    return _write_once(event, address, kind, words, {"stop_url": stop_url, **extras})


@dataclass(frozen=True)
class _Words:
    """What a mail will say: three templates and what they know."""

    template: str
    context: dict[str, Any]

    def written(self, kind: str) -> dict[str, str]:
        site = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "kind": mail_kind(kind)}
        full = {**site, **self.context}
        return {
            "subject": " ".join(_plain(f"{self.template}.subject.txt", full).split())[:250],
            "text": _plain(f"{self.template}.txt", full),
            "html": render_to_string(f"{self.template}.html", full).strip(),
        }


def _write_once(event: str, address: str, kind: str, words: _Words, fields: dict[str, Any]) -> Mail | None:
    """The mail as a row that a worker sends after the commit; None when this address was told of `event` already."""
    address = address.lower()
    if Mail.objects.filter(event=event, address=address).exists():
        return None
    defaults = {"kind": kind, **words.written(kind), **fields}
    with transaction.atomic():
        mail, is_new = Mail.objects.get_or_create(event=event, address=address, defaults=defaults)
        if is_new:
            mail.enqueue()
    return mail if is_new else None


def send_mail(mail: Mail) -> None:
    """Send a claimed mail, unless its member has had enough of its kind or has gone."""
    if mail.handed_over_at or (mail.member is not None and not wants_mail(mail.member, mail.kind)):
        mail.finish()
        return
    if mail.expires_at and mail.expires_at <= timezone.now():
        mail.fail("too_late", "It could not be sent in time, so it was not sent at all.")
        return
    stop = stop_url(mail.member, mail.kind) if mail.member else mail.stop_url
    hand_over(mail, _message(mail, stop))


def hand_over(job: MailJob, message: EmailMultiAlternatives) -> None:
    """Give `message` to the mail server for a claimed `job`; when the server refuses, it is tried again later.

    The job is marked between connecting and sending: a worker that dies in between may lose a mail, and sends none
    twice. So is one lost whose server falls silent after it got the mail, since nobody can tell what became of it.
    """
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        _try_later(job, error)
        return
    message.connection = connection
    try:
        _send_marked(job, message)
    finally:
        with suppress(OSError, SMTPException):
            connection.close()


def _send_marked(job: MailJob, message: EmailMultiAlternatives) -> None:
    with job.holding_lease():
        job.handed_over_at = timezone.now()
        job.save(update_fields=["handed_over_at"])
    try:
        message.send()
    except SAID_NO as error:
        type(job)._default_manager.filter(pk=job.pk, lease=job.lease).update(handed_over_at=None)
        _try_later(job, error)
    except (OSError, SMTPException) as error:
        job.fail("mail_unsure", f"The mail server fell silent ({type(error).__name__}), so it may have arrived or not.")
    else:
        job.finish()


def _try_later(job: MailJob, error: Exception) -> None:
    refused_address = isinstance(error, SMTPRecipientsRefused)
    reason = f"The mail server refused{' the address' if refused_address else f': {type(error).__name__}'}."
    job.postpone("mail_away", reason, until=timezone.now() + RETRY_AFTER)


def stop_headers(stop: str) -> dict[str, str]:
    """The headers with which a mail program offers to unsubscribe: RFC 2369 and, for the single click, RFC 8058."""
    headers = {"Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return headers


def stop_url(member: Member, kind: str) -> str:
    token = signing.dumps([member.pk, kind], salt=SALT)
    return settings.SITE_URL + reverse("members:mail_stop", args=[token])


def read_stop_token(token: str) -> tuple[Member, str] | None:
    """Whose mails of which kind a link for stopping ends; None when it was not made here or its member is gone."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    member = Member.objects.filter(pk=pk).first()
    return (member, kind) if member else None


def choose_mail(member: Member, *, wanted: set[str]) -> None:
    """Keep which of the registered kinds of mail a member wants; what was said about other kinds stays."""
    known = {kind.key for kind in mail_kinds()}
    with transaction.atomic():
        row = Member.objects.select_for_update().get(pk=member.pk)
        row.unwanted_mail = sorted((set(row.unwanted_mail) - known) | (known - wanted))
        row.save(update_fields=["unwanted_mail"])
    member.unwanted_mail = row.unwanted_mail


def stop_mail(member: Member, kind: str) -> None:
    """Send `member` no more mails of this kind."""
    wanted = {one.key for one in mail_kinds() if wants_mail(member, one.key)}
    choose_mail(member, wanted=wanted - {kind})


def _plain(template: str, context: dict[str, Any]) -> str:
    """Plain text, in which a & stays a &."""
    return get_template(template).template.render(Context(context, autoescape=False))  # type: ignore[attr-defined]


def _message(mail: Mail, stop: str) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.address], headers=stop_headers(stop))
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        message.attach_alternative(mail.calendar, f"text/calendar; method={mail.calendar_method}")
        # Once more as a file, for programs that show no alternative of this kind.
        message.attach("session.ics", mail.calendar.encode(), "application/ics")
    return message
