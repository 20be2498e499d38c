"""The shared cache, which may be gone: a page is slower without it, never broken."""

import hashlib
import logging
from datetime import UTC, datetime
from typing import Any

from django.core.cache import cache
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


class PatientRedisCache(RedisCache):
    """Django's Redis cache that answers like an empty one while the server is away."""

    def _quietly(self, name: str, absent: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), name)(*args, **kwargs)
        except RedisError as error:
            log.warning("Cache unavailable (%s): %s", name, error)
            return absent

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._quietly("get", default, key, default, version)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._quietly("get_many", {}, keys, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._quietly("set", None, key, value, timeout, version)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._quietly("add", True, key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._quietly("delete", False, key, version)

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return self._quietly("touch", False, key, timeout, version)


#: How long it is remembered that an answer did not change; asking again starts it anew.
REMEMBERED_SECONDS = 30 * 24 * 60 * 60


def unchanged_since(key: str, content: bytes) -> datetime:
    """Since when the answer called `key` is known to be `content`: an honest Last-Modified for what many rows make up.

    Rows that go leave no date behind, so the answer itself is compared. When the cache forgot it, that is now: then
    somebody is sent once what they have. Two answers never share a second.
    """
    name = f"unchanged-since:{hashlib.sha256(key.encode()).hexdigest()}"
    digest, now = hashlib.sha256(content).hexdigest(), int(datetime.now(UTC).timestamp())
    known, since = cache.get(name) or ("", 0)
    if known != digest:
        since = max(now, since + 1)
    cache.set(name, (digest, since), REMEMBERED_SECONDS)
    return datetime.fromtimestamp(since, UTC)
