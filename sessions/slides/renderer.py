"""The worker's side of drawing: start the child, listen to it, and tell a file's fault from an accident."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sessions.slides.errors import RendererCrashed, SlideRenderError, error_for

PROJECT = Path(__file__).resolve().parents[2]
#: An isolated Python knows neither the current folder nor PYTHONPATH, so it is told where the program is.
START = "import sys; sys.path.append(sys.argv.pop(1)); from sessions.slides.child import main; sys.exit(main())"
MOST_PROCESSES = 4
#: glibc would give the pages of every picture back to the system and have them zeroed again for the next one.
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30), "MALLOC_TRIM_THRESHOLD_": str(1 << 30)}


def _processors() -> int:
    """How many processors this process may use, at most `MOST_PROCESSES`."""
    return min(
        MOST_PROCESSES, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


@dataclass(frozen=True)
class Limits:
    """What one deck may use: processor time and wall time at the start, and some more of both for each page.

    Processor time is that of one process; the memory is shared by all `processes` that draw the deck.
    """

    memory_bytes: int = 1 << 30
    cpu_seconds: int = 30
    wall_seconds: int = 60
    page_milliseconds: int = 250
    file_bytes: int = 200 * 1000 * 1000
    max_pages: int = 500
    #: How many pages are drawn, from the first on; 0 means all.
    first_pages: int = 0
    processes: int = field(default_factory=_processors)


@dataclass(frozen=True)
class RenderedSlide:
    """One drawn page: its files, their sizes in pixels (width, height), its text, and where on it the text stands.

    `pieces` are rows of left, top, width and height in pixels of the large image, and the words that stand there.
    """

    number: int
    image: Path
    size: tuple[int, int]
    thumbnail: Path
    thumbnail_size: tuple[int, int]
    text: str
    pieces: list[list[Any]] = field(default_factory=list)


@dataclass
class RenderedDeck:
    """All that was drawn; `peak_memory_bytes` is an upper bound for all processes together."""

    pages: int = 0
    peak_memory_bytes: int = 0
    slides: list[RenderedSlide] = field(default_factory=list)


def render_deck(
    deck: Path,
    folder: Path,
    *,
    limits: Limits = Limits(),
    on_opened: Callable[[int], None] = lambda pages: None,
    on_slide: Callable[[RenderedSlide], None] = lambda slide: None,
) -> RenderedDeck:
    """Draw every page of the PDF `deck` into `folder` and return the slides in order.

    `on_opened(pages)` is called when the number of pages is known, `on_slide(slide)` as each page is drawn, the cover
    among the first; what they raise stops the child and is passed on. Raises SlideRenderError when the file is at
    fault, and RendererCrashed when the child died without a word, which may have other causes.
    """
    with open(deck, "rb") as file:
        if b"%PDF-" not in file.read(1024):
            raise error_for("not_a_pdf")
    drawn = RenderedDeck()
    with _child(deck, folder, limits) as child:
        for message in child.messages():
            match message.pop("event"):
                case "opened":
                    drawn.pages = message["pages"]
                    child.allow(limits.wall_seconds + 2 * drawn.pages * limits.page_milliseconds / 1000)
                    on_opened(drawn.pages)
                case "slide":
                    slide = _slide(message, folder)
                    drawn.slides.append(slide)
                    on_slide(slide)
                case "failed":
                    raise error_for(message.pop("code"), max_pages=limits.max_pages, **message)
                case "done" if len(drawn.slides) == (limits.first_pages or drawn.pages):
                    drawn.slides.sort(key=lambda slide: slide.number)
                    drawn.peak_memory_bytes = message["peak_memory_bytes"]
                    return drawn
    raise child.cause_of_death(limits)


def draw_first_page(pdf: Path, folder: Path) -> Path | None:
    """The first page of any PDF as a WebP picture in `folder`, or None when it cannot be drawn."""
    pages = folder / "pages"
    pages.mkdir()
    try:
        drawn = render_deck(pdf, pages, limits=Limits(max_pages=2_000, first_pages=1))
    except (SlideRenderError, RendererCrashed):
        return None
    return drawn.slides[0].image


def _slide(message: dict[str, Any], folder: Path) -> RenderedSlide:
    return RenderedSlide(
        number=message["number"],
        image=folder / message["image"],
        size=tuple(message["size"]),
        thumbnail=folder / message["thumbnail"],
        thumbnail_size=tuple(message["thumbnail_size"]),
        text=message["text"],
        pieces=message["pieces"],
    )


class _Child:
    def __init__(self, process: subprocess.Popen[bytes], wall_seconds: int) -> None:
        self.process = process
        self.timed_out = False
        self._timer = threading.Timer(wall_seconds, self._time_out)
        self._timer.start()

    def allow(self, wall_seconds: float) -> None:
        """Start the clock again with another time."""
        self._timer.cancel()
        self._timer = threading.Timer(wall_seconds, self._time_out)
        self._timer.start()

    def messages(self) -> Iterator[dict[str, Any]]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            try:
                yield json.loads(line)
            except ValueError:
                # PDFium's own words on standard output, or a last line cut off by death.
                continue

    def cause_of_death(self, limits: Limits) -> Exception:
        code = self.process.wait()
        if self.timed_out or code == -signal.SIGXCPU:
            return error_for("too_slow", seconds=limits.wall_seconds if self.timed_out else limits.cpu_seconds)
        if code in (-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGILL):
            # PDFium aborts on purpose when an allocation fails.
            return error_for("too_much_memory")
        return RendererCrashed(f"the renderer ended with status {code}")

    def stop(self) -> None:
        self._timer.cancel()
        self._kill()
        self.process.wait()

    def _time_out(self) -> None:
        self.timed_out = True
        self._kill()

    def _kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)


@contextmanager
def _child(deck: Path, folder: Path, limits: Limits) -> Iterator[_Child]:
    arguments = [sys.executable, "-I", "-c", START, str(PROJECT), str(deck), str(folder), json.dumps(asdict(limits))]
    # A group of its own, so that nothing it starts outlives it; an empty environment, so that it learns no secret.
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": str(folder), **KEEP_MEMORY},
        cwd=folder,
        start_new_session=True,
    )
    child = _Child(process, limits.wall_seconds)
    try:
        yield child
    finally:
        child.stop()
        if process.stdout is not None:
            process.stdout.close()
