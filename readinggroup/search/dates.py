from datetime import UTC, date, datetime, time


def midday(day: date | None) -> datetime | None:
    """Return noon of `day` in UTC, which is the same day nearly everywhere; None stays None."""
    return datetime.combine(day, time(12), UTC) if day else None
