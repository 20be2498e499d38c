"""Drawing one page: a large image, a thumbnail, its text, and where on the page the text stands."""

import math
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

LARGE_WIDTH = 1600
MAX_PIXELS = 20_000_000
#: WebP cannot be taller.
MAX_SIDE = 16_000
#: A thumbnail is a whole fraction of the large image, which costs a tenth of free scaling.
THUMBNAIL_WIDTH = 400
THUMBNAIL_HEIGHT = 1000
#: Longest text kept of one page; slides have a few hundred characters, a page of a scanned book some thousand.
MAX_TEXT = 20_000
#: Pieces of text whose place is kept; beyond that a page is a poster, and its text is still found and read.
MAX_PIECES = 400
#: A thumbnail of at most so many bytes per 1,000 pixels shows letters and lines, one with more is crowded. Encoding is
#: half of all the work; the fast method costs a crowded page a third more bytes than the thorough one, and a plain page
#: hardly any (`bench/slides.py` measures both).
PLAIN_BYTES = 125
PLAIN = {"quality": 70, "method": 0}
CROWDED = {"quality": 65, "method": 2}


def draw_page(document: pdfium.PdfDocument, index: int, folder: Path) -> dict[str, object]:
    """Write the images of one page into `folder` and return its facts; one that cannot be drawn is white and blank."""
    text = ""
    pieces: list[list[Any]] = []
    try:
        page = document[index]
        scale = fitting_scale(*page.get_size())
        # Rendering at all, and reading the text, may fail for a page whose neighbours are fine.
        image = render(page, scale) if scale else None
        if image:
            text, pieces = read_text(page, image.size)
    except pdfium.PdfiumError:
        image = None
    is_blank = image is None
    shown = image or Image.new("RGB", (LARGE_WIDTH, LARGE_WIDTH * 9 // 16), "white")
    return {**save(index, shown, folder), "text": text, "pieces": pieces, "is_blank": is_blank}


def render(page: pdfium.PdfPage, scale: float) -> Image.Image:
    # Four bytes a pixel in the order of Pillow's channels: Pillow then works in PDFium's memory and copies nothing.
    bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=True, prefer_bgrx=True)
    image: Image.Image = bitmap.to_pil()
    return image if image.mode == "RGBX" else image.convert("RGB")


def fitting_scale(width: float, height: float) -> float:
    """Pixels per point at which a page is as wide as a large slide and not too many pixels; 0 when there is none."""
    if not (width > 0 and height > 0 and math.isfinite(width) and math.isfinite(height)):
        return 0
    scale = min(LARGE_WIDTH / width, math.sqrt(MAX_PIXELS / (width * height)), MAX_SIDE / height)
    return scale if min(width, height) * scale >= 1 else 0


def save(index: int, image: Image.Image, folder: Path) -> dict[str, object]:
    factor = max(math.ceil(image.width / THUMBNAIL_WIDTH), math.ceil(image.height / THUMBNAIL_HEIGHT))
    thumbnail = image.reduce(factor)
    names = {"image": f"{index + 1:04}-large.webp", "thumbnail": f"{index + 1:04}-small.webp"}
    thumbnail.save(folder / names["thumbnail"], "WEBP", quality=70, method=1)
    size = (folder / names["thumbnail"]).stat().st_size
    is_plain = size <= PLAIN_BYTES * thumbnail.width * thumbnail.height / 1000
    image.save(folder / names["image"], "WEBP", **(PLAIN if is_plain else CROWDED))
    return {"number": index + 1, **names, "size": image.size, "thumbnail_size": thumbnail.size}


def read_text(page: pdfium.PdfPage, size: tuple[int, int]) -> tuple[str, list[list[Any]]]:
    """The text in reading order, and its pieces as [left, top, width, height, text] in pixels of the large image."""
    try:
        reader = page.get_textpage()
        text = readable(reader.get_text_bounded())[:MAX_TEXT]
        pieces = list(_pieces(page, reader, size)) if text else []
    except pdfium.PdfiumError:
        return "", []
    return text, pieces


def readable(text: str) -> str:
    """Without control characters and lone surrogates, with one kind of line end."""
    lines = text.encode("utf-8", "ignore").decode().replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or c.isprintable()).strip()


def _pieces(page: pdfium.PdfPage, reader: pdfium.PdfTextPage, size: tuple[int, int]) -> Any:
    place = pdfium.PdfPosConv(page, (0, 0, *size, 0))
    for number in range(min(reader.count_rects(), MAX_PIECES)):
        box = reader.get_rect(number)
        text = " ".join(readable(reader.get_text_bounded(*box)).split())
        (x1, y1), (x2, y2) = place.to_bitmap(box[0], box[1]), place.to_bitmap(box[2], box[3])
        width, height = abs(x2 - x1), abs(y2 - y1)
        if text and 0 < width <= size[0] and 0 < height <= size[1]:
            yield [min(x1, x2), min(y1, y2), width, height, text[:500]]
