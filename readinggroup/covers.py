"""Covers that are drawn from a title alone."""

import hashlib

#: Colours of such covers, `cover-1` to `cover-8` in cover.css.
PALETTES = 8


def palette_of(title: str) -> int:
    """The same colour for the same title, from 1 to 8."""
    return hashlib.sha256(title.encode()).digest()[0] % PALETTES + 1
