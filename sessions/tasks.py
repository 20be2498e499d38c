import logging
from collections.abc import Callable
from typing import Any

from celery import shared_task

from readinggroup.jobs import Job, LeaseLost
from sessions.models import CueSuggestion, ImportJob, Mailing, Recording, SlideDeck, WebhookPost

log = logging.getLogger(__name__)


@shared_task(name="sessions.render_slides")
def render_slides(*, slide_deck_id: int) -> None:
    """Draw one deck, unless it is gone, done or in another worker's hands."""
    from sessions.services.slide_rendering import render_slides

    _work_on(SlideDeck, slide_deck_id, render_slides)


@shared_task(name="sessions.describe_recording")
def describe_recording(*, recording_id: int) -> None:
    """Ask for one recording's title, duration and poster, with the same exceptions."""
    from sessions.services.recording_facts import describe_recording

    _work_on(Recording, recording_id, describe_recording)


@shared_task(name="sessions.suggest_cues")
def suggest_cues(*, cue_suggestion_id: int) -> None:
    """Guess which slide was on screen when, with the same exceptions."""
    from sessions.services.recording_facts import fill_cue_suggestion

    _work_on(CueSuggestion, cue_suggestion_id, fill_cue_suggestion)


@shared_task(name="sessions.plan_mailings")
def plan_mailings() -> int:
    """Plan what is due to be told; what is planned already stays as it is."""
    from sessions.services.telling import plan_mailings

    return plan_mailings()


@shared_task(name="sessions.pass_on_offers")
def pass_on_offers() -> int:
    """Hold slots whose offer ended, or that are free, for the next in line."""
    from sessions.services.waiting import pass_on_offers

    return pass_on_offers()


@shared_task(name="sessions.send_mailing")
def send_mailing(*, mailing_id: int) -> None:
    """Write the mails of one mailing, unless it is gone, done or in another worker's hands."""
    from sessions.services.mailings import send_mailing

    _work_on(Mailing, mailing_id, send_mailing)


@shared_task(name="sessions.post_to_chat")
def post_to_chat(*, webhook_post_id: int) -> None:
    """Send one message to one chat, with the same exceptions."""
    from sessions.services.chats import post_to_chat

    _work_on(WebhookPost, webhook_post_id, post_to_chat)


@shared_task(name="sessions.fill_seats")
def fill_seats() -> int:
    """Let in whoever is first in line where a seat is free; running twice equals running once."""
    from sessions.services.seats import fill_all_seats

    return fill_all_seats()


@shared_task(name="sessions.forget_guests")
def forget_guests() -> int:
    """Forget the names and addresses of guests whose session is some weeks past, and of who never confirmed."""
    from sessions.services.guests import forget_guests

    return forget_guests()


def _work_on(model: type[Job], pk: int, work: Callable[[Any], None]) -> None:
    job = model.objects.claim(pk)
    if job is None:
        return
    try:
        work(job)
    except LeaseLost:
        log.info("%s %s went to another worker or was deleted", model._meta.label, pk)


@shared_task(name="sessions.import_document")
def import_document(*, import_job_id: int) -> None:
    """Read one uploaded document, unless it is gone, done or in another worker's hands."""
    from sessions.services.import_jobs import run_import

    job = ImportJob.objects.claim(import_job_id)
    if job is None:
        return
    try:
        run_import(job)
    except LeaseLost:
        log.info("Import %s went to another worker or was deleted", import_job_id)


@shared_task(name="sessions.make_sessions")
def make_sessions() -> int:
    """Make the sessions that every series is due; those that are made already stay as they are."""
    from sessions.services.series import make_all_sessions

    return make_all_sessions()
