"""What a hostile host can try: where it sends us, how long it keeps us, how much it makes us hold.

Real sockets throughout; only the name server is replaced, since it is the internet's edge.
"""

import re
import resource
import socket
import threading
import time
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from werkzeug import Response

from readinggroup.fetching import FetchError, FetchRefused, FetchTooLarge, Pace, fetch
from readinggroup.fetching.client import vet
from tests.readinggroup.fetching.servers import raw_server

pytestmark = pytest.mark.django_db

AT_ONCE = Pace("test", seconds=0)
MEGABYTE = 1024 * 1024
HELD = 60 * MEGABYTE

INSIDE = [
    "http://127.0.0.1/", "http://127.0.0.2:80/", "http://[::1]/", "http://2130706433/", "http://0177.0.0.1/",
    "http://0x7f.1/", "http://127.1/", "http://[::ffff:127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://localhost/",
    "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[fd00::1]/", "http://100.64.0.1/",
    "http://192.168.1.1/", "http://0/", "http://127.0.0.1:8099/", "https://127.0.0.1/", "//127.0.0.1/",
    "ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/stat",
    "data:text/html,x", "javascript:alert(1)", "jar:http://127.0.0.1/!/", "ldap://127.0.0.1/", "http://user@127.0.0.1/",
    "http://example.com@127.0.0.1/", "http://127.0.0.1:22/", "http://127.0.0.1:6379/", "http://127.0.0.1:5432/",
]  # fmt: skip
STATUSES = [301, 302, 303, 307, 308]


@pytest.fixture
def canary():
    """Listens on loopback, on port 80 too where it may; yields who came."""
    visits, listeners = [], []
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
            listener.accept()[0].close()
        except OSError:
            return
        visits.append(listener.getsockname())


