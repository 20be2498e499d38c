"""How often somebody may ask for something costly, and whether a form arrives for the second time."""

import hashlib
import time

from django.core.cache import cache
from django.http import HttpRequest

#: Within so many seconds the same form is the same press.
SAME_PRESS = 10
SENT_TWICE = "This form arrived twice within a moment, so the second one was left out."


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


def is_sent_twice(request: HttpRequest) -> bool:
    """Whether this very form was sent by the same person a moment ago, as by a double click.

    For what is made anew and could be meant twice. Of requests at once all but one are the second; without a cache none
    is.
    """
    sent = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    words = f"{request.user.pk} {request.path} {sent}"
    try:
        return not cache.add(f"sent:{hashlib.sha256(words.encode()).hexdigest()}", 1, SAME_PRESS)
    except Exception:  # noqa: BLE001 - any error of whatever cache is configured
        return False
