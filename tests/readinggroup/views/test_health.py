"""What operators and readers are told when something is away."""

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone

from readinggroup.heartbeats import record_heartbeat
from readinggroup.models import WorkerHeartbeat
from readinggroup.views.errors import server_error


def test_livez_asks_nothing(client):
    assert client.get("/livez").content == b"ok"


@pytest.mark.django_db
def test_healthz_names_its_parts(client):
    assert client.get("/healthz").json()["workers"] == "none yet"
    WorkerHeartbeat.objects.create(name="w", seen_at=timezone.now())
    told = client.get("/healthz").json()
    assert (told["database"], told["workers"]) == ("ok", "1 alive")
    WorkerHeartbeat.objects.update(seen_at="2026-11-20T14:02:00Z")
    assert client.get("/healthz").json()["workers"] == "none since 2026-11-20 14:02 UTC"


@pytest.mark.django_db(transaction=True)
def test_heartbeats_of_one_worker_are_one_row():
    for _ in range(3):
        record_heartbeat("celery@host")
    assert WorkerHeartbeat.objects.alive().count() == 1


@pytest.mark.parametrize(("error", "status", "said"), [
    (OperationalError("connection refused to 10.0.0.7"), 503, "The archive is out of reach"),
    (RuntimeError("a secret detail"), 500, "Something broke on our side"),
])  # fmt: skip
def test_error_pages_need_no_database_and_tell_no_details(error, status, said):
    try:
        raise error
    except type(error):
        answer = server_error(RequestFactory().get("/"))
    page = answer.content.decode()
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, "20" if status == 503 else None)
    assert said in page
    assert str(error) not in page


@pytest.mark.django_db
def test_page_without_a_database_is_a_503_with_retry_after(client, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("gone")

    client.raise_request_exception = False
    monkeypatch.setattr("sessions.models.Presentation.objects.visible_to", away)
    answer = client.get("/archive/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "20")
