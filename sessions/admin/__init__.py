from . import attendance, calendars, presentations, queue, roles, series, sessions, slide_decks

__all__ = ["attendance", "calendars", "presentations", "queue", "roles", "series", "sessions", "slide_decks"]
