"""How often somebody may ask for something costly."""

import time

from django.core.cache import cache


def is_too_often(what: str, who: object, *, limit: int, seconds: int) -> bool:
    """Count one more request of `who` for `what` and say whether it is beyond `limit` in this span of `seconds`.

    Counted in the shared cache, in fixed spans. Without a cache nobody is refused: the work has limits of its own.
    """
    key = f"throttle:{what}:{who}:{int(time.time() // seconds)}"
    cache.add(key, 0, seconds * 2)
    try:
        return bool(cache.incr(key) > limit)
    except Exception:  # noqa: BLE001 - an absent key, or any error of whatever cache is configured
        return False
