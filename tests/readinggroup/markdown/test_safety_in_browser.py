"""The payloads once more, in a real browser and without a Content-Security-Policy behind the renderer."""

import pytest

from readinggroup.markdown import render_markdown
from tests.readinggroup.markdown.payloads import PAYLOADS

LIVE_LINKS = (
    "[...document.links].filter((a) => !['http:', 'https:', 'mailto:'].includes(a.protocol)).map((a) => a.href)"
)
POKE = """
for (const element of document.querySelectorAll("body *")) {
  for (const name of ["click", "focus", "mouseover", "pointerenter", "toggle"]) {
    element.dispatchEvent(new Event(name, { bubbles: true }));
  }
}
"""


@pytest.mark.browser
def test_no_payload_runs_or_leaves_a_live_link(chromium):
    page = chromium.new_page()
    ran = []
    page.expose_function("alert", lambda *_: ran.append(page.url))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.route("http://readinggroup.test/", lambda route: route.fulfill(content_type="text/html", body=whole_page()))
    page.route("**/x", lambda route: route.abort())
    page.goto("http://readinggroup.test/", wait_until="domcontentloaded")
    page.evaluate(POKE)
    page.wait_for_timeout(500)
    assert page.locator("section.payload").count() == len(PAYLOADS)
    assert page.evaluate(LIVE_LINKS) == []
    page.close()
    assert ran == []


def whole_page() -> str:
    sections = (f'<section class="payload">{render_markdown(payload)}</section>' for payload in PAYLOADS)
    return f"<!DOCTYPE html><title>Payloads</title><body>{''.join(sections)}"
