"""The one command: a whole site on one machine, from nothing, and what it says when it cannot."""

import os
import signal
import socket
import subprocess
import sys

import pytest

from tests.pdfs import pdf
from tests.site_process import PROJECT_DIR, Visitor, clean_environment, free_port, quickstart, wait_for

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """An empty site that runs while several things are tried on it."""
    with quickstart(tmp_path_factory.mktemp("site"), "--no-demo") as site:
        yield site


def failed_start(data_dir, *options: str) -> str:
    """What quickstart says when it refuses: one sentence, and no trace."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "quickstart", *options],
        cwd=PROJECT_DIR, env=clean_environment(DATA_DIR=str(data_dir)),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    said = ended.stdout + ended.stderr
    assert ended.returncode != 0
    assert "Traceback" not in said
    return said


def test_one_command_makes_a_site_whose_worker_draws_slides(site):
    admin = Visitor(site.url)
    assert admin.get("/").status_code == 200
    assert site.password
    admin.sign_in("admin@example.org", site.password)
    assert admin.get("/admin/papers/paper/").status_code == 200
    page = admin.send("/presentations/new/", {"title": "A talk", "visibility": "public", "summary": "Short."})
    pk = page.url.path.split("/")[2]
    answer = admin.send(
        f"/presentations/{pk}/change/slides/", {}, files={"file": ("talk.pdf", pdf(4), "application/pdf")}
    )
    assert answer.status_code == 200
    wait_for(lambda: "Slide 4 of 4" in admin.get(f"/presentations/{pk}/").text)
    assert "1 alive" in admin.get("/healthz").text


def test_second_site_on_one_folder_is_refused(site):
    assert "is running already" in failed_start(site.data_dir, "--port", str(free_port()))


def test_killed_worker_is_replaced(site):
    first = site.workers()
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: site.workers() and not set(first) & set(site.workers()))


def test_stopped_site_leaves_no_process(site):
    assert site.stop() == 0
    assert site.processes() == {}


def test_demo_is_loaded_once_and_a_second_start_keeps_everything(tmp_path):
    with quickstart(tmp_path) as first:
        archive = Visitor(first.url).get("/archive/").text
        assert archive.count("shelf-item") >= 12
        assert first.password
    with quickstart(tmp_path) as second:
        assert not second.password
        assert "Loading the demo" not in second.said
        visitor = Visitor(second.url)
        assert visitor.get("/archive/").text.count("shelf-item") == archive.count("shelf-item")
        assert visitor.sign_in("admin@example.org", first.password).url.path == "/"


def test_killed_site_leaves_no_process_and_starts_again(tmp_path):
    with quickstart(tmp_path, "--no-demo") as first:
        first.stop(signal.SIGKILL)
        wait_for(lambda: first.processes() == {})
    with quickstart(tmp_path, "--no-demo", port=first.port) as second:
        assert Visitor(second.url).get("/").status_code == 200


def test_busy_port_is_told_with_a_way_out(tmp_path):
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        said = failed_start(tmp_path, "--port", str(port))
    assert f"Port {port} on 127.0.0.1 cannot be used" in said
    assert f"--port {port + 1}" in said


def test_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    said = failed_start(tmp_path / "file" / "data")
    assert f"{tmp_path / 'file' / 'data'} cannot be written" in said
    assert "DATA_DIR" in said
