"""Signs of life for load balancers and operators."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis
from redis.exceptions import RedisError

from readinggroup.models import WorkerHeartbeat


@require_safe
@never_cache
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """What the site needs and whether it is there; 503 when the database is not.

    A missing cache or worker makes the site slower or later, not wrong, so it is told with status 200.
    """
    database = _database_answers()
    parts = {
        "database": "ok" if database else "unavailable",
        "cache": "ok" if _cache_answers() else "unavailable",
        "workers": _workers() if database else "unknown",
    }
    return JsonResponse(parts, status=200 if database else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _cache_answers() -> bool:
    try:
        with Redis.from_url(
            str(settings.CACHES["default"]["LOCATION"]), socket_timeout=1, socket_connect_timeout=1
        ) as client:
            return bool(client.ping())
    except (RedisError, OSError, ValueError):
        return False


def _workers() -> str:
    alive = WorkerHeartbeat.objects.alive().count()
    if alive:
        return f"{alive} alive"
    last = WorkerHeartbeat.objects.order_by("-seen_at").first()
    return f"none since {last.seen_at:%Y-%m-%d %H:%M} UTC" if last else "none yet"
