"""Answering from a mail: a signed link lets one member answer one session, and does nothing else."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from readinggroup.models import Member
from sessions.models import Session

SALT = "reply"


def reply_url(session: Session, member: Member, answer: str = "") -> str:
    """Where `member` answers; with an `answer`, that one is chosen already, and still needs a press."""
    token = signing.dumps([session.pk, member.pk], salt=SALT)
    query = f"?answer={answer}" if answer else ""
    return settings.SITE_URL + reverse("sessions:reply_by_mail", args=[token]) + query


def read_reply_token(token: str) -> tuple[Session, Member] | None:
    """Who may answer what; None when the link was not made here, or the session or member is gone."""
    try:
        session_pk, member_pk = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    session = Session.objects.select_related("series").filter(pk=session_pk).first()
    member = Member.objects.active().filter(pk=member_pk).first()
    return (session, member) if session and member else None
