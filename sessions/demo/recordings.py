"""The demo's own recording: the slides of a deck, one after the other, as a small video without sound."""

import tempfile
import tomllib
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import av
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sessions.models import Presentation, Recording
from sessions.recordings.transcripts import Line
from sessions.services.recordings import attach_recording_file, set_chapters, set_cues, set_transcript
from sessions.slides.renderer import render_deck

FRAMES_PER_SECOND = 2
SIZE = 640, 360


def add_demo_recording(presentation: Presentation, deck: bytes) -> Recording:
    """Give `presentation` a recording drawn from the PDF `deck`, with transcript, chapters and cues."""
    facts = tomllib.loads(files("sessions.demo").joinpath("recording.toml").read_text(encoding="utf-8"))
    video = _draw_video(deck, facts["cues"], facts["ends"])
    recording = attach_recording_file(presentation, SimpleUploadedFile("run-through.webm", video))
    recording.title = facts["title"]
    recording.save(update_fields=["title"])
    ends = [start for start, _ in facts["lines"][1:]] + [facts["ends"]]
    lines = zip(facts["lines"], ends, strict=True)
    set_transcript(recording, [Line(float(start), float(end), text) for (start, text), end in lines])
    set_chapters(recording, [(second, title) for second, title in facts["chapters"]])
    set_cues(recording, [(second, slide) for second, slide in facts["cues"]])
    return recording


def _draw_video(deck: bytes, cues: list[tuple[int, int]], ends: int) -> bytes:
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        folder = Path(name)
        (folder / "deck.pdf").write_bytes(deck)
        slides = render_deck(folder / "deck.pdf", folder).slides
        pictures = [Image.open(slide.image).convert("RGB").resize(SIZE) for slide in slides]
    return _encode(pictures, cues, ends)


def _encode(pictures: list[Image.Image], cues: list[tuple[int, int]], ends: int) -> bytes:
    file = BytesIO()
    with av.open(file, "w", format="webm") as container:
        stream = container.add_stream("libvpx-vp9", rate=FRAMES_PER_SECOND)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": "36", "b:v": "0", "deadline": "realtime", "cpu-used": "8"}
        until = [second for second, _ in cues[1:]] + [ends]
        for (start, slide), end in zip(cues, until, strict=True):
            frame = av.VideoFrame.from_image(pictures[slide - 1])
            for number in range(start * FRAMES_PER_SECOND, end * FRAMES_PER_SECOND):
                frame.pts = number
                container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return file.getvalue()
