from . import calendars, presentations, roles, sessions, slide_decks

__all__ = ["calendars", "presentations", "roles", "sessions", "slide_decks"]
