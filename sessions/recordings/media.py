"""What an uploaded recording is, looked into by a process that knows files and nothing else."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHILD = Path(__file__).with_name("media_child.py")
SECONDS = 60
#: Major brands (mp4ra.org) of videos that browsers play; pictures and sound alone have others.
MP4_BRANDS = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"M4VH", b"M4VP",
    b"MSNV", b"dash", b"mp71", b"NDSC", b"NDSH", b"NDSM", b"NDSP", b"NDSS", b"NDXC", b"NDXH", b"NDXM", b"NDXP",
}  # fmt: skip


class MediaUnreadable(Exception):
    """The file is no video that can be read; the message says what to do."""


@dataclass(frozen=True)
class MediaFacts:
    """Whole seconds, None when the file does not say; `poster` is a picture as PNG bytes, empty when there is none."""

    duration_seconds: int | None
    poster: bytes


def media_format(file: BinaryIO) -> str:
    """Return "mp4", "webm" or "" by the first bytes of a file, which is rewound.

    ISO/IEC 14496-12 begins with a box named ftyp; WebM is EBML (RFC 8794) whose document type is "webm".
    """
    file.seek(0)
    start = file.read(64)
    file.seek(0)
    if start[4:8] == b"ftyp":
        return "mp4" if start[8:12] in MP4_BRANDS else ""
    return "webm" if start.startswith(b"\x1aE\xdf\xa3") and b"webm" in start else ""


def look_into(video: Path, folder: Path) -> MediaFacts:
    """Duration and a picture of `video`; the picture is made in `folder`. Raises MediaUnreadable."""
    poster = folder / "poster.png"
    process = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), str(video), str(poster)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": str(folder)},
        cwd=folder,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
        facts = json.loads(said)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise MediaUnreadable("This video cannot be read. Export it again as MP4 (H.264) or WebM.") from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return MediaFacts(facts["duration"], poster.read_bytes() if poster.is_file() else b"")
