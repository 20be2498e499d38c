"""The weekly digest: planned once, sent at most once, silent when nothing is new."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from readinggroup.digests import digest_sections
from readinggroup.models import Digest, Member
from readinggroup.services.mailing import hand_over, stop_headers

WEEK = timedelta(days=7)
SALT = "digest"


def plan_digests(at: datetime | None = None) -> int:
    """Make this week's digests for the members who want one and have none yet; return how many are new."""
    today = timezone.localdate(at or timezone.now())
    monday = today - timedelta(days=today.weekday())
    wanting = Member.objects.filter(is_active=True, wants_digest=True).exclude(digests__week=monday)
    planned = 0
    for member in wanting.iterator():
        # Two planners at once meet in the unique constraint.
        digest, created = Digest.objects.get_or_create(member=member, week=monday)
        if created:
            digest.enqueue()
            planned += 1
    return planned


def send_digest(digest: Digest) -> None:
    """Write and send a claimed digest."""
    member = digest.member
    if digest.handed_over_at or not (member.is_active and member.wants_digest):
        digest.finish()
        return
    sections = digest_sections(member, _since(digest))
    if not sections:
        digest.finish()
        return
    mail = _mail(member, digest.week, sections)
    hand_over(digest, mail)


def stop_digest(token: str) -> Member | None:
    """Send no more digests to whom `token` belongs; None when it belongs to nobody."""
    member = digest_member(token)
    if member is not None:
        Member.objects.filter(pk=member.pk).update(wants_digest=False)
    return member


def digest_member(token: str) -> Member | None:
    """Whom a token for stopping belongs to; it stays good for ever and is good for nothing else."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Member.objects.filter(pk=pk).first()


def stop_url(member: Member) -> str:
    return settings.SITE_URL + reverse("members:digest_stop", args=[signing.dumps(member.pk, salt=SALT)])


def _since(digest: Digest) -> datetime:
    monday = datetime.combine(digest.week, datetime.min.time(), tzinfo=timezone.get_default_timezone())
    return monday - WEEK


def _mail(member: Member, week: date, sections: list[Any]) -> EmailMultiAlternatives:
    context: dict[str, Any] = {
        "member": member,
        "sections": sections,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "stop_url": stop_url(member),
    }
    mail = EmailMultiAlternatives(
        f"{settings.SITE_NAME}: the week of {week:%-d %B %Y}",
        render_to_string("members/mail/digest.txt", context),
        to=[member.email],
        headers=stop_headers(context["stop_url"]),
    )
    mail.attach_alternative(render_to_string("members/mail/digest.html", context).strip(), "text/html")
    return mail
