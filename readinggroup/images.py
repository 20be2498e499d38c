"""Pictures from members: checked before they are decoded, always encoded anew."""

import re
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO
from uuid import uuid4

from django.conf import settings
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 40_000_000
# The WebP decoder keeps three pictures at once.
MAX_PIXELS_WEBP = 10_000_000
MAX_SIDE = 2_000
STRIP = 64
WEBP_QUALITY = 82

OWN_NAME = re.compile(r"[0-9a-f]{32}-\d{1,4}x\d{1,4}\.webp")


class ImageRefused(ValueError):
    """The picture cannot be taken; the message says why and what to do."""


@dataclass(frozen=True)
class AcceptedImage:
    """A picture made by us: WebP bytes without metadata, sizes in pixels."""

    content: bytes
    width: int
    height: int

    def new_name(self) -> str:
        """A file name nobody can guess; it carries the size, which lets a page leave room for the picture."""
        return f"{uuid4().hex}-{self.width}x{self.height}.webp"


def accept_image(upload: IO[bytes], *, max_side: int = MAX_SIDE) -> AcceptedImage:
    """Decode `upload` (JPEG, PNG, WebP or GIF) and encode it anew, upright and at most `max_side` pixels wide and high.

    Of an animation the first picture is kept. Raises `ImageRefused` for everything else.
    """
    data = upload.read(settings.IMAGE_MAX_MEGABYTES * 1024 * 1024 + 1)
    if not data:
        raise ImageRefused("This file is empty. Choose a picture.")
    if len(data) > settings.IMAGE_MAX_MEGABYTES * 1024 * 1024:
        raise ImageRefused(f"This picture is larger than {settings.IMAGE_MAX_MEGABYTES} MB. Save it smaller.")
    try:
        # Pillow warns about large pictures that our own limit, checked before decoding, still allows.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=FORMATS) as image:
                return _encode(image, max_side)
    except ImageRefused:
        raise
    except Image.DecompressionBombError as error:
        raise ImageRefused(
            f"This picture has far too many pixels; {MAX_PIXELS // 1_000_000} megapixels are possible. Save it smaller."
        ) from error
    # Pillow's decoders raise a wide and changing set of errors on damaged files, struct.error and SyntaxError included.
    except Exception as error:
        raise ImageRefused("This is not a picture that can be read: JPEG, PNG, WebP and GIF are possible.") from error


def _encode(image: Image.Image, max_side: int) -> AcceptedImage:
    width, height = image.size
    limit = MAX_PIXELS_WEBP if image.format == "WEBP" else MAX_PIXELS
    if width * height > limit:
        raise ImageRefused(
            f"This picture has {width} x {height} pixels; {limit // 1_000_000} megapixels are possible. "
            "Save it smaller."
        )
    # A JPEG decoder can shrink while it reads, which keeps a large photograph out of memory.
    image.draft("RGB", (max_side, max_side))
    plain = _shrink(image, max(image.size) // max_side)
    plain.info = {"exif": image.info["exif"]} if "exif" in image.info else {}
    ImageOps.exif_transpose(plain, in_place=True)
    plain.thumbnail((max_side, max_side))
    # Nothing but pixels goes on: EXIF, GPS, comments and colour profiles stay behind.
    plain.info = {}
    output = BytesIO()
    plain.save(output, "WEBP", quality=WEBP_QUALITY, method=2)
    return AcceptedImage(output.getvalue(), plain.width, plain.height)


def _shrink(image: Image.Image, factor: int) -> Image.Image:
    """`image` as RGB or RGBA, at one `factor`-th of its size.

    Strip by strip: converting a whole picture takes its memory several times over.
    """
    has_alpha = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    mode = "RGBA" if has_alpha else "RGB"
    factor = max(1, factor)
    width, height = image.size
    plain = Image.new(mode, (-(-width // factor), -(-height // factor)))
    image.load()
    for top in range(0, height, STRIP * factor):
        strip = image.crop((0, top, width, min(height, top + STRIP * factor)))
        if strip.mode.startswith("I;16"):
            strip = strip.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        strip = strip.convert(mode)
        plain.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    return plain
