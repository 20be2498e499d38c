"""Loading the demo: once, on any day, beside what is there already."""

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from papers.models import ReadingList
from sessions.demo.loading import load_demo
from sessions.models import Presentation, Session
from tests.snapshots import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    assert load_demo()


@pytest.mark.parametrize("day", [0, 1, 2])  # Monday, the day of the group, and the day after
def test_coming_sessions_lie_ahead_whatever_the_day(day):
    today = date(2027, 3, 1) + timedelta(days=day)

    load_demo(today)

    midnight = datetime(today.year, today.month, today.day, 23, 59, tzinfo=timezone.get_default_timezone())
    assert Session.objects.filter(starts_at__gt=midnight).count() == 8


def test_loading_twice_equals_loading_once(demo, capsys):
    before = snapshot()

    call_command("load_demo")

    assert snapshot() == before
    assert "nothing was changed" in capsys.readouterr().out


def test_what_an_organiser_deleted_does_not_come_back(demo):
    ReadingList.objects.all().delete()

    load_demo()

    assert not ReadingList.objects.exists()


def test_numbers_of_an_existing_archive_are_respected():
    from tests.factories import make_presentation

    mine = make_presentation(number=21, title="Mine")

    load_demo()

    assert Presentation.objects.get(number=21) == mine
    assert Presentation.objects.given().filter(number=None).count() == 0
