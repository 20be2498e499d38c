"""The one command: everything a reading group's site needs, on this machine."""

import fcntl
import os
import socket
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from readinggroup.fonts import build_fonts
from readinggroup.running import site
from readinggroup.running.broker import BrokerFailed, start_broker
from readinggroup.running.static import collect_static
from readinggroup.running.supervisor import Supervisor
from readinggroup.services.accounts import create_admin, has_admin, is_empty_site

ADMIN_EMAIL = "admin@example.org"


class Command(BaseCommand):
    help = (
        "Set up and run the whole site on this machine: web server, worker, beat and embedded broker. Ctrl-C stops it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
        parser.add_argument("--no-demo", action="store_true", help="begin with an empty archive")

    def handle(self, *args: Any, host: str, port: int, no_demo: bool, **options: Any) -> None:
        data_dir: Path = settings.DATA_DIR
        logs = data_dir / "logs"
        with self._only_one(data_dir):
            self._check_port(host, port)
            environment = {"SITE_URL": os.environ.get("SITE_URL") or f"http://localhost:{port}"}
            try:
                with Supervisor(self._tell) as supervisor:
                    if settings.CELERY_BROKER_URL == settings.EMBEDDED_BROKER_URL:
                        supervisor.add(start_broker(data_dir, logs / "broker.log"))
                    self._prepare(demo=not no_demo)
                    web = supervisor.add(site.web(host, port, logs, environment))
                    supervisor.add(site.worker(logs, environment))
                    supervisor.add(site.beat(logs, environment))
                    url = f"http://{_shown(host)}:{port}/"
                    if not site.wait_until_ready(web, f"{url}livez"):
                        raise CommandError(f"The web server did not start; see {web.log}\n{web.last_words()}")
                    self._announce(url, logs)
                    supervisor.run()
            except KeyboardInterrupt:
                self._tell("Stopped.")
            except BrokerFailed as error:
                raise CommandError(str(error)) from error

    def _only_one(self, data_dir: Path) -> IO[str]:
        """Hold the data folder: two sites on one database file would work against each other."""
        try:
            (data_dir / "run").mkdir(parents=True, exist_ok=True)
            lock = open(data_dir / "run" / "quickstart.lock", "a+")  # noqa: SIM115 -- held as long as the site runs
        except OSError as error:
            raise CommandError(
                f"The folder {data_dir} cannot be written ({error.strerror}). "
                "Make it writable, or name another one in DATA_DIR."
            ) from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(
                f"The site of {data_dir} is running already. Stop it first, or name another folder in DATA_DIR."
            ) from error
        return lock

    def _check_port(self, host: str, port: int) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} on {host} cannot be used ({error.strerror}). "
                    f"Choose another one: quickstart --port {port + 1}"
                ) from error

    def _prepare(self, *, demo: bool) -> None:
        """Bring database, fonts and static files up to date; each step is quick when there is nothing to do."""
        call_command("migrate", interactive=False, verbosity=0)
        if build_fonts(settings.FONTS_ROOT):
            self._tell("Fonts are cut.")
        if collect_static():
            self._tell("Static files are collected.")
        if demo and is_empty_site():
            self._tell("Loading the demo content …")
            call_command("load_demo", verbosity=0)

    def _announce(self, url: str, logs: Path) -> None:
        lines = [f"The site is at {url}", f"The admin is at {url}admin/"]
        if not has_admin():
            password = create_admin(ADMIN_EMAIL)
            lines.append(f"Sign in as {ADMIN_EMAIL} with the password {password} (it is shown only now)")
        if not settings.EMAIL_URL:
            lines.append(f"E-mails are written to {settings.EMAIL_FILE_PATH}")
        lines += [f"Logs are in {logs}", "Ctrl-C stops everything"]
        self._tell("\n".join(lines))

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _shown(host: str) -> str:
    """The name to open in a browser on this machine."""
    if host in ("127.0.0.1", "0.0.0.0"):  # noqa: S104 -- compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host
