from . import presentations, roles, sessions, slide_decks

__all__ = ["presentations", "roles", "sessions", "slide_decks"]
