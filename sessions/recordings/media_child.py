"""The program that looks into a video: `python media_child.py VIDEO POSTER`; prints {"duration": seconds or null}.

It imports no Django and opens no socket, and puts itself under limits before it reads a byte of the file.
"""

import json
import resource
import sys

import av
from av.error import FFmpegError

#: Where a talk has begun and its title slide is gone.
POSTER_AT = 0.1
WIDTH = 960
MAX_PIXELS = 10_000_000


def main() -> int:
    for name, value in {"RLIMIT_AS": 1 << 30, "RLIMIT_CPU": 40, "RLIMIT_FSIZE": 50_000_000, "RLIMIT_CORE": 0}.items():
        resource.setrlimit(getattr(resource, name), (value, value))
    video, poster = sys.argv[1:]
    # Files alone: some formats name further ones, or addresses, to be opened.
    with av.open(video, options={"protocol_whitelist": "file"}) as container:
        duration = round(container.duration / av.time_base) if container.duration else None
        streams = container.streams.video
        if streams and streams[0].width * streams[0].height <= MAX_PIXELS:
            save_poster(container, streams[0], poster)
    sys.stdout.write(json.dumps({"duration": duration}))
    return 0


def save_poster(container: av.container.InputContainer, stream: av.VideoStream, poster: str) -> None:
    stream.thread_type = "NONE"
    try:
        if container.duration:
            container.seek(int(container.duration * POSTER_AT))
        frame = next(container.decode(stream))
    except (FFmpegError, StopIteration):
        return
    height = max(2, round(frame.height * WIDTH / frame.width))
    frame.reformat(width=WIDTH, height=min(height, 2 * WIDTH)).to_image().save(poster, "PNG")


if __name__ == "__main__":
    sys.exit(main())
