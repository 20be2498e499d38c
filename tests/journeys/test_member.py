"""A member's way: sign up, add a paper, present it, upload slides and watch them appear, with a real worker."""

import re
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from sessions.models import Session
from tests.factories import make_paper, make_session
from tests.pdfs import pdf
from tests.workers import broker, process_environment, worker

pytestmark = [pytest.mark.browser, pytest.mark.real, pytest.mark.django_db(transaction=True)]
PASSWORD = "a passphrase of some length"


@pytest.fixture
def real_worker(settings, tmp_path):
    """A worker of this test's rows and files, woken by its own sweep every second."""
    with tempfile.TemporaryDirectory(prefix="rg-") as folder:
        socket = Path(folder) / "broker.sock"
        # Nobody may ask the internet: arXiv is a closed port of this machine.
        away = {"ARXIV_API_URL": "http://127.0.0.1:9/", "CROSSREF_API_URL": "http://127.0.0.1:9/"}
        with broker(socket), worker(process_environment(socket, tmp_path, SWEEP_SECONDS="1", **away)):
            yield


def is_home(url: str) -> bool:
    return urlsplit(url).path == "/"


def sign_up(page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("Email").fill("noor@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password (again)").fill(PASSWORD)
    page.get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/confirm-email/")
    link = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
    page.goto(link[1])
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/login/")
    page.get_by_label("Email").fill("noor@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=False).first.click()
    page.wait_for_url(is_home)


def test_from_signing_up_to_ones_own_slides(page, real_worker, settings, tmp_path):
    settings.ACCOUNT_RATE_LIMITS = False
    session = make_session(slots=1)
    make_paper(title="Attention Is All You Need", arxiv="1706.03762")
    sign_up(page)

    page.goto("/")
    page.get_by_role("link", name=re.compile("Take it")).first.click()
    page.get_by_role("textbox", name="Another paper").fill("https://arxiv.org/pdf/1706.03762v7")
    page.get_by_role("button", name="Take this slot").click()
    page.wait_for_url("**/presentations/**")
    assert page.get_by_role("heading", level=1).inner_text() == "Attention Is All You Need"

    page.get_by_role("link", name="Upload slides").click()
    deck = tmp_path / "talk.pdf"
    deck.write_bytes(pdf(6))
    page.get_by_label(re.compile("Drop your (PDF|slides) here")).set_input_files(deck)
    page.get_by_role("button", name="Add the slides").click()
    # No reload: the page follows the worker by itself.
    page.wait_for_selector(".viewer[data-ready] img[alt='Slide 1 of 6']", timeout=60_000)
    page.keyboard.press("End")
    assert page.locator("[data-viewer-number]").inner_text() == "6"

    assert page.get_by_text("This session is still to come").is_visible()
    Session.objects.filter(pk=session.pk).update(starts_at=timezone.now() - timedelta(hours=1))
    page.reload()
    page.get_by_role("button", name="Mark as given").click()
    page.wait_for_selector("text=This is presentation 1 of the archive now.")
    assert session.presentations.get().status == "given"


def test_damaged_deck_tells_what_to_do_without_a_reload(page, real_worker, sign_in, bob, tmp_path):
    from tests.factories import make_presentation

    presentation = make_presentation(title="A talk", presenters=[bob])
    sign_in(page, bob)
    page.goto(reverse("sessions:slide_deck_upload", args=[presentation.pk]))
    deck = tmp_path / "talk.pdf"
    deck.write_bytes(b"%PDF-1.7 and nothing else")
    page.get_by_label(re.compile("Drop your (PDF|slides) here")).set_input_files(deck)
    page.get_by_role("button", name="Add the slides").click()
    page.wait_for_selector("text=This PDF is damaged and cannot be read.", timeout=60_000)
    assert page.get_by_role("link", name="Download the original").is_visible()


def test_wrong_file_is_told_beside_the_field(page, sign_in, bob, tmp_path):
    from tests.factories import make_presentation

    presentation = make_presentation(title="A talk", presenters=[bob])
    sign_in(page, bob)
    page.goto(reverse("sessions:slide_deck_upload", args=[presentation.pk]))
    deck = tmp_path / "talk.pdf"
    deck.write_bytes(b"PK\x03\x04 not a PDF at all")
    page.get_by_label(re.compile("Drop your (PDF|slides) here")).set_input_files(deck)
    page.get_by_role("button", name="Add the slides").click()
    page.wait_for_selector("text=Export your slides as a PDF and upload that.")


def test_passkey_is_added_and_signs_in(page, sign_in, bob, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(bob.email)
    page.get_by_label("Password").fill("correct horse battery")
    page.locator("main form button").first.click()
    page.wait_for_url(is_home)
    page.goto("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.get_by_label("Password").fill("correct horse battery")
        page.locator("main form button").first.click()
        page.wait_for_url("**/webauthn/add/")
    page.get_by_label(re.compile("Passwordless")).check()
    page.get_by_role("button", name=re.compile("Add|Activate|Submit")).click()
    page.wait_for_url(re.compile("/2fa/(?!webauthn/add)"))
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(is_home)
    assert page.get_by_text("Bob").first.is_visible()
