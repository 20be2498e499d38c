"""A member writes a report in a real browser: preview, picture, publication, keyboard."""

import base64
from io import BytesIO

import pytest
from PIL import Image

from papers.models import Report, ReportImage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """
([editor, name, type, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([bytes], name, { type }));
  editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}
"""


def paste(page, editor, name, kind, content):
    page.evaluate(PASTE, [editor.element_handle(), name, kind, base64.b64encode(content).decode()])


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 32), "#9c2f24").save(file, "PNG")
    return file.getvalue()


def test_member_writes_and_publishes_a_report(page, sign_in, bob):
    sign_in(page, bob)
    page.goto("/write/report/")
    page.get_by_label("Title", exact=True).fill("Small models, large claims")
    editor = page.locator("#id_body")
    editor.fill("## Claim\n\nThe loss is $\\frac{1}{n}\\sum_i \\ell_i$.\n\n")

    preview = page.locator(".markdownx-preview")
    preview.locator("mfrac").wait_for()
    assert preview.locator("h2").inner_text() == "Claim"
    assert page.evaluate("document.querySelector('.markdownx-preview mfrac').getBoundingClientRect().height") > 20

    editor.press("Control+End")
    paste(page, editor, "curve.png", "image/png", picture())
    preview.locator("img").wait_for()
    assert "![What this picture shows](/reports/images/" in editor.input_value()
    assert "curve.png is in the text" in page.get_by_role("status").last.inner_text()
    assert page.evaluate("document.querySelector('.markdownx-preview img').naturalWidth") == 64

    text = editor.input_value()
    paste(page, editor, "evil.svg", "image/svg+xml", b"<svg onload=alert(1)>")
    page.get_by_text("evil.svg: This is not a picture that can be read").wait_for()
    assert editor.input_value() == text
    assert ReportImage.objects.count() == 1
    shown = preview.inner_html()

    page.get_by_role("button", name="Save as draft").first.click()
    page.get_by_text("This is a draft.").wait_for()
    assert page.locator(".report-body").inner_html() == shown
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_text("Published. Everybody can read it.").wait_for()
    assert page.get_by_text("Paper report 1", exact=True).is_visible()
    report = Report.objects.get()
    assert (report.status, report.revisions.count()) == ("published", 1)


def test_tab_leaves_the_editor_and_shortcuts_stay_the_browsers(page, sign_in, bob):
    sign_in(page, bob)
    page.goto("/write/report/")
    editor = page.locator("#id_body")
    editor.fill("one line")
    editor.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('markdownx-editor')") is False
    assert editor.input_value() == "one line"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.classList.contains('markdownx-editor')") is True


def test_report_is_written_without_javascript(new_page, sign_in, bob):
    page = sign_in(new_page(java_script_enabled=False), bob)
    page.goto("/write/report/")
    page.get_by_label("Title", exact=True).fill("By hand")
    page.locator("#id_body").fill("Only words.")
    page.get_by_role("button", name="Save as draft").first.click()
    assert page.get_by_text("Only words.").is_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_pages_do_not_scroll_sideways(new_page, sign_in, bob, width):
    from papers.services.reports import save_report

    wide = "$$" + "+".join(f"x_{{{n}}}" for n in range(80)) + "$$\n\n" + "| a " * 30 + "|\n" + "|---" * 30 + "|\n\n"
    body = f"# Long\n\n{wide}```python\n{'x = 1; ' * 60}\n```\n\n"
    body += f"https://example.org/{'a' * 200}\n\n$\\nosuch{{{'x' * 200}}}$"
    report = save_report(Report(title="Wide things", body=body, status="published"), saved_by=bob)
    page = sign_in(new_page(viewport={"width": width, "height": 800}), bob)
    for path in (report.get_absolute_url(), "/reports/", f"{report.get_absolute_url()}edit/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_accessibility_violations(new_page, sign_in, bob, scheme):
    from axe_playwright_python.sync_playwright import Axe

    from papers.services.reports import save_report
    from tests.readinggroup.markdown_sample import SAMPLE

    report = save_report(Report(title="Everything", body=SAMPLE, teaser="In short.", status="wip"), saved_by=bob)
    page = sign_in(new_page(color_scheme=scheme), bob)
    for path in (report.get_absolute_url(), "/reports/", "/write/report/", f"{report.get_absolute_url()}edit/"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
