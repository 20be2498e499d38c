"""Doing the work that waits for workers, here and now, and reading the mails."""

from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from readinggroup.models import Mail
from readinggroup.tasks import send_mail
from sessions.models import Mailing
from sessions.tasks import send_mailing


def write_mails() -> None:
    """Work on every mailing that is due."""
    for pk in Mailing.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True):
        send_mailing(mailing_id=pk)


def deliver() -> list:
    """Work on every mailing and every mail that is due; return the mails that left since the last time."""
    before = len(mail.outbox)
    write_mails()
    for pk in Mail.objects.due(timezone.now()).order_by("pk").values_list("pk", flat=True):
        send_mail(mail_id=pk)
    return mail.outbox[before:]


def receivers(mails: list) -> list[str]:
    """Who got one, as often as they did."""
    return sorted(address.partition("@")[0] for sent in mails for address in sent.to)


def calendar_in(sent) -> Calendar:
    """The calendar object of a mail, as a program reads it from the bytes that were sent."""
    (part,) = [one for one in sent.message().walk() if one.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return calendar
