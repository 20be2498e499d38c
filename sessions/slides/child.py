"""The program that draws a deck; its arguments are DECK FOLDER LIMITS, with limits as JSON.

It imports no Django and opens no socket. It prints one JSON object per line: `opened` with the number of pages, `slide`
for each page drawn, and at the end `done` or `failed` with a code of `errors.REASONS`. The cover comes first, the other
pages as they are ready. It puts itself under resource limits before it reads a byte of the file.
"""

import ctypes
import json
import resource
import signal
import sys
from pathlib import Path

import pypdfium2 as pdfium

from sessions.slides.crew import Crew, say
from sessions.slides.pages import draw_page

PR_SET_PDEATHSIG = 1


def cage(limits: dict[str, int]) -> None:
    """Limit what this process may use, and let it die with the worker that started it."""
    for name, value in {
        "RLIMIT_AS": limits["memory_bytes"],
        "RLIMIT_FSIZE": limits["file_bytes"],
        "RLIMIT_NOFILE": 64,
        "RLIMIT_CORE": 0,
    }.items():
        resource.setrlimit(getattr(resource, name), (value, value))
    limit_processor_time(limits, pages=0, hard=True)
    die_with_parent()


def die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_processor_time(limits: dict[str, int], *, pages: int, hard: bool = False) -> None:
    """Allow the base time, and some for each page once their number is known."""
    most = limits["cpu_seconds"] + limits["max_pages"] * limits["page_milliseconds"] // 1000
    now = limits["cpu_seconds"] + pages * limits["page_milliseconds"] // 1000
    resource.setrlimit(resource.RLIMIT_CPU, (now, most if hard else resource.getrlimit(resource.RLIMIT_CPU)[1]))


def draw(deck: Path, folder: Path, limits: dict[str, int]) -> None:
    try:
        # From memory, since processes that share an open file would share its position too.
        document = pdfium.PdfDocument(deck.read_bytes())
    except pdfium.PdfiumError as error:
        code = "encrypted" if "password" in str(error).lower() else "damaged"
        say("failed", code=code)
        return
    pages = len(document)
    if not 1 <= pages <= limits["max_pages"]:
        say("failed", code="too_many_pages" if pages else "no_pages", pages=pages)
        return
    limit_processor_time(limits, pages=pages)
    say("opened", pages=pages)
    crew = Crew(
        lambda index: draw_page(document, index, folder),
        processes=limits["processes"],
        memory_bytes=limits["memory_bytes"],
        at_start=die_with_parent,
        lock=folder / "lock",
    )
    drawn = crew.draw(min(pages, limits["first_pages"] or pages))
    if drawn:
        say("done", peak_memory_bytes=crew.peak_memory_bytes())
    else:
        say("failed", code="nothing_to_draw")


def main() -> int:
    deck, folder, limits = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    cage(limits)
    try:
        draw(deck, folder, limits)
    except MemoryError:
        say("failed", code="too_much_memory")
    return 0
