"""A guest's way: ask without an account, confirm from the mail, change one's mind."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from sessions.models import Guest
from tests.factories import make_session
from tests.mails import deliver

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_asking_for_a_seat_to_giving_it_back(page):
    session = make_session(title="An open evening", welcomes_guests=True, capacity=2)
    page.goto(reverse("sessions:session_guest", args=[session.pk]))
    page.get_by_label("Your name").fill("Robin")
    page.get_by_label("Your e-mail address").fill("robin@example.org")
    page.wait_for_timeout(3000)  # faster than that is nobody's hand
    page.get_by_role("button", name="Send me the link").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()

    (sent,) = deliver()
    link = re.search(rf"{re.escape(settings.SITE_URL)}(/guests/\S+?/)\s", sent.body)
    page.goto(link[1])
    page.get_by_role("button", name="I will be there").click()
    page.get_by_role("heading", name="You have a seat").wait_for()
    assert Guest.objects.coming().get().session == session

    page.get_by_role("button", name="I cannot come").click()
    page.get_by_role("heading", name="Noted. We will miss you").wait_for()
    assert not Guest.objects.coming().exists()
