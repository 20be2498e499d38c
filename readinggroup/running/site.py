"""The commands that make up the site: the same ones on one machine and in containers."""

import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from readinggroup.running.processes import Child

PYTHON = [sys.executable, "-m"]


def web(host: str, port: int, logs: Path, environment: dict[str, str]) -> Child:
    options = ["--bind", f"{host}:{port}", "--config", "python:readinggroup.gunicorn"]
    return Child("web server", [*PYTHON, "gunicorn", *options, "readinggroup.wsgi"], logs / "web.log", environment)


def worker(logs: Path, environment: dict[str, str]) -> Child:
    options = ["--queues", "metadata,slides,mail", "--concurrency", "2", "--pool", "prefork", "--loglevel", "INFO"]
    command = [*PYTHON, "celery", "--app", "readinggroup", "worker", *options]
    return Child("worker", command, logs / "worker.log", environment)


def beat(logs: Path, environment: dict[str, str]) -> Child:
    command = [*PYTHON, "celery", "--app", "readinggroup", "beat", "--loglevel", "INFO"]
    return Child("beat", command, logs / "beat.log", environment)


def wait_until_ready(child: Child, url: str, *, within: float = 60.0) -> bool:
    """Wait until `url` answers; False when the child died or the time is up."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline and child.is_running:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 -- our own address
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False
