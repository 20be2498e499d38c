"""Sites that run in processes of their own, and a browser-like client for them."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

PROJECT_DIR = Path(__file__).resolve().parent.parent
READY = "Ctrl-C stops everything"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**more: str) -> dict[str, str]:
    """The machine's environment without the settings of this test run.

    Not even their module's name: a test run that inherits it would read the settings before its own are in place.
    """
    ours = {"DATA_DIR", "DATABASE_URL", "SECRET_KEY", "CELERY_BROKER_URL", "CACHE_URL", "LOG_LEVEL", "EMAIL_URL"}
    ours |= {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return {**{name: value for name, value in os.environ.items() if name not in ours}, **more}


class Quickstart:
    """A running `manage.py quickstart`."""

    def __init__(self, data_dir: Path, port: int, *options: str) -> None:
        self.data_dir, self.port = data_dir, port
        self.url = f"http://localhost:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "quickstart", "--port", str(port), *options],
            cwd=PROJECT_DIR,
            env=clean_environment(DATA_DIR=str(data_dir)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said = ""

    def wait_until_ready(self) -> "Quickstart":
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if READY in line:
                return self
        raise AssertionError(f"It ended with {self.process.wait()} and said:\n{self.said}")

    @property
    def password(self) -> str:
        match = re.search(r"password (\S+)", self.said)
        return match[1] if match else ""

    def stop(self, number: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(60)

    def processes(self) -> dict[int, str]:
        """Process ids and command lines of all that work on this data folder (Linux)."""
        found = {}
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                environ, command = (folder / "environ").read_bytes(), (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if f"DATA_DIR={self.data_dir}".encode() in environ.split(b"\0") and command:
                found[int(folder.name)] = command.replace(b"\0", b" ").decode()
        return found

    def workers(self) -> list[int]:
        return [pid for pid, command in self.processes().items() if "readinggroup worker" in command]


@contextmanager
def quickstart(data_dir: Path, *options: str, port: int | None = None) -> Iterator[Quickstart]:
    site = Quickstart(data_dir, port or free_port(), *options)
    try:
        yield site.wait_until_ready()
    finally:
        site.stop()


class Visitor:
    """A client with cookies that fills in the forms of real pages."""

    def __init__(self, url: str) -> None:
        self.http = httpx2.Client(base_url=url, follow_redirects=True, timeout=20, trust_env=False)

    def get(self, path: str) -> httpx2.Response:
        return self.http.get(path)

    def send(self, path: str, data: dict[str, str], *, files: dict | None = None, action: str = "") -> httpx2.Response:
        """Open the page `path`, then post its form with its token; to `action` when that is another address."""
        page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
        assert token, f"no form on {path}: {page.status_code}"
        address = action or str(page.url)
        form = {"csrfmiddlewaretoken": token[1], **data}
        return self.http.post(address, data=form, files=files, headers={"Referer": str(page.url)})

    def sign_in(self, email: str, password: str) -> httpx2.Response:
        return self.send("/accounts/login/", {"login": email, "password": password})


def wait_for(what, *, seconds: float = 60) -> object:
    """Return the first true answer of `what()`; fail after a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = what()
        if answer:
            return answer
        time.sleep(0.2)
    raise AssertionError("It did not happen in time.")
