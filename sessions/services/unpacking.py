"""Zip files from anybody, unpacked without harm: no path leads out, no bomb unfolds."""

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from papers.documents.source import DocumentRefused

MAX_MEMBERS = 20_000
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_MEMBER = 200 * 1024 * 1024
#: Text shrinks to a tenth, pictures hardly; what shrinks to a thousandth was made to hurt.
MAX_RATIO = 300
SMALL = 1024 * 1024
CHUNK = 1024 * 1024


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with what is in the zip file, removed afterwards. Raises DocumentRefused.

    A single folder at the top, as in archives that code hosts make, is the folder itself.
    """
    with TemporaryDirectory(prefix="import-") as name:
        folder = Path(name)
        try:
            with zipfile.ZipFile(path) as archive:
                _unpack(archive, folder)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
            if isinstance(error, DocumentRefused):
                raise
            raise DocumentRefused(f"It cannot be unpacked: {error}.") from error
        inside = [child for child in folder.iterdir() if child.name != "__MACOSX"]
        yield inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise DocumentRefused(f"It holds more than {MAX_MEMBERS:,} files. Import its parts one by one.")
    left = MAX_UNPACKED
    for member in members:
        if member.is_dir():
            continue
        target = _target(member, folder)
        left -= _write(archive, member, target, left)


def _target(member: zipfile.ZipInfo, folder: Path) -> Path:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or ":" in name.parts[0] or "\x00" in member.filename:
        raise DocumentRefused(f"A file in it would be written outside its folder ({member.filename[:80]}).")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise DocumentRefused(f"A file in it is a link to another place ({member.filename[:80]}).")
    if member.flag_bits & 0x1:
        raise DocumentRefused("It is protected by a password. Make one without.")
    return folder / name


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, left: int) -> int:
    """Write one file and return its size; what the zip file says about sizes is not believed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    allowed = min(left, MAX_MEMBER, max(SMALL, member.compress_size * MAX_RATIO))
    size = 0
    with archive.open(member) as source, target.open("wb") as written:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > allowed:
                raise DocumentRefused(f"It unfolds to far more than it should ({member.filename[:80]}).")
            written.write(chunk)
    return size
