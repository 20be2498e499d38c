"""Papers fill in by themselves: a real broker, real workers, and what happens when they die."""

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from django.utils import timezone
from werkzeug import Response

from papers.models import MetadataFetch, Paper
from tests.workers import PATIENCE, broker, kill_group, process_environment, wait_until, worker

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

ADD = "from papers.services.papers import add_paper; add_paper({text!r}, added_by=None)"


@pytest.fixture
def socket():
    """A short path, since a unix socket's may not be long."""
    with tempfile.TemporaryDirectory(prefix="rg-") as folder:
        yield Path(folder) / "broker.sock"


@pytest.fixture
def environment(replay, settings, socket, tmp_path):
    """What the processes read: this test's database, broker and stand-in for the internet."""
    return process_environment(
        socket,
        tmp_path,
        FETCH_ALLOWED_PRIVATE_HOSTS=settings.FETCH_ALLOWED_PRIVATE_HOSTS[0],
        ARXIV_API_URL=settings.ARXIV_API_URL,
        CROSSREF_API_URL=settings.CROSSREF_API_URL,
        ARXIV_SECONDS_PER_REQUEST="0",
        CROSSREF_SECONDS_PER_REQUEST="0",
    )


def add(text: str, environment: dict[str, str], project_dir: Path) -> None:
    """Add a paper in a process of its own, as the web server would."""
    command = [sys.executable, "manage.py", "shell", "-v", "0", "-c", ADD.format(text=text)]
    subprocess.run(command, cwd=project_dir, env=environment, check=True, timeout=PATIENCE)


def jobs() -> list[dict]:
    return list(MetadataFetch.objects.values())


def are_done(number: int):
    return lambda: MetadataFetch.objects.filter(status="done").count() == number


def test_worker_fills_papers_in(environment, replay, socket, project_dir):
    with broker(socket), worker(environment):
        add("1707.08567", environment, project_dir)
        add("10.1073/pnas.1414271111", environment, project_dir)
        wait_until(are_done(2), told=jobs)
    titles = set(Paper.objects.values_list("title", flat=True))
    assert "Proceedings of Workshop AEW10: Concepts in Information Theory and Communications" in titles
    assert any(title.startswith("Developing functional musculoskeletal") for title in titles)
    assert len(replay.asked) == 2


def test_paper_added_while_the_broker_is_away_is_filled_in_later(environment, replay, socket, project_dir):
    add("1707.08567", environment, project_dir)
    with broker(socket), worker({**environment, "SWEEP_SECONDS": "1"}):
        wait_until(are_done(1), told=jobs)
    assert len(replay.asked) == 1


def test_killed_worker_and_emptied_broker_lose_nothing(environment, replay, socket, project_dir):
    asked, answer = threading.Event(), threading.Event()

    def hang(request):
        if "1707.08567" in request.full_path and not answer.is_set():
            asked.set()
            answer.wait(PATIENCE)
            return Response(status=503)
        return replay.answer(request)

    replay.intercept = hang
    with broker(socket) as server:
        with worker(environment) as group:
            add("1707.08567", environment, project_dir)
            assert asked.wait(PATIENCE)
            kill_group(group)
        answer.set()
        server.client().flushall()
        assert MetadataFetch.objects.get().status == "running"
        # Its lease runs out.
        MetadataFetch.objects.update(lease_expires_at=timezone.now())
        with worker({**environment, "SWEEP_SECONDS": "1"}):
            wait_until(are_done(1), told=jobs)
    assert MetadataFetch.objects.get().attempts == 2
    assert Paper.objects.get().credits.count() == 34
