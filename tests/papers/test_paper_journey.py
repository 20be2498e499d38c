"""A member adds a paper in a browser and watches it fill in."""

import pytest

from papers.models import Paper
from papers.services.papers import fetch_metadata
from tests.factories import make_paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Proceedings of Workshop AEW10: Concepts in Information Theory and Communications"


def add(page, text: str) -> Paper:
    page.goto("/papers/add/")
    page.get_by_label("arXiv id, DOI or link").fill(text)
    page.get_by_role("button", name="Add it").click()
    page.get_by_role("heading", level=1, name="arXiv").wait_for()
    return Paper.objects.get()


def test_card_fills_in_without_a_reload(page, sign_in, bob, replay):
    paper = add(sign_in(page, bob), "https://arxiv.org/abs/1707.08567")
    page.get_by_text("Looking up title").wait_for()
    page.evaluate("document.body.dataset.same = 'page'")

    fetch_metadata(paper)

    page.get_by_role("heading", level=1, name=TITLE).wait_for()
    assert page.locator("body").get_attribute("data-same") == "page"
    assert page.get_by_text("Looking up title").count() == 0
    assert page.locator("[data-refresh-url]").count() == 0


def test_card_fills_in_by_a_reload_without_javascript(new_page, sign_in, bob, replay):
    page = new_page(java_script_enabled=False)
    paper = add(sign_in(page, bob), "1707.08567")
    fetch_metadata(paper)
    page.get_by_role("link", name="Reload this page").click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()


def test_unknown_paper_is_completed_by_hand(page, sign_in, bob, replay):
    paper = add(sign_in(page, bob), "0000.0000")
    fetch_metadata(paper)
    page.get_by_text("arXiv knows no paper 0000.0000").wait_for()
    page.get_by_role("link", name="Fill in the title").click()
    page.get_by_label("Title").fill("What it is really called")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", level=1, name="What it is really called").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_papers_have_no_barriers(new_page, bob, sign_in, scheme):
    from axe_playwright_python.sync_playwright import Axe

    paper = make_paper(title="Attention", authors=["Ada"], arxiv="1706.03762", venue="NeurIPS")
    page = sign_in(new_page(color_scheme=scheme), bob)
    for address in (
        "/papers/",
        paper.get_absolute_url(),
        "/papers/add/",
        f"{paper.get_absolute_url()}edit/",
        "/topics/",
    ):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(address, violation["id"]) for violation in found] == []


def test_only_what_was_changed_counts_as_corrected(page, sign_in, bob, replay):
    paper = make_paper(title="Old", authors=["Ada", "Bea"], abstract="One.\n\nTwo.", venue="NeurIPS")
    sign_in(page, bob).goto(f"{paper.get_absolute_url()}edit/")
    page.get_by_label("Title").fill("New")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", level=1, name="New").wait_for()
    assert Paper.objects.get().edited_fields == ["title"]
