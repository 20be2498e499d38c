"""YouTube and Vimeo, with the moment at which a link starts."""

import re
from urllib.parse import parse_qsl, urlsplit

from papers.identifiers.parsed import ParsedIdentifier
from papers.identifiers.web import Address

_VIDEO = re.compile(r"[\w-]{11}", re.A)
_TIME = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", re.A)
_YOUTUBE = (
    "youtube.com",
    "youtu.be",
    "youtube-nocookie.com",
    "music.youtube.com",
    "gaming.youtube.com",
    "i.ytimg.com",
    "img.youtube.com",
)
_VIMEO = re.compile(
    r"^/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/|(?:album|showcase)/\d+/video/|ondemand/[\w-]+/)?"
    r"(\d{5,12})(?:/([0-9a-f]{8,12}))?/?$",
    re.A,
)


def parse_address(address: Address) -> ParsedIdentifier | None:
    host = address.host.removeprefix("www.").removeprefix("m.")
    if host in _YOUTUBE:
        return _parse_youtube(address, host)
    if host in ("vimeo.com", "player.vimeo.com"):
        found = _VIMEO.match(address.path)
        return _vimeo(found[1], found[2] or next(iter(address.values("h")), "")) if found else None
    return None


def _parse_youtube(address: Address, host: str) -> ParsedIdentifier | None:
    parts = [part for part in address.path.split("/") if part]
    video = ""
    if host == "youtu.be" and parts:
        video = parts[0]
    elif parts and parts[0] in ("embed", "shorts", "live", "v", "vi", "e", "watch") and len(parts) > 1:
        video = parts[1]
    elif parts in ([], ["watch"], ["watch_popup"], ["details"]):
        video = next(iter(address.values("v")), "")
    elif parts == ["attribution_link"]:
        inner = dict(parse_qsl(urlsplit(next(iter(address.values("u")), "")).query))
        video = inner.get("v", "")
    video = re.split(r"[&?]", video)[0]
    if not _VIDEO.fullmatch(video):
        return None
    seconds = _seconds(next(iter(address.values("t", "start", "time_continue")), ""))
    at = f"&t={seconds}s" if seconds else ""
    return ParsedIdentifier("youtube", video, url=f"https://www.youtube.com/watch?v={video}{at}")


def _vimeo(number: str, key: str) -> ParsedIdentifier:
    """`key` opens an unlisted video."""
    key = key if re.fullmatch(r"[0-9a-f]{8,12}", key) else ""
    return ParsedIdentifier("vimeo", number, url=f"https://vimeo.com/{number}" + (f"/{key}" if key else ""))


def _seconds(text: str) -> int:
    found = _TIME.fullmatch(text[:20])
    if not found:
        return 0
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds
