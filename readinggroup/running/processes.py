"""A child process of ours: started in a group of its own, logged to a file, and gone when we are."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
#: A child that dies sooner than this after its start waits longer before the next one.
HEALTHY_AFTER = 30.0
LONGEST_PAUSE = 30.0


def die_with_parent() -> Callable[[], None] | None:
    """Return what a new process runs so that the kernel ends it when its parent dies, even by kill -9 (Linux)."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)

    return ask


@dataclass
class Child:
    """A command that should be running, restarted with growing pauses when it dies."""

    name: str
    command: list[str]
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                start_new_session=True,
                preexec_fn=die_with_parent(),  # noqa: PLW1509 -- the supervisor has one thread
            )
        self.started_at = time.monotonic()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def revive(self) -> str:
        """Start again if dead and the pause is over; return a sentence for the operator, or ""."""
        if self.is_running:
            return ""
        lived = time.monotonic() - self.started_at
        if lived < self.pause:
            return ""
        self.pause = 1.0 if lived > HEALTHY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
        status = self.process.returncode if self.process else "none"
        self.start()
        return f"The {self.name} ended with status {status} and was started again; see {self.log}"

    def stop(self, patience: float) -> None:
        """Ask the process to end, then after `patience` seconds end its whole group."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_words(self, lines: int = 8) -> str:
        """The end of the log, for a message about a failed start."""
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""
