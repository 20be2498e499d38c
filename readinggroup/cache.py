"""The shared cache, which may be gone: a page is slower without it, never broken."""

import logging
from typing import Any

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
