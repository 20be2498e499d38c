"""Inviting people to sign up."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from readinggroup.models import Invitation, Member

GOOD_FOR = timedelta(days=14)


class AlreadyMember(Exception):
    """Somebody with this address is a member already."""


def invite(email: str, *, by: Member) -> Invitation:
    """Make an invitation and mail its link after the commit. Raises AlreadyMember."""
    if Member.objects.filter(email__iexact=email).exists():
        raise AlreadyMember("Somebody with this address is a member already.")
    with transaction.atomic():
        invitation = Invitation.objects.create(email=email, invited_by=by, expires_at=timezone.now() + GOOD_FOR)
        transaction.on_commit(lambda: _mail(invitation), robust=True)
    return invitation


def invitation_url(invitation: Invitation) -> str:
    return settings.SITE_URL + reverse("members:invitation_accept", args=[invitation.key])


def accept_invitation(key: str, *, email: str) -> bool:
    """Use an invitation up for `email`; False when it was used, is over, or is for another address."""
    used: Any = Invitation.objects.valid().filter(key=key, email__iexact=email).update(accepted_at=timezone.now())
    return bool(used)


def _mail(invitation: Invitation) -> None:
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "url": invitation_url(invitation),
        "inviter": invitation.invited_by.display_name if invitation.invited_by else settings.SITE_NAME,
        "days": GOOD_FOR.days,
    }
    body = render_to_string("members/mail/invitation.txt", context)
    mail = EmailMultiAlternatives(f"Join {settings.SITE_NAME}", body, to=[invitation.email])
    mail.attach_alternative(render_to_string("members/mail/invitation.html", context), "text/html")
    mail.send()
