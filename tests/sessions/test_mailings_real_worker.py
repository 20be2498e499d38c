"""A mailing with a real broker and real workers: killed in the middle, with a mail server that refuses or hangs."""

import email
import email.policy
import tempfile
from pathlib import Path

import pytest
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Mailing
from sessions.services.telling import invite_now
from tests.factories import make_member, make_session
from tests.smtp import mail_server
from tests.workers import broker, kill_group, process_environment, wait_until, worker

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

MEMBERS = 60


@pytest.fixture
def socket():
    """A short path, since a unix socket's may not be long."""
    with tempfile.TemporaryDirectory(prefix="rg-") as folder:
        yield Path(folder) / "broker.sock"


@pytest.fixture(autouse=True)
def no_broker():
    """This process only writes rows; workers are woken by the sweep."""
    from celery import current_app

    conf = current_app.conf
    before = conf.broker_url
    conf.broker_url = "memory://"
    yield
    conf.broker_url = before


@pytest.fixture
def environment(socket, tmp_path):
    def environment(**more: str) -> dict[str, str]:
        return process_environment(socket, tmp_path, SWEEP_SECONDS="1", **more)

    return environment


def invite(members: int) -> list[str]:
    """Have so many members invited; return their addresses."""
    people = [make_member() for _ in range(members)]
    invite_now(make_session(title="Attention"), by=people[0])
    return sorted(member.email for member in people)


def receivers(folder: Path) -> list[str]:
    """Who got a mail, as often as they did, as the files say."""
    mails = []
    for path in folder.glob("*.log"):
        parts = path.read_text(encoding="utf-8").split("\n" + "-" * 79 + "\n")
        mails += [email.message_from_string(part, policy=email.policy.default) for part in parts if part.strip()]
    return sorted(str(mail["To"]) for mail in mails)


def states() -> str:
    return f"{list(Mailing.objects.values())} {[mail.status for mail in Mail.objects.all()]}"


def all_settled() -> bool:
    return Mailing.objects.get().status == "done" and not Mail.objects.waiting().exists()


def forget_leases() -> None:
    """Time passes: what dead workers held is free."""
    for model in (Mailing, Mail):
        model.objects.filter(status="running").update(lease_expires_at=timezone.now())


def test_worker_killed_in_the_middle_again_and_again_writes_to_everybody_once(environment, socket, tmp_path):
    addresses = invite(MEMBERS)
    kills = 0
    with broker(socket) as server:
        for written in (3, 17, 31, 45):
            with worker(environment(), queues="metadata,mail") as group:
                wait_until(lambda written=written: Mail.objects.count() >= written, told=states)
                kill_group(group)
            kills += Mailing.objects.get().status == "running"
            server.client().flushall()
            forget_leases()
        with worker(environment(), queues="metadata,mail"):
            wait_until(all_settled, told=states, patience=120)
    assert kills >= 2
    assert receivers(tmp_path / "mail") == addresses
    assert Mailing.objects.get().written == MEMBERS


def test_workers_killed_while_they_send_send_nothing_twice(environment, socket):
    addresses = invite(40)
    with mail_server() as server, broker(socket):
        smtp = environment(EMAIL_URL=server.url)
        for sent in (4, 12, 20):
            with worker(smtp, queues="metadata,mail") as first, worker(smtp, queues="metadata,mail") as second:
                wait_until(lambda sent=sent: len(server.mails) >= sent, told=states)
                kill_group(first)
                kill_group(second)
            forget_leases()
        with worker(smtp, queues="metadata,mail"):
            wait_until(all_settled, told=states, patience=120)
        got = server.receivers()
    # A mail that was in a dead worker's hands may be lost, since nobody can tell whether it had left.
    assert len(got) == len(set(got))
    assert set(got) <= set(addresses)
    assert len(got) >= len(addresses) - 6


def test_mails_wait_for_a_server_that_refuses(environment, socket):
    addresses = invite(5)
    with mail_server() as server, broker(socket), worker(environment(EMAIL_URL=server.url), queues="metadata,mail"):
        server.refuse = "RCPT"
        wait_until(lambda: Mail.objects.filter(error_code="mail_away").count() == 5, told=states)
        assert server.mails == []
        server.refuse = None
        Mail.objects.update(wake_at=None)
        wait_until(all_settled, told=states)
        assert server.receivers() == addresses
