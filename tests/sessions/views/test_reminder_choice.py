"""When members are reminded, as they choose it among their mails."""

import pytest

from sessions.models import ReminderChoice

pytestmark = pytest.mark.django_db

PATH = "/account/mails/"


def ticked(page: str) -> list[str]:
    return [time for time in ("week", "day", "hour") if f'value="{time}"' in page and _is_ticked(page, time)]


def _is_ticked(page: str, value: str) -> bool:
    return "checked" in page.partition(f'value="{value}"')[2].partition(">")[0]


def test_newcomer_is_reminded_a_day_before(bob_client):
    assert ticked(bob_client.get(PATH).content.decode()) == ["day"]
    assert not ReminderChoice.objects.exists()


def test_chosen_times_are_kept(bob, bob_client):
    bob_client.post(PATH, {"wanted": ["reminders"], "reminders-times": ["week", "hour"]})
    choice = bob.reminder_choice
    assert (choice.week, choice.day, choice.hour) == (True, False, True)
    assert ticked(bob_client.get(PATH).content.decode()) == ["week", "hour"]


def test_impossible_time_keeps_everything_as_it_was(bob, bob_client):
    answer = bob_client.post(PATH, {"wanted": [], "reminders-times": ["month"]})
    assert "month is not one of the available choices" in answer.content.decode()
    bob.refresh_from_db()
    assert bob.unwanted_mail == []
    assert not ReminderChoice.objects.exists()


def test_page_says_what_each_kind_is(bob_client):
    page = bob_client.get(PATH).content.decode()
    for words in ("Answers to you", "An invitation to each", "at the times that you choose", "moved or called off"):
        assert words in page


def test_export_holds_the_choice(bob, bob_client):
    ReminderChoice.objects.create(member=bob, week=True)
    told = bob_client.post("/account/export/").json()
    assert told["reminders"] == [{"week": True, "day": True, "hour": False}]
