"""What a session lacks: the words of the page and the filter of the admin agree."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.attention import lacks_of, tone_of
from sessions.models import Mailing, Session, SlideDeck, SlotSwap
from sessions.queries.term import sessions_of_term
from sessions.services.presentations import claim_presentation, open_slot
from tests.factories import make_paper, make_presentation, make_role_play, make_session

pytestmark = pytest.mark.django_db


def lacking(alice) -> dict[str, list[str]]:
    """The keys of what each session lacks, checked against the QuerySet."""
    today = timezone.localdate()
    sessions = sessions_of_term(alice, today - timedelta(days=40), today + timedelta(days=90))
    found = {session.title: [lack.key for lack in lacks_of(session)] for session in sessions}
    by_filter = set(Session.objects.needing_attention().values_list("title", flat=True))
    assert {title for title, keys in found.items() if keys} == by_filter
    return found


def days(count):
    return timezone.now() + timedelta(days=count)


def test_each_lack_is_named_and_found(alice, bob):
    make_session(title="empty")
    make_session(title="to discuss", format="discussion")
    make_session(title="open", slots=2)
    make_role_play(title="roles")
    claim_presentation(open_slot(make_session(title="no paper", starts_at=days(20))), member=bob)
    paper = make_paper()
    claim_presentation(open_slot(make_session(title="fine", starts_at=days(21))), member=bob, paper=paper)
    claim_presentation(open_slot(make_session(title="late", starts_at=days(2))), member=bob, paper=paper)
    nobody = make_session(title="nobody", starts_at=days(22))
    make_presentation(title="A talk", session=nobody, position=1, status="claimed")
    off = make_session(title="off", slots=1)
    Session.objects.filter(pk=off.pk).update(status="cancelled")
    over = make_session(title="over", starts_at=days(-8))
    make_presentation(session=over, position=1, status="claimed", presenters=[bob])
    done = make_session(title="done", starts_at=days(-9))
    make_presentation(session=done, position=1, presenters=[bob])
    assert lacking(alice) == {
        "empty": ["empty"],
        "to discuss": [],
        "open": ["open"],
        "roles": ["roles"],
        "no paper": ["paper"],
        "fine": [],
        "late": ["slides"],
        "nobody": ["nobody"],
        "off": [],
        "over": ["not_given"],
        "done": [],
    }


def test_stated_absence_of_slides_is_no_lack(alice, bob):
    talk = claim_presentation(open_slot(make_session(title="late", starts_at=days(1))), member=bob, paper=make_paper())
    talk.slides_condition = "none"
    talk.save()
    assert lacking(alice) == {"late": []}


@pytest.mark.parametrize(
    ("status", "current", "expected"), [("failed", False, True), ("pending", False, False), ("done", True, False)]
)
def test_slides_that_could_not_be_drawn_are_told_at_once(alice, bob, status, current, expected):
    talk = claim_presentation(open_slot(make_session(title="talk", starts_at=days(30))), member=bob, paper=make_paper())
    for version, state in ((1, "failed"), (2, status)):
        SlideDeck.objects.create(
            presentation=talk,
            version=version,
            status=state,
            is_current=current and version == 2,
            source_url="https://example.org/a.pdf",
            original_name="a.pdf",
            sha256="0" * 64,
            size=1,
        )
    assert lacking(alice) == {"talk": ["drawing"] if expected else []}


def test_swap_without_an_answer_and_mailing_that_failed_are_told(alice, bob):
    first, second = (
        claim_presentation(open_slot(make_session(title=title, starts_at=days(30))), member=who, paper=make_paper())
        for title, who in (("first", bob), ("second", alice))
    )
    SlotSwap.objects.create(given=first, wanted=second, asked_by=bob)
    Mailing.objects.create(session=second.session, kind="invitation", event="e", status="failed")
    assert lacking(alice) == {"first": ["swap"], "second": ["not_sent"]}


def test_worst_stands_first_and_weighs_more_when_near(alice, bob):
    session = make_session(title="many", slots=1, starts_at=days(2))
    claim_presentation(open_slot(session), member=bob)
    assert lacking(alice) == {"many": ["open", "paper", "slides"]}
    tones = [tone_of(make_session(starts_at=days(count))) for count in (2, 20, 60)]
    assert tones == ["bad", "warn", "quiet"]
