from . import calendars, presentations, queue, roles, series, sessions, slide_decks, slots, telling

__all__ = ["calendars", "presentations", "queue", "roles", "series", "sessions", "slide_decks", "slots", "telling"]
