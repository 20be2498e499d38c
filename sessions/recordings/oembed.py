"""What a video's host says of it (https://oembed.com): title, duration, poster."""

import json
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from readinggroup.fetching import FetchError, FetchRejected, FetchUnavailable, fetch
from sessions.models import Recording

MAX_BYTES = 500_000
POSTER_BYTES = 5_000_000
#: A video longer than this is a mistake of the host.
MOST_SECONDS = 7 * 24 * 3600


class RecordingAway(Exception):
    """The host did not answer; worth another try after `retry_after` seconds, or None."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RecordingUnknown(Exception):
    """The host does not say anything of this video: it is gone, or private. The message is for members."""


@dataclass(frozen=True)
class HostedFacts:
    title: str
    duration_seconds: int | None
    poster: bytes


def ask_host(recording: Recording) -> HostedFacts:
    """Ask the host of a recording. Raises RecordingAway and RecordingUnknown."""
    name = recording.get_host_display()
    try:
        answer = fetch(_endpoint(recording), accept="application/json", max_bytes=MAX_BYTES)
        facts = json.loads(answer.body)
    except FetchUnavailable as error:
        raise RecordingAway(f"{name} did not answer.", error.retry_after) from error
    except FetchRejected as error:
        raise RecordingUnknown(f"{name} says that this video is gone or private. The link stays.") from error
    except (FetchError, ValueError, RecursionError) as error:
        # A consent or sign-in page instead of the answer, for one.
        raise RecordingAway(f"{name} did not answer as agreed.") from error
    if not isinstance(facts, dict) or facts.get("type") != "video":
        raise RecordingUnknown(f"{name} says nothing of this video. The link stays.")
    return HostedFacts(_title(facts), _duration(facts), _poster(facts))


def _endpoint(recording: Recording) -> str:
    if recording.host == Recording.Host.YOUTUBE:
        base = settings.YOUTUBE_OEMBED_URL
    elif recording.host == Recording.Host.VIMEO:
        base = settings.VIMEO_OEMBED_URL
    else:
        base = f"https://{urlsplit(recording.url).netloc}/services/oembed"
    return f"{base}?{urlencode({'url': recording.url, 'format': 'json'})}"


def _title(facts: dict[str, object]) -> str:
    title = facts.get("title")
    words = "".join(c for c in title if c.isprintable()) if isinstance(title, str) else ""
    return " ".join(words.split())[:300]


def _duration(facts: dict[str, object]) -> int | None:
    duration = facts.get("duration")
    is_number = isinstance(duration, int | float) and not isinstance(duration, bool)
    return int(duration) if is_number and 0 < duration < MOST_SECONDS else None  # type: ignore[operator,call-overload]


def _poster(facts: dict[str, object]) -> bytes:
    """The picture that the host offers; nothing is wrong when there is none."""
    address = facts.get("thumbnail_url")
    if not isinstance(address, str) or not address:
        return b""
    try:
        return fetch(address, accept="image/webp, image/jpeg, image/png", max_bytes=POSTER_BYTES).body
    except FetchError:
        return b""
