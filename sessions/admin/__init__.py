from . import (
    attendance,
    calendars,
    presentations,
    questions,
    queue,
    roles,
    series,
    sessions,
    slide_decks,
    slots,
    telling,
)

__all__ = [
    "attendance",
    "calendars",
    "presentations",
    "questions",
    "queue",
    "roles",
    "series",
    "sessions",
    "slide_decks",
    "slots",
    "telling",
]
