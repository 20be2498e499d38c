"""What a host may expect of us: few questions, none twice, and peace when it is unwell."""

import pytest
from django.core.cache import cache
from django.utils import timezone
from werkzeug import Response

from readinggroup.fetching import FetchNotFound, FetchUnavailable, HostBusy, Pace, fetch, fetch_remembered
from readinggroup.fetching.pacing import MANY_FAILURES, MAX_BREAK
from readinggroup.models import FetchTurn

pytestmark = pytest.mark.django_db

PACE = Pace("host", seconds=0.001)


def fail(url: str, times: int) -> None:
    for _ in range(times):
        with pytest.raises(FetchUnavailable):
            fetch(url, pace=PACE)


def test_answer_with_etag_is_asked_for_once(httpserver, allow):
    httpserver.expect_request("/", headers={"If-None-Match": '"1"'}).respond_with_data("", status=304)
    httpserver.expect_request("/").respond_with_data("hello", headers={"ETag": '"1"'})
    url = allow(httpserver) + "/"
    assert [fetch_remembered(url, pace=PACE).body for _ in range(3)] == [b"hello"] * 3
    assert [response.status_code for _, response in httpserver.log] == [200, 304, 304]


def test_answer_with_a_date_is_asked_for_once(httpserver, allow):
    day = "Wed, 21 Oct 2015 07:28:00 GMT"
    httpserver.expect_request("/", headers={"If-Modified-Since": day}).respond_with_data("", status=304)
    httpserver.expect_request("/").respond_with_data("hello", headers={"Last-Modified": day})
    url = allow(httpserver) + "/"
    assert [fetch_remembered(url, pace=PACE).body for _ in range(2)] == [b"hello"] * 2


def test_changed_answer_is_believed(httpserver, allow):
    texts = iter("ab")
    httpserver.expect_request("/").respond_with_handler(
        lambda _: Response(t := next(texts), headers={"ETag": f'"{t}"'})
    )
    url = allow(httpserver) + "/"
    assert [fetch_remembered(url, pace=PACE).body for _ in range(2)] == [b"a", b"b"]


def test_forgotten_answer_is_asked_for_anew(httpserver, allow):
    httpserver.expect_request("/").respond_with_data("hello", headers={"ETag": '"1"'})
    url = allow(httpserver) + "/"
    fetch_remembered(url, pace=PACE)
    cache.clear()
    assert fetch_remembered(url, pace=PACE).body == b"hello"
    assert "If-None-Match" not in httpserver.log[1][0].headers


def test_host_that_fails_often_is_left_alone(httpserver, allow):
    httpserver.expect_request("/").respond_with_data("", status=503)
    url = allow(httpserver) + "/"
    fail(url, MANY_FAILURES)
    with pytest.raises(HostBusy) as busy:
        fetch(url, pace=PACE)
    assert 55 < busy.value.retry_after < 60 * 1.3 + 11
    assert len(httpserver.log) == MANY_FAILURES


def test_host_that_fails_on_is_left_alone_for_longer(httpserver, allow):
    httpserver.expect_request("/").respond_with_data("", status=500)
    url = allow(httpserver) + "/"
    fail(url, MANY_FAILURES)
    breaks = []
    for _ in range(9):
        FetchTurn.objects.update(free_at=timezone.now())
        fail(url, 1)
        breaks.append((FetchTurn.objects.get().free_at - timezone.now()).total_seconds())
    assert breaks[0] > 110
    assert breaks[1] > 220
    assert MAX_BREAK * 0.99 < breaks[-1] < MAX_BREAK * 1.31


def test_one_answer_closes_the_circuit(httpserver, allow):
    url = allow(httpserver) + "/"
    httpserver.expect_request("/").respond_with_data("", status=503)
    fail(url, MANY_FAILURES - 1)
    httpserver.clear()
    httpserver.expect_request("/").respond_with_data("", status=404)
    with pytest.raises(FetchNotFound):
        fetch(url, pace=PACE)
    assert FetchTurn.objects.get().failures == 0


def test_silent_host_counts_as_failing(settings):
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1:1"]
    fail("http://127.0.0.1:1/", MANY_FAILURES)
    with pytest.raises(HostBusy):
        fetch("http://127.0.0.1:1/", pace=PACE)


def test_host_that_states_its_wish_is_not_punished_beyond_it(httpserver, allow):
    httpserver.expect_request("/").respond_with_data("", status=429, headers={"Retry-After": "30"})
    fail(allow(httpserver) + "/", 1)
    turn = FetchTurn.objects.get()
    assert turn.failures == 0
    assert 25 < (turn.free_at - timezone.now()).total_seconds() <= 30
