"""Dates of which only the year, or the year and month, may be known."""

from datetime import date

from django.db import models


class DatePrecision(models.TextChoices):
    YEAR = "year", "year"
    MONTH = "month", "month"
    DAY = "day", "day"


def show_date(day: date | None, precision: str) -> str:
    """Return `day` as far as it is known: "2015", "June 2015" or "8 June 2015"; "" when unknown."""
    if day is None:
        return ""
    if precision == DatePrecision.YEAR:
        return str(day.year)
    if precision == DatePrecision.MONTH:
        return f"{day:%B} {day.year}"
    return f"{day.day} {day:%B} {day.year}"
