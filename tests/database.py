"""The database of a test run.

On SQLite it is a file: a live server and its test then have connections of their own, as in production. Migrating takes
far longer than most tests, so an empty migrated file is kept for the next run with the same migrations.
"""

import hashlib
import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

PROJECT_DIR = Path(__file__).resolve().parent.parent
#: Their migrations are in the file too.
PACKAGES = ("Django", "django-allauth")


def is_sqlite() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def migrated_file() -> Path:
    """Where an empty database with the migrations of this checkout is kept."""
    seen = hashlib.sha256(" ".join(version(package) for package in PACKAGES).encode())
    for path in sorted(PROJECT_DIR.glob("*/migrations/*.py")):
        seen.update(path.read_bytes())
    return Path(tempfile.gettempdir()) / f"readinggroup-migrated-{os.getuid()}-{seen.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """Name this process's database, and begin with the migrated file where there is one."""
    database = settings.DATABASES["default"]
    worker = getattr(request.config, "workerinput", {}).get("workerid", "")
    if not is_sqlite():
        if worker:
            database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_{worker}"
        return
    own = Path(os.environ["DATA_DIR"]) / f"test{worker}-{os.getpid()}.sqlite3"
    database.setdefault("TEST", {})["NAME"] = str(own)
    if migrated_file().exists():
        shutil.copyfile(migrated_file(), own)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """What was copied is not to be made anew."""
    return is_sqlite() or django_db_keepdb


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep the migrated file for the next run, and take this run's away."""
    if is_sqlite() and not migrated_file().exists():
        with django_db_blocker.unblock(), tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "migrated.sqlite3"
            connection.cursor().execute("VACUUM INTO %s", [str(copy)])
            shutil.copyfile(copy, partial := migrated_file().with_suffix(f".{os.getpid()}"))
            partial.replace(migrated_file())
    yield
    if is_sqlite():
        name = Path(str(settings.DATABASES["default"]["TEST"]["NAME"]))
        connection.close()
        for tail in ("", "-wal", "-shm"):
            name.with_name(name.name + tail).unlink(missing_ok=True)
