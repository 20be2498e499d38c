"""What was said, and when: WebVTT in the store, and whatever people have on the way in.

WebVTT is read and written as in https://www.w3.org/TR/webvtt1/; SubRip by its usual form; and the "0:42 words" lines
that YouTube shows beside a video, where the time may stand on a line of its own.
"""

import html
import re
from dataclasses import dataclass
from io import StringIO

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from sessions.recordings.clock import MOST_SECONDS, NotATime, parse_timed_lines

MAX_BYTES = 3_000_000
MAX_LINES = 20_000
MAX_TEXT = 1_000
#: How long the last line of a transcript without ends is shown.
LAST_SECONDS = 5

_TAG = re.compile(r"<[^<>]{0,200}>")


class TranscriptRefused(ValueError):
    """The text is no transcript that can be read; the message says what is wanted."""


@dataclass(frozen=True)
class Line:
    """Words said from second `start` to second `end`."""

    start: float
    end: float
    text: str


def parse_transcript(text: str) -> list[Line]:
    """Read WebVTT, SubRip, or lines that begin with a time. Raises TranscriptRefused."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not text:
        return []
    if len(text.encode()) > MAX_BYTES:
        raise TranscriptRefused(f"This transcript is larger than {MAX_BYTES // 1_000_000} MB. Split the recording.")
    lines = _captions(text) if "-->" in text else _plain_lines(text)
    if not lines:
        raise TranscriptRefused(
            "Nothing is said in this transcript. Paste a WebVTT or SRT file, or “0:42 words” lines."
        )
    if len(lines) > MAX_LINES:
        raise TranscriptRefused(f"This transcript has {len(lines)} lines; the limit is {MAX_LINES}.")
    return sorted(lines, key=lambda line: line.start)


def as_webvtt(lines: list[Line]) -> str:
    """The lines as a WebVTT file."""
    blocks = [f"{_stamp(line.start)} --> {_stamp(line.end)}\n{html.escape(line.text, quote=False)}" for line in lines]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def read_webvtt(text: str) -> list[Line]:
    """The lines of a transcript that this site stored."""
    return _captions(text) if text else []


def _captions(text: str) -> list[Line]:
    try:
        if text.startswith("WEBVTT"):
            found = webvtt.from_string(text)
        else:
            found = webvtt.from_buffer(StringIO(text), format="srt")
    except (MalformedCaptionError, MalformedFileError, ValueError, IndexError, AttributeError) as error:
        raise TranscriptRefused("This transcript is damaged. Export it again as WebVTT or SRT.") from error
    lines = []
    for caption in found.captions:
        start, end = _seconds(caption.start), _seconds(caption.end)
        words = _words(caption.text)
        if words and start < MOST_SECONDS:
            lines.append(Line(start, max(start, min(end, MOST_SECONDS)), words))
    return _without_repeats(lines)


def _plain_lines(text: str) -> list[Line]:
    joined: list[str] = []
    for line in filter(str.strip, text.split("\n")):
        is_words = joined and re.fullmatch(r"[\[(]?[\d:]{4,8}[\])]?", joined[-1].strip())
        if is_words and not re.match(r"[\[(]?\d{1,3}:\d\d", line.strip()):
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line)
    try:
        pairs = parse_timed_lines("\n".join(joined))
    except NotATime as error:
        raise TranscriptRefused(f"{error}. A transcript is WebVTT, SRT, or lines that begin with a time.") from error
    ends = [start for start, _ in pairs[1:]] + [pairs[-1][0] + LAST_SECONDS]
    return [
        Line(float(start), float(max(start, end)), _words(words))
        for (start, words), end in zip(pairs, ends, strict=True)
        if _words(words)
    ]


def _words(text: str) -> str:
    """The words of a caption, without voice tags and karaoke times."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())[:MAX_TEXT]


def _without_repeats(lines: list[Line]) -> list[Line]:
    """Automatic captions roll: each shows the line before once more. Keep every line once."""
    kept: list[Line] = []
    for line in lines:
        if kept and line.text == kept[-1].text:
            kept[-1] = Line(kept[-1].start, line.end, line.text)
        elif kept and line.text.startswith(f"{kept[-1].text} "):
            rest = line.text.removeprefix(kept[-1].text).strip()
            kept.append(Line(line.start, line.end, rest))
        else:
            kept.append(line)
    return kept


def _seconds(stamp: str) -> float:
    """Seconds of "01:02:03.456"."""
    hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return (
        f"{milliseconds // 3_600_000:02}:{milliseconds // 60_000 % 60:02}:"
        f"{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"
    )
