"""Servers on this machine listen; nobody may come."""

import socket
import threading

import pytest

from readinggroup.fetching import FetchError, FetchRefused, Pace, fetch

pytestmark = pytest.mark.django_db

AT_ONCE = Pace("test", seconds=0)

LOOPBACK = [
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1",
    "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001",
    "0", "0.0.0.0", "localhost", "LOCALHOST",
    "localhost.", "127.0.0.1.", "[::1]", "[::]", "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[::1%25lo]", "１２７.0.0.1", "127。0。0。1",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ", "user@127.0.0.1",
    "example.com@127.0.0.1", "example.com\\@127.0.0.1", "127.0.0.1\\@example.com",
    "127.0.0.1%00.example.com", "127.0.0.1%23.example.com",
    "%31%32%37.0.0.1", "127.0.0.1\t", "127.0.0.1\r\nHost: x",
]  # fmt: skip
PRIVATE = [
    "10.0.0.1",
    "169.254.169.254",
    "192.168.0.1",
    "100.64.0.1",
    "[fd00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "168.63.129.16",
]
SCHEMES = ["file", "gopher", "ftp", "dict", "data", "javascript", "ws", "wss", "ldap", "jar", "unix", "http+unix", ""]


@pytest.fixture
def canaries():
    """Listeners on the ports 80 and 443 of loopback, where free, and on one more; yields who came."""
    visits: list[tuple[str, int]] = []
    listeners = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET, "127.0.0.2"), (socket.AF_INET6, "::1")):
        for port in (80, 443, 8099):
            try:
                listener = socket.create_server((host, port), family=family)
            except OSError:
                continue
            listeners.append(listener)
            threading.Thread(target=_watch, args=(listener, visits), daemon=True).start()
    yield visits
    for listener in listeners:
        listener.close()


def _watch(listener, visits):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        visits.append(listener.getsockname()[:2])
        connection.close()


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", [*LOOPBACK, *PRIVATE])
def test_private_host_is_never_reached(canaries, scheme, host):
    with pytest.raises(FetchError):
        fetch(f"{scheme}://{host}/", pace=AT_ONCE, seconds=3)
    assert canaries == []


@pytest.mark.parametrize("host", [*LOOPBACK, *PRIVATE])
@pytest.mark.parametrize("status", [302, 307])
def test_redirect_to_a_private_host_is_not_followed(httpserver, allow, canaries, status, host):
    location = f"http://{host}/".replace("\r", "").replace("\n", "").encode().decode("latin-1")
    httpserver.expect_request("/").respond_with_data("", status=status, headers={"Location": location})
    with pytest.raises(FetchError):
        fetch(allow(httpserver) + "/", pace=AT_ONCE, seconds=3)
    assert canaries == []


@pytest.mark.parametrize("port", [22, 25, 81, 5432, 6379, 8099, 11211, 0])
def test_other_ports_are_refused_before_the_name_is_looked_up(port):
    with pytest.raises(FetchRefused):
        fetch(f"http://no-such-host.invalid:{port}/", pace=AT_ONCE)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_other_schemes_are_refused(scheme):
    with pytest.raises(FetchRefused):
        fetch(f"{scheme}://127.0.0.1:8099/", pace=AT_ONCE)


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::1"], ["10.1.2.3"]])
def test_name_that_resolves_to_a_private_address_is_refused(monkeypatch, canaries, answers):
    """The name server is the internet's edge: here it answers what an attacker's would."""
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in answers]
    )
    with pytest.raises(FetchRefused):
        fetch("http://rebinding.example/", pace=AT_ONCE)
    assert canaries == []


def test_name_is_looked_up_once_and_the_vetted_address_used(monkeypatch, canaries):
    """A name server that answers with a public address first and a private one later gains nothing."""
    answers = iter([["192.0.2.1"], ["127.0.0.1"]])
    asked = []
    real = socket.getaddrinfo

    def answer(host, *arguments, **options):
        if host != "rebinding.example":
            return real(host, *arguments, **options)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    with pytest.raises(FetchError):
        fetch("http://rebinding.example/", pace=AT_ONCE, seconds=2)
    assert (len(asked), canaries) == (1, [])


def test_proxies_of_the_environment_are_ignored(monkeypatch, httpserver, allow, canaries):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:8099")
    httpserver.expect_request("/").respond_with_data("direct")
    assert fetch(allow(httpserver) + "/", pace=AT_ONCE).body == b"direct"
    assert canaries == []
