"""The promises that a database keeps, kept by PostgreSQL too: races, workers, search, migrations."""

import subprocess
import sys

import pytest

from tests.servers import needs_postgres, new_database
from tests.site_process import PROJECT_DIR, clean_environment

pytestmark = [pytest.mark.real, pytest.mark.postgres]
ROOMS = {
    "the site": ("tests/readinggroup/test_jobs.py", "tests/readinggroup/search", "tests/readinggroup/services"),
    # A thousand papers count requests, not rows.
    "papers": ("tests/papers/services", "tests/papers/test_real_worker.py", "-k", "not thousand_papers"),
    # What whole documents become depends on their text alone, and what an export writes on the rows.
    "sessions": (
        "tests/sessions/services",
        "--ignore=tests/sessions/services/test_exporting.py",
        "--ignore=tests/sessions/services/test_importing_documents.py",
    ),
    "the archive": (
        "tests/sessions/test_slides_real_worker.py",
        "tests/sessions/views/test_presentation_list.py",
        "tests/sessions/management",
    ),
}


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("rooms", ROOMS.values(), ids=list(ROOMS))
def test_rooms_whose_promises_the_database_keeps_pass_on_postgresql(rooms):
    needs_postgres()
    with new_database() as url:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *rooms],
            cwd=PROJECT_DIR, env=clean_environment(DATABASE_URL=url), capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert "database of this run: postgresql" in done.stdout
    assert done.returncode == 0, done.stdout[-6000:]
