"""How far a long piece of work is, for a page that shows it.

It goes to the shared cache and not to the row: the work is one transaction, whose writes nobody sees before its end,
and SQLite lets nobody else write meanwhile. A lost cache costs the moving bar and nothing else.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

#: Seconds between two messages, and how long one is believed.
PAUSE = 0.4
KEPT = 600


@dataclass(frozen=True)
class Progress:
    done: int
    total: int

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


class ProgressTeller:
    """Called with how much is done of how much; tells the cache now and then, and always of the end."""

    def __init__(self, key: str) -> None:
        self.key, self.told_at = key, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told_at >= PAUSE or done >= total:
            self.told_at = now
            cache.set(f"progress:{self.key}", [done, total], KEPT)


def progress_of(key: str) -> Progress | None:
    """How far the work named `key` is, or None when nothing is known."""
    told = cache.get(f"progress:{key}")
    return Progress(*told) if told else None


def forget_progress(key: str) -> None:
    """Begin anew, as before the second try of a work."""
    cache.delete(f"progress:{key}")
