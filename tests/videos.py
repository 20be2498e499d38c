"""Small videos for tests."""

from functools import cache
from io import BytesIO

import av
from PIL import Image

CODECS = {"webm": "libvpx-vp9", "mp4": "libx264"}


@cache
def video(kind: str = "webm", *, seconds: int = 2) -> bytes:
    """A silent video whose colour changes every second."""
    file = BytesIO()
    with av.open(file, "w", format=kind) as container:
        stream = container.add_stream(CODECS[kind], rate=2)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(2 * seconds):
            frame = av.VideoFrame.from_image(Image.new("RGB", (320, 180), (number // 2 * 40 % 256, 90, 120)))
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()
