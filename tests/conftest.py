"""The test run's own world: its data folder, a known cast, a browser.

Alice organises, Bob is a member, Charlie is outside. Settings come from the environment as everywhere; this file
fills it before Django reads it, so no test touches a developer's data.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "readinggroup.settings")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="readinggroup-tests-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("LOG_LEVEL", "WARNING")
# Playwright keeps an event loop on this thread, where Django would otherwise refuse to talk to the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django
import pytest

django.setup()

pytest_plugins = ["tests.browser", "tests.database", "tests.told"]

PROJECT_DIR = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items):
    """The longest first, so that no processor waits for the other at the end: servers and browsers, then the rest."""
    first = ("postgres", "browser", "real")
    items.sort(key=lambda item: next((place for place, mark in enumerate(first) if item.get_closest_marker(mark)), 9))


@pytest.fixture(autouse=True)
def quiet_world(settings, tmp_path):
    """Files, cache and passwords of one test: thrown away, empty, cheap."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def project_dir() -> Path:
    return PROJECT_DIR


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The seeds, decks and recorded API answers that lie beside the project."""
    shared = PROJECT_DIR.parent / "shared"
    if not shared.is_dir():
        pytest.skip("The folder ../shared with seeds, decks and recorded answers is not beside the project.")
    return shared


@pytest.fixture(scope="session")
def built_fonts() -> None:
    """The fonts that pages load, cut from their packages as the run command does."""
    from django.conf import settings

    from readinggroup.fonts import build_fonts

    build_fonts(settings.FONTS_ROOT)


@pytest.fixture(scope="session")
def collected_static(built_fonts) -> None:
    """The static files that a site in another process serves, collected as the run command does."""
    from readinggroup.running.static import collect_static

    collect_static()


@pytest.fixture
def alice(db):
    """An organiser."""
    from tests.factories import make_member

    return make_member(name="Alice", email="alice@example.org", is_organiser=True)


@pytest.fixture
def bob(db):
    """A member."""
    from tests.factories import make_member

    return make_member(name="Bob", email="bob@example.org")


@pytest.fixture
def admin_member(db):
    """A superuser, as the quickstart creates one."""
    from tests.factories import make_member

    return make_member(name="Ada", email="ada@example.org", is_organiser=True, is_staff=True, is_superuser=True)


@pytest.fixture
def charlie(client):
    """A visitor's client: not signed in."""
    return client


@pytest.fixture
def alice_client(alice):
    from tests.clients import signed_in_client

    return signed_in_client(alice)


@pytest.fixture
def bob_client(bob):
    from tests.clients import signed_in_client

    return signed_in_client(bob)


@pytest.fixture
def admin_member_client(admin_member):
    from tests.clients import signed_in_client

    return signed_in_client(admin_member)


@pytest.fixture
def count_queries():
    """Call it with a function: runs it once to warm caches, then returns how many queries a second run needs."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(run) -> int:
        run()
        with CaptureQueriesContext(connection) as captured:
            run()
        return len(captured)

    return count
