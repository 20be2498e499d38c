import email.utils
import json
import logging
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2
from django.conf import settings
from django.utils import timezone

from readinggroup.fetching.deadline import Deadline
from readinggroup.fetching.errors import (
    FetchNotFound,
    FetchRefused,
    FetchRejected,
    FetchTimeout,
    FetchTooLarge,
    FetchUnavailable,
)
from readinggroup.fetching.pacing import (
    MAX_RETRY_AFTER,
    Pace,
    count_failure,
    forget_failures,
    leave_alone,
    wait_for_turn,
)
from readinggroup.fetching.transport import PORTS, guarded_transport

log = logging.getLogger(__name__)

MAX_BYTES = 10 * 1000 * 1000
MAX_HOPS = 5
SECONDS = 20.0
MAX_URL = 4_000
#: What is posted to a host is answered in a few words.
MAX_ANSWER = 100_000
#: With these a host says that it did nothing.
TURNED_AWAY = (408, 425, 429, 503)
#: Nothing of the request has left before these.
NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)

#: Names and addresses as they are written; percent signs and the like are read differently by different programs.
_HOST = re.compile(r"[A-Za-z0-9_.-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*", re.A)


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` have lower-case names. `is_not_modified` answers a conditional request."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def is_not_modified(self) -> bool:
        return self.status == 304


def fetch(
    url: str,
    *,
    accept: str = "*/*",
    etag: str = "",
    last_modified: str = "",
    pace: Pace | None = None,
    max_bytes: int = MAX_BYTES,
    seconds: float = SECONDS,
) -> Answer:
    """Ask for `url` and return the answer, at most `max_bytes` after inflation, within `seconds` in total.

    `etag` or `last_modified` make the request conditional. `pace` says how often the host may be asked; without one,
    once a second; the wait for the turn comes before the time counts. Raises the subclasses of FetchError.
    """
    headers = _headers(accept)
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return _ask(url, lambda deadline: _follow(url, headers, deadline, max_bytes), pace, seconds)


def post_json(
    url: str, payload: Any, *, pace: Pace | None = None, max_bytes: int = MAX_ANSWER, seconds: float = SECONDS
) -> Answer:
    """Send `payload` to `url` as JSON, once, under the same rules as `fetch`; a redirect is not followed.

    Raises the subclasses of FetchError. Of FetchUnavailable, `has_arrived` says whether the host may have taken what
    was sent; after FetchTimeout nobody knows.
    """
    content = json.dumps(payload).encode()
    headers = {**_headers("*/*"), "Content-Type": "application/json"}
    return _ask(url, lambda deadline: _post(url, headers, content, deadline, max_bytes), pace, seconds)


def _headers(accept: str) -> dict[str, str]:
    return {"Accept": accept, "Accept-Encoding": "identity", "User-Agent": user_agent(), "Connection": "close"}


def _ask(url: str, ask: Callable[[Deadline], Answer], pace: Pace | None, seconds: float) -> Answer:
    """Vet, wait for the turn, ask within the time, and give what goes wrong its name."""
    vet(url)
    pace = pace or Pace(urlsplit(url).netloc.lower()[:250])
    wait_for_turn(pace)
    deadline = Deadline(seconds)
    with deadline.running():
        try:
            answer = ask(deadline)
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            count_failure(pace)
            if deadline.is_over or isinstance(error, httpx2.TimeoutException):
                raise FetchTimeout(f"{url}: {seconds:.0f} s") from error
            has_arrived = not isinstance(error, NEVER_SENT)
            raise FetchUnavailable(f"{url}: {type(error).__name__}", has_arrived=has_arrived) from error
        except (FetchTimeout, FetchUnavailable):
            count_failure(pace)
            raise
    return _judge(answer, pace)


def vet(url: str) -> None:
    """Raise FetchRefused for an address that needs no look-up to be refused, or that two parsers read differently."""
    if len(url) > MAX_URL or "\\" in url or any(ord(character) < 33 or ord(character) == 127 for character in url):
        raise FetchRefused("not an address")
    try:
        parts, read = urlsplit(url), httpx2.URL(url)
        host, port = parts.hostname or "", parts.port
    except (ValueError, httpx2.InvalidURL, UnicodeError) as error:
        raise FetchRefused("not an address") from error
    if parts.scheme not in ("http", "https") or read.scheme != parts.scheme:
        raise FetchRefused("neither http nor https")
    if not _HOST.fullmatch(host) or "@" in parts.netloc or read.userinfo or read.host.lower() != host.lower():
        raise FetchRefused("not a plain host")
    if port is not None and port not in PORTS and f"{host}:{port}" not in settings.FETCH_ALLOWED_PRIVATE_HOSTS:
        raise FetchRefused(f"port {port}")


def user_agent() -> str:
    """Who asks, and whom to write to about it."""
    contact = f"; mailto:{settings.FETCH_CONTACT}" if settings.FETCH_CONTACT else ""
    return f"readinggroup/1.0 (+{settings.SITE_URL}{contact})"


def _follow(url: str, headers: dict[str, str], deadline: Deadline, max_bytes: int) -> Answer:
    transport = guarded_transport(deadline, settings.FETCH_ALLOWED_PRIVATE_HOSTS)
    with httpx2.Client(transport=transport, trust_env=False, timeout=10, headers=headers) as client:
        for _ in range(MAX_HOPS + 1):
            vet(url)
            deadline.remaining()
            with client.stream("GET", url, follow_redirects=False) as response:
                location = response.headers.get("location", "")
                if not (response.has_redirect_location and location):
                    body = b"" if response.status_code == 304 else _read(response, deadline, max_bytes)
                    return Answer(url, response.status_code, {k.lower(): v for k, v in response.headers.items()}, body)
            url = str(httpx2.URL(url).join(location))
    raise FetchRefused("redirected too often")


def _post(url: str, headers: dict[str, str], content: bytes, deadline: Deadline, max_bytes: int) -> Answer:
    transport = guarded_transport(deadline, settings.FETCH_ALLOWED_PRIVATE_HOSTS)
    with (
        httpx2.Client(transport=transport, trust_env=False, timeout=10, headers=headers) as client,
        client.stream("POST", url, content=content, follow_redirects=False) as response,
    ):
        body = _read(response, deadline, max_bytes)
        return Answer(url, response.status_code, {k.lower(): v for k, v in response.headers.items()}, body)


def _read(response: httpx2.Response, deadline: Deadline, max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in _inflated(response, max_bytes):
        body += chunk
        if len(body) > max_bytes:
            raise FetchTooLarge(f"more than {max_bytes} bytes")
        deadline.remaining()
    # A connection that the deadline cut looks like the end of the body.
    deadline.remaining()
    return bytes(body)


def _inflated(response: httpx2.Response, max_bytes: int) -> Iterator[bytes]:
    """The body in pieces; a server that compresses although asked not to is inflated no further than the limit."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        yield from response.iter_raw()
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchUnavailable(f"encoded as {encoding[:20]}")
    inflater = zlib.decompressobj(47 if encoding != "deflate" else 15)
    try:
        for chunk in response.iter_raw():
            yield inflater.decompress(chunk, max_bytes + 1)
            if inflater.unconsumed_tail:
                raise FetchTooLarge(f"more than {max_bytes} bytes when inflated")
    except zlib.error as error:
        raise FetchUnavailable("damaged compression") from error


def _judge(answer: Answer, pace: Pace) -> Answer:
    status = answer.status
    if status < 500 and status not in (408, 425, 429):
        forget_failures(pace)
    if 200 <= status < 300 or status == 304:
        return answer
    if status in (404, 410):
        raise FetchNotFound(f"{answer.url}: {status}", answer=answer)
    if status in (408, 425, 429) or status >= 500:
        retry_after = _retry_after(answer.headers.get("retry-after", ""))
        if retry_after:
            leave_alone(pace, retry_after)
        else:
            count_failure(pace)
        has_arrived = status not in TURNED_AWAY
        raise FetchUnavailable(
            f"{answer.url}: {status}", retry_after=retry_after, has_answered=True, has_arrived=has_arrived
        )
    raise FetchRejected(f"{answer.url}: {status}", answer=answer)


def _retry_after(text: str) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date (RFC 9110, 10.2.3); at most some hours."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), MAX_RETRY_AFTER)
    try:
        moment = email.utils.parsedate_to_datetime(text)
        return min(max(0.0, (moment - timezone.now()).total_seconds()), MAX_RETRY_AFTER)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
