"""Production from the same code: the compose file's own commands, against real PostgreSQL and Redis."""

import os
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import yaml

from tests.pdfs import pdf
from tests.servers import needs_postgres, needs_redis, new_database, redis_url
from tests.site_process import PROJECT_DIR, Visitor, clean_environment, free_port, wait_for

COMPOSE = PROJECT_DIR / "docker-compose.yml"
SECRETS = {
    "SECRET_KEY": "only-for-this-test-but-long-enough-to-be-accepted-0123456789",
    "POSTGRES_PASSWORD": "not-used-on-loopback",
    "REDIS_PASSWORD": "not-used-on-loopback",
}


def services() -> dict[str, dict]:
    return yaml.safe_load(COMPOSE.read_text())["services"]


def interpolate(value: str, variables: dict[str, str]) -> str:
    """Compose's own ${NAME}, ${NAME:-default} and ${NAME:?message}."""

    def put(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"]
        if variables.get(name):
            return variables[name]
        assert match["kind"] != ":?", f"{name} is required"
        return default or ""

    return re.sub(r"\$\{(?P<name>\w+)(?:(?P<kind>:-|:\?)(?P<default>[^}]*))?\}", put, str(value))


def test_compose_file_fits_the_schema():
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    checked = subprocess.run(checker, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "POSTGRES_PASSWORD", "REDIS_PASSWORD"])
def test_no_secret_has_a_default(name):
    uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", COMPOSE.read_text())
    assert uses
    assert all(use.startswith(":?") for use in uses)


def test_every_variable_of_the_containers_is_documented():
    documented = (PROJECT_DIR / "docs" / "operations.md").read_text() + (PROJECT_DIR / ".env.example").read_text()
    for name in services()["web"]["environment"]:
        assert name in documented or name.rsplit("_", 2)[0] in documented, name


def test_every_variable_that_the_site_reads_is_documented():
    documented = (PROJECT_DIR / "docs" / "operations.md").read_text()
    # Families stand in one row of the table: `MEDIA_S3_BUCKET`, `…_ENDPOINT_URL`; `GITHUB_CLIENT_ID`, `GOOGLE_…`.
    for name in ("settings.py", "gunicorn.py"):
        source = (PROJECT_DIR / "readinggroup" / name).read_text()
        for variable in re.findall(r"env\.\w+\(\s*\"([A-Z0-9_]+)\"", source):
            family = re.sub(r"^(MEDIA_S3)", "…", variable)
            assert variable in documented or family in documented, variable


def test_image_runs_as_an_ordinary_user_and_holds_only_what_runs():
    dockerfile = (PROJECT_DIR / "Dockerfile").read_text()
    assert re.search(r"^USER readinggroup$", dockerfile, re.MULTILINE)
    copied = set(re.findall(r"^COPY (?:manage\.py pyproject\.toml|(\S+)) ", dockerfile, re.MULTILINE))
    ignored = (PROJECT_DIR / ".dockerignore").read_text()
    assert all(f"!{name}" in ignored for name in copied if name and not name.startswith("--"))


class Stack:
    """The compose file's services as processes of this machine, with its environment."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.mail = folder / "mail"
        variables = {**SECRETS, "SITE_URL": self.url, "TRUSTED_PROXY_COUNT": "0"}
        declared = services()["web"]["environment"]
        environment = {name: interpolate(value, variables) for name, value in declared.items()}
        # The hosts of the compose network are on loopback here.
        environment |= {"DATABASE_URL": database_url, "CELERY_BROKER_URL": redis_url(3), "CACHE_URL": redis_url(4)}
        self.environment = clean_environment(
            **environment, DATA_DIR=str(folder), STATIC_ROOT=str(folder / "static"), ACCOUNT_RATE_LIMITS="false",
            PATH=f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        )  # fmt: skip

    def command(self, service: str) -> list[str]:
        words = services()[service]["command"]
        return [word.replace("0.0.0.0:8000", f"127.0.0.1:{self.port}") for word in words]

    def run(self, *command: str) -> None:
        subprocess.run(command, cwd=PROJECT_DIR, env=self.environment, check=True, timeout=120, capture_output=True)

    @contextmanager
    def running(self, service: str):
        command = self.command(service)
        if service == "beat":
            command[-1] = f"{self.environment['DATA_DIR']}/beat-schedule"
        with open(f"{self.environment['DATA_DIR']}/{service}.log", "wb") as log:
            process = subprocess.Popen(
                command, cwd=PROJECT_DIR, env=self.environment, start_new_session=True, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    needs_postgres()
    needs_redis()
    folder = tmp_path_factory.mktemp("production")
    with new_database() as url, ExitStack() as open_ones:
        stack = Stack(folder, url)
        stack.run(sys.executable, "manage.py", "build_fonts")
        stack.run(sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
        stack.run(*stack.command("migrate"))
        stack.run(sys.executable, "manage.py", "load_demo")
        for service in ("web", "worker", "beat"):
            open_ones.enter_context(stack.running(service))
        wait_for(lambda: _answers(stack.url))
        yield stack


def _answers(url: str) -> bool:
    try:
        return Visitor(url).get("/livez").status_code == 200
    except Exception:  # noqa: BLE001 - not up yet, in whichever way
        return False


@pytest.mark.real
@pytest.mark.postgres
@pytest.mark.redis
class TestJourneys:
    def test_visitor_browses_an_archive_whose_slides_the_worker_has_drawn(self, stack):
        visitor = Visitor(stack.url)
        assert visitor.get("/").status_code == 200
        archive = visitor.get("/archive/").text
        assert archive.count("shelf-item") >= 12
        drawn = wait_for(lambda: re.search(r"/slides/\d+/1-small\.webp", visitor.get("/archive/").text))
        picture = visitor.get(drawn[0])
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")
        for path in (
            "/sessions/",
            "/reports/",
            "/reading-lists/",
            "/papers/",
            "/topics/",
            "/members/",
            "/search/?q=attention",
        ):
            assert visitor.get(path).status_code == 200, path

    def test_member_signs_up_adds_a_paper_and_presents_it_with_slides(self, stack):
        member = Visitor(stack.url)
        password = "a passphrase of some length"
        member.send("/accounts/signup/", {"email": "noor@example.com", "password1": password, "password2": password})
        link = re.search(r"http://\S+/accounts/confirm-email/\S+", self._mail(stack))
        assert link
        member.send(link[0].removeprefix(stack.url), {})
        member.sign_in("noor@example.com", password)
        assert "Sign out" in member.get("/").text

        paper = member.send("/papers/add/", {"text": "https://arxiv.org/abs/1706.03762"})
        assert paper.status_code == 200
        talk = member.send(
            "/presentations/new/", {"title": "Attention", "papers": "arXiv:1706.03762", "visibility": "public"}
        )
        pk = talk.url.path.split("/")[2]
        member.send(f"/presentations/{pk}/change/slides/", {}, files={"file": ("talk.pdf", pdf(3), "application/pdf")})
        wait_for(lambda: "Slide 3 of 3" in member.get(f"/presentations/{pk}/").text)

    def test_health_names_the_worker(self, stack):
        wait_for(lambda: "alive" in Visitor(stack.url).get("/healthz").text)

    def _mail(self, stack) -> str:
        def text() -> str:
            return "\n".join(path.read_text() for path in sorted(stack.mail.glob("*")))

        wait_for(lambda: "confirm-email" in text())
        return text()
