"""Every public page: accessible, in both colours, on every width, within its policy."""

import pytest
from django.conf import settings
from django.urls import reverse

from sessions.services.replying import reply_url
from tests.world import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(400)]
#: CSS pixels; a phone held by somebody who needs large letters, a phone, a desk.
WIDTHS = (320, 390, 1280)
#: Only its contrast tells a page in the dark from the same page in the light.
RULES = {"light": (), "dark": ("color-contrast", "link-in-text-block")}


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


def violations(page, *rules: str) -> list[str]:
    """What keeps somebody out of the page as it looks now; of the `rules` that are named, otherwise of all."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"runOnly": {"type": "rule", "values": rules}} if rules else None
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}" for one in found for node in one["nodes"]
    ]


def faults(page, path: str) -> list[str]:
    """What is wrong with a page: its frame, its widths, and in each colour what keeps somebody out of it."""
    page.goto(path)
    found = [] if page.locator("h1").count() == 1 else ["not one heading"]
    found += [] if page.title() else ["no title"]
    found += [] if page.locator("html").get_attribute("lang") == "en" else ["no language"]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"scrolls sideways at {width}")
    for scheme, rules in RULES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{scheme}: {violation}" for violation in violations(page, *rules)]
    return found


def all_faults(page, paths: list[str]) -> dict[str, list[str]]:
    return {path: found for path in paths if (found := faults(page, path))}


def test_public_pages_are_without_fault(new_page, world):
    assert all_faults(new_page(), public_pages(world)) == {}


def test_members_pages_are_without_fault(new_page, world, sign_in):
    assert all_faults(sign_in(new_page(), world.dora), members_pages(world)) == {}


def test_organisers_pages_are_without_fault(new_page, world, sign_in, alice):
    assert all_faults(sign_in(new_page(), alice), organisers_pages(world)) == {}


def test_every_answer_carries_its_headers(client, world):
    policy = {"script-src 'self'", "style-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}
    for path in public_pages(world):
        headers = client.get(path).headers
        assert policy <= set(headers["Content-Security-Policy"].split("; ")), path
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"]
