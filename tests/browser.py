"""A real browser for tests: Debian's Chromium, driven by Playwright.

`page` speaks to a live server of the test's own, may reach nothing else, and fails the test when a page breaks the
Content-Security-Policy or throws.
"""

import os
import shutil
from urllib.parse import urlsplit

import pytest

HOW_TO_GET_CHROMIUM = (
    "No Chromium on this machine, so the browser tests are skipped: install Debian's package `chromium`, "
    "or name a browser in CHROMIUM_PATH."
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    return os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium(built_fonts):
    """A running headless Chromium, shared by the whole test run."""
    path = chromium_path()
    if not path:
        pytest.skip(HOW_TO_GET_CHROMIUM)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Chromium's own sandbox refuses to run as root, which is what containers often are.
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        running = playwright.chromium.launch(executable_path=path, args=sandbox)
        yield running
        running.close()


@pytest.fixture
def outside_requests() -> list[str]:
    """Addresses outside the site that a page asked for; every one of them is refused."""
    return []


@pytest.fixture
def page_complaints() -> list[str]:
    """What the browser complained about: broken policy, uncaught errors. Must be empty at the end."""
    return []


@pytest.fixture
def new_page(chromium, live_server, outside_requests, page_complaints):
    """Open pages with options of `browser.new_context`: `new_page(color_scheme="dark", viewport=...)`."""
    contexts = []
    home = urlsplit(live_server.url).netloc

    def guard(route):
        url = route.request.url
        if urlsplit(url).netloc == home or url.startswith(("data:", "blob:")):
            route.continue_()
        else:
            outside_requests.append(url)
            route.abort()

    def heard(message):
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            page_complaints.append(f"{message.text} ({message.location.get('url')})")

    def failed(error):
        # A page that is left while its view transition runs: Chromium reports the abort, nobody sees it.
        if "Transition was" not in str(error):
            page_complaints.append(str(error))

    def open_page(**options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        context.route("**/*", guard)
        contexts.append(context)
        page = context.new_page()
        page.on("console", heard)
        page.on("pageerror", failed)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert page_complaints == []


@pytest.fixture
def page(new_page):
    """One page of 1280 by 900 in light colours; `page.goto("/archive/")` stays on the live server."""
    return new_page(color_scheme="light")


@pytest.fixture
def sign_in(live_server):
    """Sign a member in without the form: `sign_in(page, bob)`."""
    from django.conf import settings

    from tests.clients import signed_in_client

    def sign_in(page, member):
        cookie = signed_in_client(member).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return sign_in
