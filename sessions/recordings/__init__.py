"""Where recordings live: which host an address belongs to, and how it is played without telling the host beforehand."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from django.conf import settings

from sessions.models.recording import Recording

Host = Recording.Host


class NotARecording(ValueError):
    """The text is no address of a recording; the message says what is wanted."""


@dataclass(frozen=True)
class ParsedRecording:
    """A recording's host, its id there ("" for a plain link), its canonical address, and the second to begin at."""

    host: str
    video_id: str
    url: str
    starts_at_seconds: int = 0


def parse_recording(text: str) -> ParsedRecording:
    """Recognise the address of a recording. Raises NotARecording for anything but an http(s) address with a host."""
    text = text.strip()
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
        host = (address.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        host = ""
    if not host or "." not in host or address.scheme not in ("http", "https") or re.search(r"\s", text):
        raise NotARecording("This is no address. Paste the recording's, such as https://www.youtube.com/watch?v=…")
    seconds = _start(address)
    for recognise in (_youtube, _vimeo, _peertube):
        found = recognise(host, address)
        if found:
            return ParsedRecording(found[0], found[1], found[2], seconds)
    return ParsedRecording(Host.LINK, "", address.geturl())


def player_url(recording: Recording) -> str:
    """The address of the host's player that sets no cookie before it plays; "" for a plain link."""
    begin = recording.starts_at_seconds
    query: dict[str, str | int] = {"autoplay": 1}
    if recording.host == Host.YOUTUBE:
        query |= {"start": begin} if begin else {}
        return f"https://www.youtube-nocookie.com/embed/{recording.video_id}?{urlencode(query)}"
    if recording.host == Host.VIMEO:
        number, _, key = recording.video_id.partition("/")
        query |= {"dnt": 1} | ({"h": key} if key else {})
        return f"https://player.vimeo.com/video/{number}?{urlencode(query)}{f'#t={begin}s' if begin else ''}"
    if recording.host == Host.PEERTUBE:
        query |= {"p2p": 0} | ({"start": f"{begin}s"} if begin else {})
        return f"https://{urlsplit(recording.url).netloc}/videos/embed/{recording.video_id}?{urlencode(query)}"
    return ""


Found = tuple[str, str, str] | None
Recogniser = Callable[[str, SplitResult], Found]


def _youtube(host: str, address: SplitResult) -> Found:
    parts = [part for part in address.path.split("/") if part]
    video = ""
    if host == "youtu.be" and parts:
        video = parts[0]
    elif host in ("youtube.com", "music.youtube.com", "youtube-nocookie.com"):
        if parts[:1] == ["watch"]:
            video = parse_qs(address.query).get("v", [""])[0]
        elif len(parts) >= 2 and parts[0] in ("embed", "live", "shorts", "v"):
            video = parts[1]
    if not re.fullmatch(r"[\w-]{11}", video, re.ASCII):
        return None
    return Host.YOUTUBE, video, f"https://www.youtube.com/watch?v={video}"


def _vimeo(host: str, address: SplitResult) -> Found:
    if host not in ("vimeo.com", "player.vimeo.com"):
        return None
    match = re.search(r"/(\d{5,12})(?:/([0-9a-f]{6,16}))?/?$", address.path)
    if not match:
        return None
    key = match[2] or parse_qs(address.query).get("h", [""])[0]
    key = key if re.fullmatch(r"[0-9a-f]{6,16}", key) else ""
    video = f"{match[1]}/{key}" if key else match[1]
    return Host.VIMEO, video, f"https://vimeo.com/{video}"


def _peertube(host: str, address: SplitResult) -> Found:
    if address.netloc.lower() not in settings.PEERTUBE_HOSTS:
        return None
    match = re.fullmatch(r"/(?:w|videos/watch|videos/embed)/([\w-]{10,40})/?", address.path, re.ASCII)
    if not match:
        return None
    return Host.PEERTUBE, match[1], f"https://{address.netloc}/w/{match[1]}"


def _start(address: SplitResult) -> int:
    """The second named by t=90, t=1m30s or start=90, in the query or, as Vimeo has it, in the fragment."""
    named = parse_qs(address.query) | parse_qs(address.fragment)
    text = (named.get("t") or named.get("start") or ["0"])[0]
    match = re.fullmatch(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", text, re.ASCII)
    if not match:
        return 0
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return hours * 3600 + minutes * 60 + seconds
