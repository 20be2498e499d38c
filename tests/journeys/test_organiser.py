"""The organiser's workbench in a real browser: it works under the site's own strict policy."""

import pytest
from django.urls import reverse

from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db):
    return build_world()


def test_workbench_keeps_to_the_policy(page, world, alice, sign_in, outside_requests):
    """`page` fails the test for a single violation."""
    sign_in(page, alice)
    rows = (world.paper, world.presentation, world.deck, world.report, world.reading_list, world.entry, world.coming)
    for row in rows:
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        for path in (
            reverse(f"admin:{model}_changelist"),
            reverse(f"admin:{model}_change", args=[row.pk]),
            reverse(f"admin:{model}_history", args=[row.pk]),
        ):
            assert page.goto(path).status == 200, path
    assert page.goto(reverse("admin:index")).status == 200
    assert outside_requests == []


def test_organiser_adds_an_author_by_autocomplete_and_line(page, world, alice, sign_in):
    sign_in(page, alice)
    page.goto(reverse("admin:papers_paper_change", args=[world.paper.pk]))
    page.locator("#credits-group .add-row a").click()
    page.locator("#credits-2 .select2-selection").click()
    page.locator(".select2-search__field").last.fill("Shazeer")
    page.get_by_role("option", name="Noam Shazeer").click()
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_text("was changed successfully").wait_for()
    assert world.paper.credits.count() == 3


def test_slides_are_seen_in_the_workbench(page, world, alice, sign_in):
    sign_in(page, alice)
    page.goto(reverse("admin:group_sessions_slidedeck_change", args=[world.deck.pk]))
    picture = page.get_by_alt_text("Slide 1", exact=True)
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img[alt=\"Slide 1\"]').naturalWidth > 0")
