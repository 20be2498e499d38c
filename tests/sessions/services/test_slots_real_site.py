"""Two hundred members press at once, against a real web server: one gets the slot, all others read what to do."""

import socket
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Thread

import httpx2
import pytest
from django.conf import settings
from django.urls import reverse

from sessions.services.presentations import open_slot
from tests.clients import signed_in_client
from tests.factories import make_member, make_session
from tests.site_process import PROJECT_DIR, wait_for
from tests.workers import broker, process_environment

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

CROWD = 200
TOKEN = "c" * 32


@contextmanager
def web_server(tmp_path: Path, broker_socket: Path):
    """The site's own web server on this test's rows; yields its address.

    It is handed a socket that listens already: a port that was only looked up may be somebody else's a moment later.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=CROWD) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}"]
        command += ["--config", "python:readinggroup.gunicorn", "readinggroup.wsgi"]
        environment = process_environment(broker_socket, tmp_path, SITE_URL=url)
        process = subprocess.Popen(command, cwd=PROJECT_DIR, env=environment, pass_fds=[listener.fileno()])
        try:
            wait_for(lambda: _answers(url), seconds=240)
            yield url
        finally:
            process.terminate()
            process.wait(30)


def _answers(url: str) -> bool:
    try:
        return httpx2.get(f"{url}/livez", trust_env=False).status_code == 200
    except httpx2.HTTPError:
        return False


def press_at_once(address: str, keys: list[str]) -> list[httpx2.Response]:
    """Send the same form from everybody, each on a connection of their own, at the same moment."""
    barrier = Barrier(len(keys))
    answers: list[httpx2.Response] = []

    def press(key: str) -> None:
        cookies = {settings.SESSION_COOKIE_NAME: key, settings.CSRF_COOKIE_NAME: TOKEN}
        with httpx2.Client(cookies=cookies, timeout=300, trust_env=False) as client:
            barrier.wait()
            answers.append(client.post(address, data={"csrfmiddlewaretoken": TOKEN, "choice": "later"}))

    threads = [Thread(target=press, args=[key]) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_two_hundred_claims_at_once_one_wins_and_all_others_read_who_and_what_is_free(tmp_path, collected_static):
    slot, free = open_slot(make_session()), open_slot(make_session(title="Another evening"))
    members = [make_member(name=f"Of the crowd {number}") for number in range(CROWD)]
    keys = [signed_in_client(member).cookies[settings.SESSION_COOKIE_NAME].value for member in members]
    claim = reverse("sessions:slot_claim", args=[slot.pk])
    with tempfile.TemporaryDirectory(prefix="rg-") as folder:
        broker_socket = Path(folder) / "broker.sock"
        with broker(broker_socket), web_server(tmp_path, broker_socket) as url:
            answers = press_at_once(url + claim, keys)
    turned_away = Counter(answer.headers["location"] for answer in answers if answer.status_code == 302)
    assert Counter(answer.status_code for answer in answers) == {302: 1, 409: CROWD - 1}, turned_away
    slot.refresh_from_db()
    winner = slot.claimed_by
    assert [person.member for person in slot.presenters.all()] == [winner]
    assert [event.member for event in slot.slot_events.all()] == [winner]
    told = [answer.text for answer in answers if answer.status_code == 409]
    assert sum(f"This slot went to {winner.name} a moment ago." in page for page in told) == CROWD - 1
    assert sum(reverse("sessions:slot_claim", args=[free.pk]) in page for page in told) == CROWD - 1
