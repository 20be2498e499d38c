import gzip
import socket
import threading
import time
from contextlib import contextmanager

import pytest
from werkzeug import Response

from readinggroup.fetching import (
    FetchNotFound,
    FetchRefused,
    FetchRejected,
    FetchTimeout,
    FetchTooLarge,
    FetchUnavailable,
    HostBusy,
    Pace,
    fetch,
)
from readinggroup.models import FetchTurn

pytestmark = pytest.mark.django_db

AT_ONCE = Pace("test", seconds=0)


@contextmanager
def raw_server(speak):
    """A server on loopback that hands each connection to `speak`; yields its port and the list of who came."""
    listener = socket.create_server(("127.0.0.1", 0))
    visits: list[str] = []

    def serve():
        while True:
            try:
                connection, peer = listener.accept()
            except OSError:
                return
            visits.append(peer[0])
            threading.Thread(target=_converse, args=(speak, connection), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1], visits
    listener.close()


def _converse(speak, connection):
    with connection:
        try:
            connection.recv(65536)
            speak(connection)
        except OSError:
            pass


def test_answer_is_returned(httpserver, allow):
    httpserver.expect_request("/paper").respond_with_data("hello", headers={"ETag": '"1"'}, content_type="text/plain")
    answer = fetch(f"{allow(httpserver)}/paper", pace=AT_ONCE)
    assert (answer.status, answer.body, answer.headers["etag"]) == (200, b"hello", '"1"')


def test_request_says_who_asks_and_wants_no_compression(httpserver, allow, settings):
    settings.FETCH_CONTACT = "group@example.org"
    httpserver.expect_request("/").respond_with_data("")
    fetch(allow(httpserver) + "/", pace=AT_ONCE)
    headers = httpserver.log[0][0].headers
    assert "mailto:group@example.org" in headers["User-Agent"]
    assert headers["Accept-Encoding"] == "identity"


def test_unchanged_answer_is_recognised(httpserver, allow):
    httpserver.expect_request("/", headers={"If-None-Match": '"1"'}).respond_with_data("", status=304)
    assert fetch(allow(httpserver) + "/", etag='"1"', pace=AT_ONCE).is_not_modified


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_followed(httpserver, allow, status):
    httpserver.expect_request("/old").respond_with_data("", status=status, headers={"Location": "/new"})
    httpserver.expect_request("/new").respond_with_data("here")
    assert fetch(allow(httpserver) + "/old", pace=AT_ONCE).body == b"here"


def test_redirects_end(httpserver, allow):
    httpserver.expect_request("/round").respond_with_data("", status=302, headers={"Location": "/round"})
    with pytest.raises(FetchRefused):
        fetch(allow(httpserver) + "/round", pace=AT_ONCE)
    assert len(httpserver.log) == 6


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, FetchNotFound),
        (410, FetchNotFound),
        (400, FetchRejected),
        (403, FetchRejected),
        (429, FetchUnavailable),
        (500, FetchUnavailable),
        (503, FetchUnavailable),
    ],
)
def test_refusals_of_a_host_have_names(httpserver, allow, status, error):
    httpserver.expect_request("/").respond_with_data("no", status=status)
    with pytest.raises(error):
        fetch(allow(httpserver) + "/", pace=AT_ONCE)


def test_host_that_asks_for_patience_is_left_alone(httpserver, allow):
    httpserver.expect_request("/").respond_with_data("", status=429, headers={"Retry-After": "60"})
    url, pace = allow(httpserver) + "/", Pace("test", seconds=0.01)
    with pytest.raises(FetchUnavailable) as refused:
        fetch(url, pace=pace)
    assert refused.value.retry_after == 60
    with pytest.raises(HostBusy) as busy:
        fetch(url, pace=pace)
    assert 50 < busy.value.retry_after < 71
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120),
        ("999999999999", 6 * 3600),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 6 * 3600),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_requested_patience_is_read_and_bounded(httpserver, allow, stated, seconds):
    httpserver.expect_request("/").respond_with_data("", status=503, headers={"Retry-After": stated})
    with pytest.raises(FetchUnavailable) as refused:
        fetch(allow(httpserver) + "/", pace=AT_ONCE)
    assert refused.value.retry_after == seconds


def test_body_over_the_limit_is_refused(httpserver, allow):
    httpserver.expect_request("/").respond_with_data(b"x" * 2000)
    with pytest.raises(FetchTooLarge):
        fetch(allow(httpserver) + "/", max_bytes=1000, pace=AT_ONCE)


def test_inflation_stops_at_the_limit(httpserver, allow):
    bomb = gzip.compress(b"\0" * 50_000_000)
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FetchTooLarge):
        fetch(allow(httpserver) + "/", max_bytes=100_000, pace=AT_ONCE)


def test_compressed_answer_is_read(httpserver, allow):
    httpserver.expect_request("/").respond_with_response(
        Response(gzip.compress(b"small"), headers={"Content-Encoding": "gzip"})
    )
    assert fetch(allow(httpserver) + "/", pace=AT_ONCE).body == b"small"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd, gzip"])
def test_damaged_or_unknown_compression_is_an_unavailable_host(httpserver, allow, encoding):
    httpserver.expect_request("/").respond_with_data(b"not compressed", headers={"Content-Encoding": encoding})
    with pytest.raises(FetchUnavailable):
        fetch(allow(httpserver) + "/", pace=AT_ONCE)


def drip(start):
    def speak(connection):
        connection.sendall(start)
        for _ in range(600):
            connection.sendall(b"a")
            time.sleep(0.05)

    return speak


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", id="body"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", id="body without an end"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Long: ", id="header"),
        pytest.param(b"", id="status line"),
    ],
)
def test_dripping_server_is_cut_off(settings, start):
    with raw_server(drip(start)) as (port, _):
        settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
        with pytest.raises((FetchTimeout, FetchUnavailable)):
            fetch(f"http://127.0.0.1:{port}/", seconds=0.5, pace=AT_ONCE)


def test_stalling_tls_handshake_is_cut_off(settings):
    with raw_server(drip(b"\x16\x03\x03\x3f\xff")) as (port, _):
        settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
        with pytest.raises((FetchTimeout, FetchUnavailable)):
            fetch(f"https://127.0.0.1:{port}/", seconds=0.5, pace=AT_ONCE)


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000 + b"\r\n"]
)
def test_nonsense_is_an_unavailable_host(settings, answer):
    with raw_server(lambda connection: connection.sendall(answer)) as (port, _):
        settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
        with pytest.raises(FetchUnavailable):
            fetch(f"http://127.0.0.1:{port}/", seconds=5, pace=AT_ONCE)


def test_closed_port_is_an_unavailable_host(settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
    with pytest.raises(FetchUnavailable):
        fetch(f"http://127.0.0.1:{port}/", pace=AT_ONCE)


@pytest.mark.django_db(transaction=True)
def test_host_is_asked_no_faster_than_its_pace_by_many_workers(httpserver, allow):
    from tests.racing import race

    moments = []
    httpserver.expect_request("/").respond_with_handler(lambda _: moments.append(time.monotonic()) or Response(""))
    url = allow(httpserver) + "/"

    race(lambda _: fetch(url, pace=Pace("slow", seconds=0.2, patience=30)), range(6))

    gaps = [later - earlier for earlier, later in zip(sorted(moments), sorted(moments)[1:], strict=False)]
    assert len(moments) == 6
    assert min(gaps) > 0.1
    assert FetchTurn.objects.get().name == "slow"
