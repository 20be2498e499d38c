"""Putting a new folder in the place of the old one, whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: What makes a folder one of ours, which may be replaced.
MARKER = ".readinggroup-site.json"
#: Belongs to whoever publishes the folder, and goes along from the old one to the new.
KEPT = (".git", "CNAME")


class FolderRefused(Exception):
    """The folder cannot be written; the message says why and what to do."""


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside `folder` to be filled; when all went well it takes the place of `folder`.

    `folder` may be absent, empty, or an earlier export, which stays as it is until then and whatever goes wrong. Raises
    FolderRefused.
    """
    folder = folder.resolve()
    previous = folder.parent / f".{folder.name}.previous"
    _finish_earlier(folder, previous)
    check_folder(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise FolderRefused(f"Nothing can be written beside {folder}: {error.strerror}.") from error
    try:
        yield fresh
        # Made for its owner alone; a web server is somebody else.
        fresh.chmod(0o755)
        _swap(fresh, folder, previous)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def mark(folder: Path, facts: dict[str, Any]) -> None:
    """Write down what this folder is; the next export may then replace it."""
    (folder / MARKER).write_text(json.dumps({"made_by": "readinggroup", **facts}, indent=1) + "\n")
    # GitHub Pages would otherwise run the files through Jekyll.
    (folder / ".nojekyll").touch()


def check_folder(folder: Path) -> None:
    """Raise FolderRefused unless `folder` may be replaced."""
    if folder.exists() and not folder.is_dir():
        raise FolderRefused(f"{folder} is no folder. Name one that is new, empty, or an earlier export.")
    if folder.is_dir() and not (folder / MARKER).is_file() and set(_names(folder)) - set(KEPT):
        raise FolderRefused(
            f"{folder} is not empty and no earlier export of a site, so it is left alone. "
            "Name a folder that is new, empty, or an earlier export."
        )


def _names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def _finish_earlier(folder: Path, previous: Path) -> None:
    """A run that was killed between its last two steps left the old export under another name."""
    if not (previous / MARKER).is_file():
        return
    if folder.exists():
        _carry_over(previous, folder)
        shutil.rmtree(previous)
    else:
        previous.rename(folder)


def _swap(fresh: Path, folder: Path, previous: Path) -> None:
    had_one = folder.is_dir()
    try:
        if had_one:
            folder.rename(previous)
    except OSError as error:
        raise FolderRefused(
            f"{folder} cannot be replaced ({error.strerror}). If something is mounted there, name a folder inside it."
        ) from error
    try:
        fresh.rename(folder)
    except BaseException:
        if had_one:
            previous.rename(folder)
        raise
    if had_one:
        _carry_over(previous, folder)
        shutil.rmtree(previous)


def _carry_over(old: Path, new: Path) -> None:
    for name in KEPT:
        if (old / name).exists() and not (new / name).exists():
            (old / name).rename(new / name)
