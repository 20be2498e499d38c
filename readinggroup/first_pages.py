"""A picture of a document's first page, drawn by whichever app can draw: it registers itself when it is ready."""

from collections.abc import Callable
from pathlib import Path

#: Takes a PDF and a folder for its work; gives the picture (WebP), or None when the page cannot be drawn.
Drawer = Callable[[Path, Path], Path | None]

_drawers: list[Drawer] = []


def register_drawer(drawer: Drawer) -> None:
    """Make `drawer` the one that draws first pages."""
    _drawers[:] = [drawer]


def draw_first_page(pdf: Path, folder: Path) -> Path | None:
    """A picture of the first page of `pdf`, made in `folder`; None when there is none to be had."""
    return _drawers[0](pdf, folder) if _drawers else None
