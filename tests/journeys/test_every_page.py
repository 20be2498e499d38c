"""Every public page: accessible, in both colours, on every width, within its policy."""

import pytest
from django.conf import settings
from django.urls import reverse

from sessions.services.replying import reply_url
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(db):
    return build_world()


def public_pages(world) -> list[str]:
    rows = ("topic", "paper", "last_week", "coming", "presentation", "bare", "withheld", "report", "unfinished")
    fixed = (
        "/", "/archive/", "/archive/?q=nothing", "/sessions/", "/reports/", "/reading-lists/", "/papers/", "/topics/",
        "/members/", "/series/", "/search/", "/search/?q=attention", "/search/?q=nothing", "/accounts/login/",
        "/accounts/signup/", "/accounts/password/reset/", "/nothing-here/", "/feeds/", "/queue/", "/queue/?q=nothing",
        "/queue/past/",
    )  # fmt: skip
    rows += ("reading_list", "dora", "role_play", "series")
    fixed += ("/questions/", "/questions/?are=answered", "/questions/?topic=nothing&paper=0")
    rows += ("question", "answered")
    with_roles = [reverse(f"sessions:session_{page}", args=[world.role_play.pk]) for page in ("run", "packet")]
    with_roles.append(reverse("sessions:role_list"))
    guests = [reverse("sessions:session_guest", args=[world.coming.pk]), world.guest.get_absolute_url()]
    guests.append(reverse("sessions:guest_cancel", args=[world.guest.key]))
    return [*fixed, *guests, *(getattr(world, name).get_absolute_url() for name in rows), *with_roles]


def members_pages(world) -> list[str]:
    pk = world.presentation.pk
    return [
        "/",
        reverse("members:account"),
        reverse("members:member_edit"),
        reverse("sessions:calendar_edit"),
        reverse("members:mail_edit"),
        reverse("account_email"),
        reverse("account_change_password"),
        reverse("mfa_index"),
        reverse("usersessions_list"),
        reverse("papers:paper_add"),
        reverse("sessions:proposal_list"),
        reverse("sessions:proposal_past"),
        reverse("sessions:proposal_create"),
        f"{reverse('sessions:proposal_create')}?paper={world.presentation.papers.first().pk}",
        reverse("sessions:proposal_edit", args=[world.proposal.pk]),
        reverse("papers:report_create"),
        reverse("papers:reading_list_create"),
        reverse("sessions:presentation_create"),
        reverse("sessions:presentation_edit", args=[pk]),
        reverse("sessions:slide_deck_upload", args=[pk]),
        reverse("sessions:recording_edit", args=[pk]),
        reverse("sessions:slot_list"),
        reverse("sessions:slot_claim", args=[world.slot.pk]),
        reverse("sessions:notes_edit", args=[world.last_week.pk]),
        reverse("sessions:notes_history", args=[world.last_week.pk]),
        reverse("sessions:notes_version", args=[world.last_week.pk, 1]),
        world.last_week.get_absolute_url(),
        world.question.get_absolute_url(),
        world.answered.get_absolute_url(),
        world.paper.get_absolute_url(),
        f"{reverse('sessions:question_ask')}?session={world.last_week.pk}",
        reverse("sessions:question_answer", args=[world.question.pk]),
        reverse("sessions:question_edit", args=[world.question.pk]),
        reverse("sessions:question_list"),
        *(reverse(f"sessions:slot_{page}", args=[world.talk.pk]) for page in ("release", "presenters", "swap")),
        reverse("sessions:swap_detail", args=[world.swap.pk]),
        world.talk.get_absolute_url(),
        world.presentation.get_absolute_url(),
        world.coming.get_absolute_url(),
        reverse("sessions:session_people", args=[world.coming.pk]),
        reverse("sessions:session_here", args=[world.coming.pk]),
        reverse("sessions:attendance_list"),
        # Which she hosts.
        reverse("sessions:session_check_in", args=[world.last_week.pk]),
        reverse("sessions:session_poster", args=[world.last_week.pk]),
        world.role_play.get_absolute_url(),
        reply_url(world.coming, world.dora, "yes").removeprefix(settings.SITE_URL),
        reverse("sessions:role_claim", args=[world.role_play.pk, "whale"]),
        reverse("sessions:role_contribution", args=[world.role_play.pk, "juggler"]),
    ]


def organisers_pages(world) -> list[str]:
    pk = world.proposal.pk
    return [
        reverse("sessions:organise"),
        "/organise/?first=2030-01-01&last=2029-01-01",
        reverse("sessions:proposal_list"),
        reverse("sessions:proposal_put_aside", args=[pk]),
        reverse("sessions:proposal_plan", args=[pk]),
        reverse("sessions:series_create"),
        reverse("sessions:series_edit", args=[world.series.slug]),
        *(reverse(f"sessions:session_{page}", args=[world.coming.pk]) for page in ("edit", "move")),
    ]


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}" for one in found for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_public_pages_have_no_accessibility_violation(new_page, world, scheme):
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    found = {}
    for path in public_pages(world):
        page.goto(path)
        found |= {path: violations(page)} if violations(page) else {}
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_members_pages_have_no_accessibility_violation(new_page, world, sign_in, scheme):
    page = sign_in(new_page(color_scheme=scheme, reduced_motion="reduce"), world.dora)
    found = {}
    for path in members_pages(world):
        page.goto(path)
        found |= {path: violations(page)} if violations(page) else {}
    assert found == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_organisers_pages_have_no_accessibility_violation(new_page, world, sign_in, alice, scheme):
    page = sign_in(new_page(color_scheme=scheme, reduced_motion="reduce"), alice)
    found = {}
    for path in organisers_pages(world):
        page.goto(path)
        found |= {path: violations(page)} if violations(page) else {}
    assert found == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_organisers_page_scrolls_sideways(new_page, world, sign_in, alice, width):
    page = sign_in(new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce"), alice)
    wide = []
    for path in organisers_pages(world):
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(new_page, world, sign_in, width):
    page = new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    wide = []
    for paths in (public_pages(world), members_pages(world)):
        for path in paths:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append(path)
        sign_in(page, world.dora)
    assert wide == []


def test_every_page_has_one_heading_a_title_and_a_language(page, world):
    for path in public_pages(world):
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert page.title(), path
        assert page.locator("html").get_attribute("lang") == "en"


def test_every_answer_carries_its_headers(client, world):
    policy = {"script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}
    for path in public_pages(world):
        headers = client.get(path).headers
        assert policy <= set(headers["Content-Security-Policy"].split("; ")), path
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]
