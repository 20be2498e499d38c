"""Folders that are built, such as fonts and static files, by one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_builder(folder: Path) -> Iterator[None]:
    """Make `folder` and hold it while building: whoever comes meanwhile waits, and then finds it built."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(f"{folder.name}.lock"), "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
