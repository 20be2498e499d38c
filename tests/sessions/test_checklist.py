"""What a presentation lacks, and how that is answered."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions.checklist import checklist, lacking
from sessions.models import Condition, Presentation
from sessions.models.presentation import NOT_MENTIONED
from sessions.services.preparing import say_there_is_none
from tests.clients import signed_in_client
from tests.factories import make_paper, make_presentation, make_session
from tests.world import make_deck

pytestmark = pytest.mark.django_db


def keys(presentation, due=None) -> list[str]:
    return [item.key for item in lacking(presentation, due)]


def test_a_claimed_slot_lacks_everything_and_knows_when_it_is_due():
    talk = make_presentation(title="", status="claimed")
    assert keys(talk) == ["paper", "slides", "summary", "recording"]
    assert keys(talk, "before") == ["paper", "slides"]
    assert keys(talk, "after") == ["summary", "recording"]


def test_nothing_is_lacking_once_all_is_there():
    talk = make_presentation(
        papers=[make_paper()], summary="In short.", slides_condition="available", recording_condition="available"
    )
    make_deck(talk)
    talk.recordings.create(host="link", url="https://example.org/talk", position=1)
    assert keys(talk) == []
    assert len(checklist(talk)) == 4


def test_a_title_is_an_answer_where_there_is_no_paper():
    assert "paper" not in keys(make_presentation(title="Ten years of reading"))


@pytest.mark.parametrize(("condition", "reason"), [("none", ""), ("none", "By heart."), ("withheld", "Unpublished.")])
def test_that_there_are_none_is_an_answer(condition, reason):
    talk = make_presentation(
        slides_condition=condition,
        slides_reason=reason,
        recording_condition=condition,
        recording_reason=reason,
    )
    assert keys(talk) == ["summary"]
    assert reason in checklist(talk)[1].text


def test_what_a_document_did_not_mention_is_no_answer():
    talk = make_presentation(slides_condition="none", slides_reason=NOT_MENTIONED)
    assert "slides" in keys(talk)


def test_many_are_looked_at_in_a_constant_number_of_queries():
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            for talk in Presentation.objects.with_checklist():
                checklist(talk)
        return len(asked)

    make_presentation(papers=[make_paper()])
    few = queries()
    for _ in range(3):
        make_presentation(papers=[make_paper(), make_paper()])
    assert queries() == few


def test_saying_there_are_none_does_not_undo_what_came_meanwhile():
    talk = make_presentation()
    make_deck(talk)
    Presentation.objects.filter(pk=talk.pk).update(slides_condition=Condition.AVAILABLE)
    assert not say_there_is_none(talk, what="slides")
    talk.refresh_from_db()
    assert talk.slides_condition == "available"


def test_presenter_answers_with_one_press(bob):
    talk = make_presentation(title="", status="claimed", presenters=[bob], session=make_session())
    client = signed_in_client(bob)
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "4 things to do" in page
    address = reverse("sessions:presentation_without", args=[talk.pk])
    for what in ("slides", "recording"):
        answer = client.post(address, {"what": what}, follow=True)
        assert f"there will be no {what}" in answer.content.decode()
    assert "2 things to do" in client.get(talk.get_absolute_url()).content.decode()
    assert "nothing was changed" in client.post(address, {"what": "slides"}, follow=True).content.decode()
    assert "choose slides or recording" in client.post(address, {"what": "\x00"}, follow=True).content.decode()


def test_others_do_not_see_the_checklist(bob, charlie):
    talk = make_presentation(presenters=["Lena"])
    member = signed_in_client(bob)
    for client in (charlie, member):
        assert "to do" not in client.get(talk.get_absolute_url()).content.decode()
    assert member.post(reverse("sessions:presentation_without", args=[talk.pk]), {"what": "slides"}).status_code == 404
    assert "slides" in keys(Presentation.objects.get(pk=talk.pk))
