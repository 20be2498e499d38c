"""The program that draws a deck: `python child.py DECK FOLDER LIMITS`, with limits as JSON.

It imports no Django and opens no socket. It prints one JSON object per line: `opened` with the number of pages, `slide`
for each page drawn, and at the end `done` or `failed` with a code of `errors.REASONS`. Pages are drawn in order, so the
cover comes first. It puts itself under resource limits before it reads a byte of the file.
"""

import ctypes
import json
import math
import resource
import signal
import sys
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

PR_SET_PDEATHSIG = 1

LARGE_WIDTH = 1600
THUMBNAIL_WIDTH = 480
MAX_PIXELS = 20_000_000
#: WebP cannot be taller.
MAX_SIDE = 16_000
#: A thumbnail of a tall page is narrower, not endlessly tall.
THUMBNAIL_HEIGHT = 960
#: Longest text kept of one page; slides have a few hundred characters, a page of a scanned book some thousand.
MAX_TEXT = 20_000


def say(event: str, **facts: object) -> None:
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


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
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_processor_time(limits: dict[str, int], *, pages: int, hard: bool = False) -> None:
    """Allow the base time, and some for each page once their number is known."""
    most = limits["cpu_seconds"] + limits["max_pages"] * limits["page_milliseconds"] // 1000
    now = limits["cpu_seconds"] + pages * limits["page_milliseconds"] // 1000
    resource.setrlimit(resource.RLIMIT_CPU, (now, most if hard else resource.getrlimit(resource.RLIMIT_CPU)[1]))


def draw(deck: Path, folder: Path, limits: dict[str, int]) -> None:
    try:
        document = pdfium.PdfDocument(deck)
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
    drawn = sum(draw_page(document, index, folder) for index in range(pages))
    if drawn:
        say("done")
    else:
        say("failed", code="nothing_to_draw")


def draw_page(document: pdfium.PdfDocument, index: int, folder: Path) -> bool:
    """Write one page as a large image and a thumbnail; one that cannot be drawn stays blank, and False is returned."""
    try:
        page = document[index]
        scale = fitting_scale(*page.get_size())
        # Rendering at all, and reading the text, may fail for a page whose neighbours are fine.
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB") if scale else None
        text = page_text(page)
    except pdfium.PdfiumError:
        image, text = None, ""
    blank = Image.new("RGB", (LARGE_WIDTH, LARGE_WIDTH * 9 // 16), "white")
    say("slide", **save(index, image or blank, text, folder))
    return image is not None


def fitting_scale(width: float, height: float) -> float:
    """Pixels per point at which a page is as wide as a large slide and not too many pixels; 0 when there is none."""
    if not (width > 0 and height > 0 and math.isfinite(width) and math.isfinite(height)):
        return 0
    scale = min(LARGE_WIDTH / width, math.sqrt(MAX_PIXELS / (width * height)), MAX_SIDE / height)
    return scale if min(width, height) * scale >= 1 else 0


def page_text(page: pdfium.PdfPage) -> str:
    """The page's text in reading order, without control characters and lone surrogates."""
    try:
        text = page.get_textpage().get_text_bounded()
    except pdfium.PdfiumError:
        return ""
    lines = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or c.isprintable()).strip()[:MAX_TEXT]


def save(index: int, image: Image.Image, text: str, folder: Path) -> dict[str, object]:
    shrink = min(THUMBNAIL_WIDTH / image.width, THUMBNAIL_HEIGHT / image.height)
    thumbnail_size = max(1, round(image.width * shrink)), max(1, round(image.height * shrink))
    thumbnail = image.resize(thumbnail_size, Image.Resampling.LANCZOS)
    names = {"image": f"{index + 1:04}-large.webp", "thumbnail": f"{index + 1:04}-small.webp"}
    image.save(folder / names["image"], "WEBP", quality=82, method=2)
    thumbnail.save(folder / names["thumbnail"], "WEBP", quality=78, method=2)
    return {
        "number": index + 1,
        **names,
        "size": image.size,
        "thumbnail_size": thumbnail.size,
        "text": text,
    }


def main() -> int:
    deck, folder, limits = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    cage(limits)
    try:
        draw(deck, folder, limits)
    except MemoryError:
        say("failed", code="too_much_memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
