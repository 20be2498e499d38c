"""Texts that were saved, told to whoever wants to read them, such as for the questions noted in them.

A floor below tells, a floor above listens: it registers itself when it is ready.
"""

from collections.abc import Callable

from django.db import models

#: Called with a row whose text was written, changed, hidden or shown, in the transaction that did it.
Listener = Callable[[models.Model], None]

_listeners: list[Listener] = []


def register_listener(listener: Listener) -> None:
    """Let `listener` know of every saved text; registering it again changes nothing."""
    if listener not in _listeners:
        _listeners.append(listener)


def notice_text(row: models.Model) -> None:
    """Tell that a text of `row`, or who may read it, has changed."""
    for listener in _listeners:
        listener(row)
