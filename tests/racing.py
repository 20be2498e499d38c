"""Starting many things at the same moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

#: A database server has a hundred connections, as it is installed, and other tests have some of them.
AT_ONCE = 50


def race(act: Callable[[Any], Any], arguments: Iterable[Any]) -> list[Any]:
    """Call `act` with each argument in a thread of its own, fifty released together at a time; return the answers.

    Every thread has its own database connection, so the test needs `django_db(transaction=True)`.
    """
    arguments = list(arguments)
    waves = [arguments[start : start + AT_ONCE] for start in range(0, len(arguments), AT_ONCE)]
    return [answer for wave in waves for answer in _together(act, wave)]


def _together(act: Callable[[Any], Any], arguments: list[Any]) -> list[Any]:
    barrier = Barrier(len(arguments))

    def run(argument: Any) -> Any:
        try:
            barrier.wait()
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))
