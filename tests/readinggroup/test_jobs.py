"""The row is the job: claimed once, finished under its lease, woken and given up by the sweep."""

import socket
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone
from kombu import pools

from papers.models import MetadataFetch
from readinggroup.jobs import LeaseLost, sweep, wake_worker
from tests.factories import make_paper
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> MetadataFetch:
    job = make_paper().metadata_fetch
    MetadataFetch.objects.update(status="pending")
    job.refresh_from_db()
    return job


@pytest.fixture
def woken(monkeypatch) -> list:
    """Wake-up calls that would have gone to the broker."""
    sent: list = []
    monkeypatch.setattr(current_app, "send_task", lambda name, kwargs, **options: sent.append((name, kwargs)))
    return sent


def claim(job) -> MetadataFetch:
    return MetadataFetch.objects.claim(job.pk)


def test_claim_counts_the_attempt_before_the_work(job):
    claimed = claim(job)
    assert (claimed.status, claimed.attempts) == ("running", 1)
    assert claimed.lease_expires_at > timezone.now()


@pytest.mark.django_db(transaction=True)
def test_of_thirty_workers_exactly_one_gets_the_row(job):
    claims = race(lambda _: claim(job), range(30))
    assert sum(one is not None for one in claims) == 1
    job.refresh_from_db()
    assert job.attempts == 1


def test_held_done_and_missing_rows_are_not_claimed(job):
    claimed = claim(job)
    assert claim(job) is None
    claimed.finish()
    assert claim(job) is None
    assert MetadataFetch.objects.claim(987654) is None


def test_expired_lease_is_taken_over_and_the_late_worker_writes_nothing(job):
    late = claim(job)
    MetadataFetch.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))
    second = claim(job)
    assert second.attempts == 2
    for write in (late.finish, late.extend_lease, lambda: late.fail("late", "Too late.")):
        with pytest.raises(LeaseLost):
            write()
    second.finish()
    job.refresh_from_db()
    assert (job.status, job.error) == ("done", "")


def test_effects_of_a_lost_lease_are_undone(job):
    late = claim(job)
    paper = late.paper
    with pytest.raises(LeaseLost), late.holding_lease():
        paper.title = "Written too late"
        paper.save()
        MetadataFetch.objects.update(lease=None, status="pending")
        late.finish()
    paper.refresh_from_db()
    assert paper.title != "Written too late"


def test_postponed_row_waits_for_its_time(job):
    later = timezone.now() + timedelta(minutes=5)
    claim(job).postpone("away", "arXiv did not answer.", until=later)
    assert claim(job) is None
    assert MetadataFetch.objects.claim(job.pk, at=later).attempts == 2


def test_last_attempt_fails_with_its_reason(job):
    for _ in range(MetadataFetch.max_attempts):
        MetadataFetch.objects.update(wake_at=None)
        claim(job).postpone("away", "arXiv did not answer.", until=timezone.now())
    job.refresh_from_db()
    assert (job.status, job.error) == ("failed", "arXiv did not answer.")


def test_restart_begins_from_the_first_attempt(job, woken, django_capture_on_commit_callbacks):
    claim(job).fail("bad", "A reason.")
    job.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        job.restart()
    job.refresh_from_db()
    assert (job.status, job.attempts, job.error) == ("pending", 0, "")
    assert woken == [("papers.fetch_metadata", {"paper_id": job.pk})]


def test_sweep_wakes_what_is_due_and_only_that(job, woken):
    put_off = make_paper().metadata_fetch
    MetadataFetch.objects.filter(pk=put_off.pk).update(status="pending", wake_at=timezone.now() + timedelta(hours=1))
    assert sweep() == {"woken": 1, "given_up": 0}
    assert woken == [("papers.fetch_metadata", {"paper_id": job.pk})]


def test_two_sweeps_at_once_make_one_effect(job, woken):
    sweep()
    sweep()
    assert [claim(job) is not None for _ in woken] == [True, False]


def test_row_whose_workers_all_died_is_given_up_with_a_reason(job, woken):
    MetadataFetch.objects.update(
        status="running", attempts=MetadataFetch.max_attempts, lease_expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert sweep()["given_up"] == 1
    job.refresh_from_db()
    assert (job.status, job.error_code) == ("failed", "interrupted")
    assert woken == []


@contextmanager
def broker_at(url: str):
    """Let this process know another broker, without connections it may still have to the usual one."""
    conf = current_app.conf
    before = conf.broker_url
    for address in (url, before):
        pools.reset()
        current_app.amqp._producer_pool = None
        current_app._pool = None
        conf.broker_url = conf.broker_write_url = address
        if address == url:
            yield


def test_dead_broker_is_a_line_in_the_log_and_no_error(job, caplog):
    with broker_at("redis://127.0.0.1:9/0"):
        assert wake_worker("papers.fetch_metadata", "paper_id", job.pk) is False
    assert "127.0.0.1:9" in caplog.text
    assert "waits for the sweep" in caplog.text


def test_hung_broker_holds_nobody_for_long(job):
    """A server that accepts and never answers; without socket timeouts this would never return."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        began = time.monotonic()
        with broker_at(f"redis://127.0.0.1:{server.getsockname()[1]}/0"):
            assert wake_worker("papers.fetch_metadata", "paper_id", job.pk) is False
        assert 1 < time.monotonic() - began < 30


def test_work_that_goes_forward_is_not_given_up(job):
    for _ in range(5):
        claimed = claim(job)
        claimed.advance()
        MetadataFetch.objects.update(lease_expires_at=timezone.now())
        assert sweep()["given_up"] == 0
    assert claim(job) is not None
