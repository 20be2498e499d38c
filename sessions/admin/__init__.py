from . import calendars, presentations, roles, series, sessions, slide_decks

__all__ = ["calendars", "presentations", "roles", "series", "sessions", "slide_decks"]
