"""A limit on the total time of a fetch, enforced from outside the HTTP client.

The client's own timeouts are per read, so one byte a second would keep it busy for ever.
"""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from readinggroup.fetching.errors import FetchTimeout


class Deadline:
    """Cuts every connection it was told of when the time is up."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends_at

    def remaining(self) -> float:
        """Seconds left, more than zero. Raises FetchTimeout."""
        seconds = self.ends_at - time.monotonic()
        if seconds <= 0:
            raise FetchTimeout("no time left")
        return seconds

    def watch(self, connection: socket.socket) -> None:
        """Keep a second handle on the connection: TLS takes the first one away, a handshake included."""
        with self._lock:
            self._sockets.append(socket.socket(fileno=os.dup(connection.fileno())))

    @contextmanager
    def running(self) -> Iterator[None]:
        self._timer.start()
        try:
            yield
        finally:
            self._timer.cancel()
            with self._lock:
                for connection in self._sockets:
                    connection.close()
                self._sockets.clear()

    def _cut(self) -> None:
        with self._lock:
            for connection in self._sockets:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
