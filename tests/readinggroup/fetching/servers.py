"""Servers of raw sockets on loopback, for answers that no web server would give."""

import socket
import threading
from contextlib import contextmanager


@contextmanager
def raw_server(speak):
    """A server that hands each connection to `speak`; yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_converse, args=(speak, connection), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def _converse(speak, connection):
    with connection:
        try:
            connection.recv(65536)
            speak(connection)
        except OSError:
            pass
