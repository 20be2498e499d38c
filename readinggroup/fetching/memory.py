"""Answers that need not be sent twice (RFC 9110, 13): what a host said is kept with its ETag or date."""

import hashlib
from dataclasses import replace

from django.core.cache import cache

from readinggroup.fetching.client import Answer, fetch
from readinggroup.fetching.pacing import Pace

#: For how long an answer is remembered, and how large it may be.
SECONDS = 30 * 24 * 3600
MAX_BODY = 500_000


def fetch_remembered(url: str, *, accept: str = "*/*", pace: Pace | None = None) -> Answer:
    """Like `fetch`, but ask only whether the answer has changed when the host said how to ask so.

    The memory is the cache that all workers share; without it, the whole answer is asked for. Raises as `fetch` does.
    """
    key = "fetched:" + hashlib.sha256(f"{accept} {url}".encode()).hexdigest()
    known: Answer | None = cache.get(key)
    headers = known.headers if known else {}
    answer = fetch(
        url, accept=accept, etag=headers.get("etag", ""), last_modified=headers.get("last-modified", ""), pace=pace
    )
    if answer.is_not_modified and known:
        cache.touch(key, SECONDS)
        return replace(known, headers={**known.headers, "x-not-modified": "1"})
    if (answer.headers.get("etag") or answer.headers.get("last-modified")) and len(answer.body) <= MAX_BODY:
        cache.set(key, answer, SECONDS)
    return answer
