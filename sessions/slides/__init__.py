"""Drawing the pages of a deck, in a process that knows files and nothing else."""

from sessions.slides.errors import RendererCrashed, SlideRenderError
from sessions.slides.renderer import Limits, RenderedDeck, RenderedSlide, render_deck

__all__ = ["Limits", "RenderedDeck", "RenderedSlide", "RendererCrashed", "SlideRenderError", "render_deck"]
