from . import presentations, sessions, slide_decks

__all__ = ["presentations", "sessions", "slide_decks"]
