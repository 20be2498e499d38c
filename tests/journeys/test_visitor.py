"""A visitor's way through the site, in a real browser."""

import pytest

from tests.world import VIDEO, build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db):
    return build_world()


def test_from_the_front_door_to_the_very_slide_and_the_paper(page, world, outside_requests):
    page.goto("/")
    page.get_by_role("link", name="Archive", exact=True).click()
    page.get_by_label("Topic").select_option("attention")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="1. Attention, one head at a time").click()

    page.wait_for_selector(".viewer[data-ready]")
    number = page.locator("[data-viewer-number]")
    shown = page.locator(".viewer-page[data-current] img")
    assert number.inner_text() == "1"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert number.inner_text() == "3"
    assert shown.get_attribute("alt") == "Slide 3 of 3"
    assert page.url.endswith("#slide=3")
    page.keyboard.press("Home")
    assert number.inner_text() == "1"
    page.get_by_label("All slides").get_by_role("link", name="Slide 2").click()
    assert page.url.endswith("#slide=2")
    page.locator(".viewer-page[data-current]").get_by_text("Text of this slide").click()
    assert page.get_by_text("Words of slide 2").is_visible()

    page.reload()
    assert number.inner_text() == "2"

    assert outside_requests == []
    page.get_by_role("link", name="Play the recording").click()
    page.wait_for_selector("iframe[src^='https://www.youtube-nocookie.com/']")
    assert len(outside_requests) == 1
    assert VIDEO in outside_requests[0]

    page.get_by_role("link", name="Attention Is All You Need").first.click()
    page.wait_for_url("**/papers/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Attention Is All You Need"
    page.get_by_role("link", name="What attention is").first.click()
    page.wait_for_url("**/reports/**")
    page.wait_for_selector("math")
    page.goto(world.reading_list.get_absolute_url())
    assert page.get_by_role("heading", name="Deeper").is_visible()


def test_search_from_any_page_finds_a_presentation(page, world):
    page.goto("/reports/")
    page.get_by_role("searchbox", name="Search").fill("one head")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Attention, one head at a time").first.click()
    page.wait_for_url("**/presentations/**")


def test_without_a_script_all_slides_stand_on_the_page(new_page, world):
    page = new_page(java_script_enabled=False)
    page.goto(world.presentation.get_absolute_url())
    assert page.locator(".viewer-page img:visible").count() == 3
    assert page.get_by_role("link", name="Play the recording").get_attribute("href").endswith(VIDEO)


def test_swipe_turns_the_slide(new_page, world):
    page = new_page(viewport={"width": 390, "height": 800}, has_touch=True)
    page.goto(world.presentation.get_absolute_url())
    page.locator(".viewer-pages").evaluate(
        """(stage) => {
          const touch = (x) => new Touch({identifier: 1, target: stage, clientX: x, clientY: 200});
          stage.dispatchEvent(new TouchEvent("touchstart", {touches: [touch(300)], changedTouches: [touch(300)]}));
          stage.dispatchEvent(new TouchEvent("touchend", {touches: [], changedTouches: [touch(100)]}));
        }"""
    )
    assert page.locator("[data-viewer-number]").inner_text() == "2"


def test_chosen_colours_stay(new_page, world):
    page = new_page(color_scheme="light")
    page.goto("/")
    page.get_by_role("button", name="Dark colours").click()
    page.goto("/archive/")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 22, 20)"
