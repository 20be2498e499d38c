"""An HTTP transport that decides at the moment of connecting whether it may.

Looking a name up first and connecting by name later would leave a gap for a name server that answers differently the
second time. Here the vetted address is the one connected to; Host header and TLS still carry the name.
"""

import queue
import socket
import ssl
import threading
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

import httpcore2
import httpx2

from readinggroup.fetching.addresses import is_public
from readinggroup.fetching.deadline import Deadline
from readinggroup.fetching.errors import FetchRefused, FetchTimeout, FetchUnavailable, HostUnknown

PORTS = (80, 443)


def guarded_transport(deadline: Deadline, allowed: Collection[str]) -> httpx2.HTTPTransport:
    """Return a transport that reaches public hosts and the `allowed` ones, named as "host:port"."""
    transport = httpx2.HTTPTransport(verify=_trusted_authorities(), trust_env=False, retries=0)
    pool = transport._pool
    if not hasattr(pool, "_network_backend"):
        raise RuntimeError("httpcore2 keeps its network backend elsewhere now; nothing may be fetched unguarded.")
    pool._network_backend = GuardedBackend(deadline, allowed)
    return transport


@cache
def _trusted_authorities() -> ssl.SSLContext:
    """What is known of TLS and its authorities; reading them takes longer than many an answer."""
    return httpx2.create_ssl_context(trust_env=False)


class GuardedBackend(httpcore2.SyncBackend):
    def __init__(self, deadline: Deadline, allowed: Collection[str]) -> None:
        self.deadline, self.allowed = deadline, allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        is_allowed = f"{host}:{port}" in self.allowed
        if port not in PORTS and not is_allowed:
            raise FetchRefused(f"port {port}")
        addresses = resolve(host, port, self.deadline.remaining())
        if not is_allowed and not all(map(is_public, addresses)):
            raise FetchRefused(f"{host} is not a public host")
        return self._connect_to_first(addresses, port, timeout, socket_options)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise FetchRefused("a socket on this machine")

    def _connect_to_first(
        self, addresses: list[str], port: int, timeout: float | None, options: Iterable[Any] | None
    ) -> httpcore2.NetworkStream:
        problem: Exception | None = None
        for address in addresses[:4]:
            seconds = min(timeout or 10, self.deadline.remaining())
            try:
                stream = super().connect_tcp(address, port, seconds, None, options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
                continue
            self.deadline.watch(stream.get_extra_info("socket"))
            return stream
        raise FetchUnavailable("no connection") from problem


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of `host`. Raises FetchTimeout and FetchUnavailable.

    The system's resolver knows no deadline of ours, so it works in a thread that may be left behind.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise FetchTimeout(f"the name {host} was not resolved in time") from None
    if isinstance(answer, Exception) or not answer:
        raise HostUnknown(f"the name {host} is not known")
    return answer
