"""Times in a recording, as people write them."""

import re

_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d{1,3})?", re.ASCII)
#: A line that begins with a time: "0:42 Title", "[01:02:03] - Title", "12:30".
_LINE = re.compile(rf"[\[(]?({_CLOCK.pattern})[\])]?(?:\s*[-–—:|]\s*|\s+|$)(.*)", re.ASCII)

#: A day; no recording is longer.
MOST_SECONDS = 24 * 3600


class NotATime(ValueError):
    """A line that does not begin with a time; the message says which and what is wanted."""


def clock(seconds: float) -> str:
    """3723 becomes "1:02:03", 42 becomes "0:42"."""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def parse_clock(text: str) -> int:
    """Seconds of "1:02:03", "62:03", "0:42". Raises NotATime."""
    match = _CLOCK.fullmatch(text.strip())
    if not match or int(match[3]) > 59:
        raise NotATime(f"“{text.strip()[:40]}” is no time. Write minutes and seconds, such as 12:30.")
    seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    if seconds >= MOST_SECONDS:
        raise NotATime(f"“{text.strip()[:40]}” is longer than a day.")
    return seconds


def parse_timed_lines(text: str) -> list[tuple[int, str]]:
    """Pairs of second and text of lines that begin with a time; empty lines are left out. Raises NotATime."""
    pairs = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if not match:
            raise NotATime(f"Line {number} does not begin with a time such as 12:30: “{line.strip()[:60]}”")
        pairs.append((parse_clock(match[1]), match[5].strip()))
    return pairs
