"""Slides appear by themselves: a real broker, real workers and renderers, and what happens when they die."""

import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest
from django.utils import timezone

from sessions.models import Slide, SlideDeck
from sessions.services.slide_decks import attach_slide_deck
from tests.factories import make_presentation
from tests.pdfs import pdf, upload
from tests.sessions.services.test_slide_decks import named_files, stored_files
from tests.workers import PROJECT_DIR, broker, kill_group, process_environment, wait_until, worker

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

RENDERER = "sessions.slides.child"
WAKE = "from readinggroup.jobs import sweep; sweep()"


@pytest.fixture
def socket():
    """A short path, since a unix socket's may not be long."""
    with tempfile.TemporaryDirectory(prefix="rg-") as folder:
        yield Path(folder) / "broker.sock"


@pytest.fixture
def environment(socket, tmp_path):
    return process_environment(socket, tmp_path)


@pytest.fixture
def no_broker(settings):
    """This process only writes rows; who works on them is woken by the sweep or by `wake`."""
    from celery import current_app

    conf = current_app.conf
    before = conf.broker_url
    conf.broker_url = "memory://"
    yield
    conf.broker_url = before


def wake(environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", WAKE],
        cwd=PROJECT_DIR, env=environment, check=True, timeout=60,
    )  # fmt: skip


def jobs() -> list[dict]:
    return list(SlideDeck.objects.values("pk", "status", "attempts", "pages_done", "error"))


def all_done(number: int) -> bool:
    return SlideDeck.objects.filter(status="done").count() == number


def test_worker_draws_what_is_uploaded(environment, socket, no_broker):
    decks = [attach_slide_deck(make_presentation(), upload(pdf(pages))) for pages in (2, 3, 4)]
    with broker(socket), worker(environment, queues="slides"):
        wake(environment)
        wait_until(lambda: all_done(3), told=jobs)
    assert [deck.slides.count() for deck in decks] == [2, 3, 4]
    assert all(job["attempts"] == 1 for job in jobs())


def test_killed_worker_and_emptied_broker_lose_no_deck_and_draw_each_once(environment, socket, no_broker):
    deck = attach_slide_deck(make_presentation(), upload(pdf(60)))
    with broker(socket) as server:
        with worker(environment, queues="slides") as group:
            wake(environment)
            wait_until(lambda: SlideDeck.objects.get().pages_done > 2, told=jobs)
            kill_group(group)
        server.client().flushall()
        deck.refresh_from_db()
        assert (deck.status, deck.attempts) == ("running", 1)
        # Its lease runs out.
        SlideDeck.objects.update(lease_expires_at=timezone.now())
        with worker({**environment, "SWEEP_SECONDS": "1"}, queues="metadata,slides"):
            wait_until(lambda: all_done(1), told=jobs)
    deck.refresh_from_db()
    assert (deck.attempts, deck.is_current) == (2, True)
    assert sorted(Slide.objects.values_list("number", flat=True)) == list(range(1, 61))
    assert stored_files() == named_files()


def test_killed_renderer_is_tried_again(environment, socket, no_broker):
    # So many that they are still being drawn when the first are seen.
    attach_slide_deck(make_presentation(), upload(pdf(240)))
    with broker(socket), worker({**environment, "SWEEP_SECONDS": "1"}, queues="metadata,slides") as group:
        wake(environment)
        wait_until(lambda: SlideDeck.objects.get().pages_done > 2, told=jobs)
        below = psutil.Process(group).children(recursive=True)
        renderers = [one for one in below if RENDERER in " ".join(one.cmdline())]
        assert renderers
        for renderer in renderers:
            renderer.kill()
        wait_until(lambda: all_done(1), told=jobs)
    assert SlideDeck.objects.get().attempts == 2
    assert Slide.objects.count() == 240


def test_the_same_message_several_times_draws_once(environment, socket, no_broker):
    attach_slide_deck(make_presentation(), upload(pdf(5)))
    with broker(socket), worker(environment, queues="slides"):
        for _ in range(3):
            wake(environment)
        wait_until(lambda: all_done(1), told=jobs)
    assert SlideDeck.objects.get().attempts == 1
    assert Slide.objects.count() == 5
