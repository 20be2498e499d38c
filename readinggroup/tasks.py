from contextlib import suppress

from celery import shared_task


@shared_task(name="readinggroup.sweep")
def sweep() -> dict[str, int]:
    """Wake workers for whatever waits; safe to run twice at once, since claiming decides who works."""
    from readinggroup.jobs import sweep

    return sweep()


@shared_task(name="readinggroup.plan_digests")
def plan_digests() -> int:
    """Make this week's digests; those that are made already stay as they are."""
    from readinggroup.services.digests import plan_digests

    return plan_digests()


@shared_task(name="readinggroup.send_mail")
def send_mail(*, mail_id: int) -> None:
    """Send one mail, unless it is gone, done or in another worker's hands."""
    from readinggroup.jobs import LeaseLost
    from readinggroup.models import Mail
    from readinggroup.services.mailing import send_mail

    mail = Mail.objects.claim(mail_id)
    if mail is None:
        return
    with suppress(LeaseLost):
        send_mail(mail)


@shared_task(name="readinggroup.send_digest")
def send_digest(*, digest_id: int) -> None:
    """Send one digest, unless it is gone, done or in another worker's hands."""
    from readinggroup.jobs import LeaseLost
    from readinggroup.models import Digest
    from readinggroup.services.digests import send_digest

    digest = Digest.objects.claim(digest_id)
    if digest is None:
        return
    with suppress(LeaseLost):
        send_digest(digest)
