"""Starting many things at the same moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection


def race(act: Callable[[Any], Any], arguments: Iterable[Any]) -> list[Any]:
    """Call `act` with each argument in a thread of its own, all released together; return the answers in order.

    Every thread has its own database connection, so the test needs `django_db(transaction=True)`.
    """
    arguments = list(arguments)
    barrier = Barrier(len(arguments))

    def run(argument: Any) -> Any:
        try:
            barrier.wait()
            return act(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))