@pytest.fixture
def names(monkeypatch):
    """A name server: `names["host"]` is a list of answers, one for each time that it is asked."""
    real, known = socket.getaddrinfo, {}

    def look_up(host, port, *arguments, **options):
        if host not in known:
            return real(host, port, *arguments, **options)
        answers = known[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        families = ((socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in found)
        return [(family, socket.SOCK_STREAM, 6, "", (address, port)) for family, address in families]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("target", INSIDE)
def test_no_redirect_leads_inside(httpserver, allow, canary, status, target):
    httpserver.expect_request("/").respond_with_data("", status=status, headers={"Location": target})
    with pytest.raises(FetchError):
        fetch(allow(httpserver) + "/", pace=AT_ONCE, seconds=3)
    assert canary == []


def test_redirect_inside_after_honest_hops_is_refused(httpserver, allow, canary):
    url = allow(httpserver)
    for hop in range(4):
        httpserver.expect_request(f"/{hop}").respond_with_data("", status=302, headers={"Location": f"/{hop + 1}"})
    httpserver.expect_request("/4").respond_with_data("", status=302, headers={"Location": "http://127.0.0.1/"})
    with pytest.raises(FetchRefused):
        fetch(f"{url}/0", pace=AT_ONCE, seconds=3)
    assert canary == []


def test_refresh_in_a_page_or_header_is_not_followed(httpserver, allow, canary):
    page = '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:8099/">'
    httpserver.expect_request("/").respond_with_data(page, headers={"Refresh": "0;url=http://127.0.0.1:8099/"})
    assert b"refresh" in fetch(allow(httpserver) + "/", pace=AT_ONCE).body
    assert canary == []


@pytest.mark.parametrize("target", INSIDE)
def test_every_refusal_reads_the_same_to_members(target):
    """Whoever probes the inside learns nothing from what is refused."""
    from papers.metadata import MetadataUnavailable
    from papers.metadata.asking import ask

    with pytest.raises(MetadataUnavailable) as told:
        ask("The page", target, accept="*/*", pace=AT_ONCE, not_found="no")
    assert str(told.value) == "The page gave an answer that could not be read"


@pytest.mark.parametrize(
    "answer",
    [["127.0.0.1"], ["1.1.1.1", "127.0.0.1"], ["::1"], ["1.1.1.1", "::ffff:127.0.0.1"], ["10.1.2.3"], ["fd00::1"],
     ["169.254.169.254"], ["64:ff9b::7f00:1"], ["0.0.0.0"], ["100.64.0.1"], ["192.0.2.1", "::1"]],
)  # fmt: skip
def test_name_with_any_address_inside_is_refused(names, canary, answer):
    names["inside.example"] = [answer]
    with pytest.raises(FetchRefused):
        fetch("http://inside.example/", pace=AT_ONCE, seconds=3)
    assert canary == []


def test_rebinding_between_the_hops_of_a_redirect_is_refused(names, httpserver, allow, canary, settings):
    """The name led to an allowed port at the first hop; at the second it leads inside, on one that is not."""
    allow(httpserver)
    settings.FETCH_ALLOWED_PRIVATE_HOSTS.append(f"rebind.example:{httpserver.port}")
    names["rebind.example"] = [["127.0.0.1"]]
    httpserver.expect_request("/").respond_with_data("", status=302, headers={"Location": "http://rebind.example/x"})
    with pytest.raises(FetchRefused):
        fetch(f"http://rebind.example:{httpserver.port}/", pace=AT_ONCE, seconds=3)
    assert canary == []


def test_name_is_asked_once_for_a_connection(names, canary):
    names["rebind.example"] = [["192.0.2.1"], ["127.0.0.1"], ["127.0.0.1"]]
    with pytest.raises(FetchError):
        fetch("http://rebind.example/", pace=AT_ONCE, seconds=1)
    assert len(names["rebind.example"]) == 2
    assert canary == []


ODD = [
    "http://example.com\\@127.0.0.1/", "http://127.0.0.1\\@example.com/", "http://example.com#@127.0.0.1/",
    "http://example.com?@127.0.0.1/", "http://example.com:80@127.0.0.1/", "http:example.com/", "http:/example.com/",
    "http:///example.com/", "http:\\\\example.com/", "HTTP://EXAMPLE.COM/", "http://ex%61mple.com/", "http://ＥＸ.com/",
    "http://example.com%2f@127.0.0.1/", "http://exa mple.com/", "http://exa\tmple.com/", "http://exam\nple.com/",
    "http://[::1/", "http://::1/", "http://[::1]x/", "http://[1::2::3]/", "http://[::127.0.0.1.]/", "http://1.2.3.4.5/",
    "http://256.1.1.1/", "http://0x100.1/", "http://09.1.1.1/", "http://1..2/", "http://.example.com/",
    "http://example..com/", "http://example.com./", "http://example.com:/", "http://example.com:0/",
    "http://example.com:65536/", "http://example.com:-1/", "http://example.com:8 0/", "http://example.com:٨٠/",
    "http://example.com:080/", "http://%00.com/", "http://a\x00b/", "http://a<b/", "http://a^b/", "http://a|b/",
    "http://xn--/", "http://xn--a/", "http://faß.example/", "http://☃.example/", "http://a\u200bb.com/",
    "http://a\u3002com/", "http://user:pass@example.com/", "http://@example.com/", "http://:@example.com/",
    "http://ex@mple@com/", "http://[fe80::1%25eth0]/", "http://[v1.x]/", "http:// example.com/", " http://example.com/",
    "http://example.com /", "http://example.com/../..//x", "http://example.com/%2e%2e", "//example.com/", "?x", "",
    "http://", "http://?", "http://#", "http://:80/", "http://./", "http://../", "http://-/", "http://_a.example/",
]  # fmt: skip


@pytest.mark.parametrize("url", ODD)
def test_both_parsers_see_one_host_or_the_address_is_refused(url):
    """In the manner of the URL standard's test data: what two programs read differently is asked of nobody."""
    try:
        vet(url)
    except FetchRefused:
        return
    assert (urlsplit(url).hostname or "").lower() == httpx2.URL(url).host.lower() != ""
    assert re.fullmatch(r"[a-z0-9_.:\[\]-]+", httpx2.URL(url).host.lower())


def resident() -> int:
    """Bytes of memory in use, where the system tells, as Linux does."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * resource.getpagesize() if told.exists() else 0


def gigabyte(wbits: int) -> bytes:
    """A gibibyte of nothing in a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    piece = b"\0" * (16 * MEGABYTE)
    return b"".join(packer.compress(piece) for _ in range(64)) + packer.flush()


@pytest.mark.parametrize(("encoding", "wbits"), [("gzip", 31), ("deflate", 15), ("x-gzip", 31)])
def test_bomb_is_inflated_no_further_than_the_limit(httpserver, allow, encoding, wbits):
    bomb = gigabyte(wbits)
    httpserver.expect_request("/").respond_with_data(bomb, headers={"Content-Encoding": encoding})
    url, before = allow(httpserver) + "/", resident()
    with pytest.raises(FetchTooLarge):
        fetch(url, pace=AT_ONCE)
    assert resident() - before < HELD


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 5000])
def test_encodings_that_were_not_asked_for_are_refused(httpserver, allow, encoding):
    httpserver.expect_request("/").respond_with_data(b"x" * 1000, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError):
        fetch(allow(httpserver) + "/", pace=AT_ONCE)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def endless(start: bytes, piece: bytes):
    def speak(connection):
        connection.sendall(start)
        while True:
            connection.sendall(piece)

    return speak


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536, id="body"),
        pytest.param(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", id="chunks"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"x" * 65536, id="announced"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"y" * 65000 + b"\r\n", id="headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-A: ", b"y" * 65536, id="one header"),
        pytest.param(b"HTTP/1.1 ", b"2" * 65536, id="status"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500, id="interim answers"),
        pytest.param(CHUNKED, b"1;" + b"e" * 60000 + b"\r\nx\r\n", id="chunk extensions"),
    ],
)  # fmt: skip
def test_endless_answer_ends_early_and_small(settings, start, piece):
    with raw_server(endless(start, piece)) as port:
        settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
        before, began = resident(), time.monotonic()
        with pytest.raises(FetchError):
            fetch(f"http://127.0.0.1:{port}/", seconds=3, pace=AT_ONCE)
        assert time.monotonic() - began < 6
        assert resident() - before < HELD


def test_total_time_holds_over_slow_redirects(settings):
    """Each hop is quick enough by itself; together they are not."""

    def speak(connection):
        time.sleep(0.6)
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")

    with raw_server(speak) as port:
        settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"127.0.0.1:{port}"]
        began = time.monotonic()
        with pytest.raises(FetchError):
            fetch(f"http://127.0.0.1:{port}/", seconds=1, pace=AT_ONCE)
        assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 502, 503])
@pytest.mark.django_db(transaction=True)
def test_four_workers_are_no_ruder_than_one(httpserver, allow, status):
    from tests.racing import race

    moments = []

    def answer(_):
        moments.append(time.monotonic())
        return Response("<title>captcha</title>", status=status)

    httpserver.expect_request("/").respond_with_handler(answer)
    url = allow(httpserver) + "/"

    def ask(_):
        with pytest.raises(FetchError):
            fetch(url, pace=Pace("one host", seconds=0.2, patience=30))

    race(ask, range(4))
    gaps = [later - earlier for earlier, later in zip(sorted(moments), sorted(moments)[1:], strict=False)]
    assert len(moments) == 4
    assert min(gaps) > 0.1
