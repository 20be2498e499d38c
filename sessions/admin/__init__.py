from . import calendars, presentations, questions, queue, roles, series, sessions, slide_decks, slots, telling

__all__ = [
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
