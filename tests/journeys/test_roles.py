"""An evening with roles, in a real browser: taking one, planning a term, the timer on the projector."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.services.roles import claim_role
from tests.factories import make_member, make_paper, make_role_play
from tests.journeys.test_every_page import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def session(db):
    """Welcome, two roles and a discussion: 5, 5, 5 and 15 minutes."""
    session = make_role_play(roles=["Juggler", "Whale"], title="By the sea", paper=make_paper(title="Tides"))
    claim_role(session.role_assignments.get(role__name="Whale"), member=make_member(name="Ines"))
    return session


@pytest.fixture
def stage(page, session):
    """The timer, at a clock that stands still until the test moves it."""
    page.clock.install(time=timezone.now())
    page.goto(reverse("sessions:session_run", args=[session.pk]))
    return page


def shown(page) -> tuple[str, str, str]:
    parts = (page.locator(f"[data-run-{name}]").text_content() for name in ("label", "left", "toggle"))
    return tuple(str(part) for part in parts)


def test_member_takes_a_role_and_changes_their_mind(page, sign_in, bob, session):
    sign_in(page, bob).goto(session.get_absolute_url())
    page.get_by_role("button", name=re.compile("Play this.*Juggler")).click()
    page.get_by_text("You are the Juggler. Enjoy the paper.").wait_for()
    page.get_by_role("button", name=re.compile("Give it back.*Juggler")).click()
    page.get_by_text("1 of 2 roles is still free").wait_for()


def test_timer_starts_pauses_and_goes_on(stage):
    assert shown(stage) == ("Welcome", "5:00", "Start")
    stage.get_by_role("button", name="Start", exact=True).click()
    stage.clock.run_for(61_500)
    assert shown(stage) == ("Welcome", "3:59", "Pause")
    stage.keyboard.press("Space")
    stage.clock.run_for(30_000)
    assert shown(stage) == ("Welcome", "3:59", "Go on")
    stage.keyboard.press("Space")
    stage.clock.run_for(9_000)
    assert shown(stage) == ("Welcome", "3:50", "Pause")


def test_arrows_go_on_and_back_and_the_next_is_announced(stage):
    stage.keyboard.press("ArrowRight")
    assert shown(stage) == ("Juggler", "5:00", "Start")
    assert stage.locator("[data-run-next]").text_content() == "Next: Whale, Ines"
    stage.keyboard.press("ArrowRight")
    assert stage.locator("[data-run-player]").text_content() == "Ines"
    assert stage.locator("tr[aria-current] th").text_content() == "Whale"
    stage.keyboard.press("ArrowLeft")
    assert shown(stage)[0] == "Juggler"
    for _ in range(9):
        stage.keyboard.press("ArrowRight")
    assert shown(stage)[:2] == ("Discussion", "15:00")
    assert stage.get_by_role("button", name="Next").is_disabled()


def test_back_goes_first_to_the_beginning_of_what_has_begun(stage):
    stage.keyboard.press("ArrowRight")
    stage.keyboard.press("Space")
    stage.clock.run_for(60_000)
    stage.keyboard.press("ArrowLeft")
    assert shown(stage) == ("Juggler", "5:00", "Pause")


def test_running_timer_survives_a_reload(stage):
    stage.keyboard.press("ArrowRight")
    stage.keyboard.press("Space")
    stage.clock.run_for(60_000)
    stage.reload()
    assert shown(stage)[0] == "Juggler"
    assert shown(stage)[1] in ("4:00", "3:59")
    assert shown(stage)[2] == "Pause"


def test_minutes_are_told_to_screen_readers_and_overtime_to_all(stage):
    said = stage.locator("[data-run-said]")
    stage.keyboard.press("Space")
    stage.clock.run_for(60_500)
    assert said.text_content() == "4 minutes left for Welcome."
    stage.clock.run_for(240_000)
    assert said.text_content() == "The time of Welcome is up."
    stage.clock.run_for(42_000)
    assert shown(stage)[1] == "+0:42"


def test_damaged_memory_begins_anew(stage, session):
    for kept in ("nonsense", "{}", '{"index": 99, "spent": 1}', '{"index": 1, "spent": "x"}'):
        stage.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [f"run-{session.pk}", kept])
        stage.reload()
        assert shown(stage) == ("Welcome", "5:00", "Start")


def test_without_scripts_the_run_sheet_is_a_table(new_page, session):
    page = new_page(java_script_enabled=False)
    page.goto(reverse("sessions:session_run", args=[session.pk]))
    assert not page.locator("[data-run]").is_visible()
    assert page.locator("table th[scope=row]").all_text_contents() == ["Welcome", "Juggler", "Whale", "Discussion"]


def test_organiser_plans_a_term(page, sign_in, alice, session):
    make_role_play(roles=["Juggler", "Whale"], starts_at=timezone.now() + timedelta(days=21))
    sign_in(page, alice).goto(reverse("sessions:role_rotation"))
    for name in ("Alice", "Ines"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Propose a rotation").click()
    page.get_by_text("No other plan would be more even.").wait_for()
    page.get_by_role("button", name="Save this rotation").click()
    page.get_by_text("3 roles have their players now.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_organisers_pages_are_accessible_and_fit(new_page, sign_in, alice, session, scheme):
    page = sign_in(new_page(color_scheme=scheme, viewport={"width": 320, "height": 700}), alice)
    rotation = reverse("sessions:role_rotation")
    planned = f"{rotation}?sessions={session.pk}&members={alice.pk}&since=2026-01-01"
    for path in (reverse("sessions:session_roles", args=[session.pk]), rotation, planned, session.get_absolute_url()):
        page.goto(path)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
