"""What beat wakes, and when. Each may be woken twice, by two beats at once, and does its work once."""

from typing import Any

from celery.schedules import crontab

HOUR = 3600.0
FIVE_MINUTES = 300.0


def beat_schedule(*, sweep_seconds: float) -> dict[str, dict[str, Any]]:
    """Celery's beat schedule. Times of day are UTC."""
    return {
        "sweep": {"task": "readinggroup.sweep", "schedule": sweep_seconds, "options": {"expires": 30}},
        "watch-papers": {"task": "papers.watch_papers", "schedule": HOUR, "options": {"expires": HOUR}},
        "collect-links": {"task": "papers.collect_links", "schedule": crontab(hour=3, minute=20)},
        "plan-link-checks": {"task": "papers.plan_link_checks", "schedule": HOUR, "options": {"expires": HOUR}},
        "draft-collection": {"task": "papers.draft_collection", "schedule": crontab(day_of_week=1, hour=5, minute=30)},
        "make-sessions": {"task": "sessions.make_sessions", "schedule": crontab(hour=4, minute=10)},
        "find-duplicates": {"task": "papers.find_duplicates", "schedule": crontab(hour=3, minute=20)},
        # Every morning: on Mondays for all, on other days for who asked for digests since.
        "plan-digests": {"task": "readinggroup.plan_digests", "schedule": crontab(hour=6, minute=0)},
        "plan-mailings": {
            "task": "sessions.plan_mailings",
            "schedule": FIVE_MINUTES,
            "options": {"expires": FIVE_MINUTES},
        },
        "pass-on-offers": {
            "task": "sessions.pass_on_offers",
            "schedule": FIVE_MINUTES,
            "options": {"expires": FIVE_MINUTES},
        },
        "fill-seats": {"task": "sessions.fill_seats", "schedule": FIVE_MINUTES, "options": {"expires": FIVE_MINUTES}},
        "forget-guests": {"task": "sessions.forget_guests", "schedule": crontab(hour=3, minute=40)},
    }
