"""A presentation's page, in all the states of its slides, recording and papers."""

import pytest
from django.urls import reverse

from sessions.models import Presentation
from sessions.recordings import parse_recording
from sessions.services.recordings import attach_recording
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_paper, make_presentation, make_session
from tests.pdfs import pdf, upload

pytestmark = pytest.mark.django_db


def text_of(client, presentation: Presentation) -> str:
    answer = client.get(presentation.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def with_deck(presentation: Presentation, data: bytes | None = None) -> Presentation:
    render_slides(slide_deck_id=attach_slide_deck(presentation, upload(data)).pk)
    presentation.refresh_from_db()
    return presentation


def test_page_tells_number_title_presenters_and_every_slide(charlie, bob):
    presentation = with_deck(
        make_presentation(number=8, title="Masks", presenters=[bob, "Lena"], presented_on="2026-11-12")
    )
    page = text_of(charlie, presentation)
    for text in (
        "Presentation 8",
        "12 November 2026",
        "Masks",
        "Lena",
        bob.get_absolute_url(),
        "Slide 3 of 3",
        "Slide 2",
    ):
        assert text in page
    for number in (1, 2, 3):
        assert reverse("sessions:slide_large", args=[presentation.current_deck.pk, number]) in page


@pytest.mark.parametrize(
    ("condition", "reason", "said"),
    [
        ("none", "", "given without slides"),
        ("expected", "", "No slides yet"),
        ("withheld", "Unpublished results.", "Unpublished results."),
    ],
)
def test_absent_slides_are_told_plainly(charlie, condition, reason, said):
    assert said in text_of(charlie, make_presentation(slides_condition=condition, slides_reason=reason))


def test_slides_elsewhere_are_linked(charlie):
    page = text_of(charlie, make_presentation(slides_url="https://example.org/deck.pdf"))
    assert "Open the slides at https://example.org/deck.pdf" in page


@pytest.mark.parametrize(
    ("condition", "reason", "said"),
    [
        ("none", "", "was not recorded"),
        ("none", "The camera broke.", "The camera broke."),
        ("expected", "", "No recording yet"),
        ("withheld", "The speaker asked for it.", "The speaker asked for it."),
    ],
)
def test_absent_recording_is_told_plainly(charlie, condition, reason, said):
    page = text_of(charlie, make_presentation(recording_condition=condition, recording_reason=reason))
    assert said in page


def test_recording_is_no_frame_before_the_click(charlie):
    presentation = make_presentation()
    attach_recording(presentation, parse_recording("https://youtu.be/dQw4w9WgXcQ?t=90"))
    page = text_of(charlie, presentation)
    assert "<iframe" not in page
    assert 'data-player="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&amp;start=90"' in page
    assert "https://www.youtube.com/watch?v=dQw4w9WgXcQ" in page


@pytest.mark.parametrize("count", [0, 1, 17])
def test_papers_stand_in_their_order(charlie, count):
    papers = [make_paper(title=f"Paper number {index:02}") for index in range(count)]
    page = text_of(charlie, make_presentation(papers=papers[::-1]))
    places = [page.index(paper.title) for paper in papers[::-1]]
    assert places == sorted(places)
    assert ("about no single paper" in page) == (count == 0)


def test_neighbours_in_the_archive_are_linked(charlie):
    first, middle, last = (make_presentation(number=number, title=f"Talk {number}") for number in (3, 4, 7))
    page = text_of(charlie, middle)
    assert first.get_absolute_url() in page
    assert last.get_absolute_url() in page


def test_old_address_leads_to_the_new_one(charlie):
    presentation = make_presentation(title="Masks")
    answer = charlie.get(f"/presentations/{presentation.pk}/another-slug/")
    assert (answer.status_code, answer.url) == (301, presentation.get_absolute_url())


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
def test_number_that_nothing_has_is_404(charlie, pk):
    assert charlie.get(f"/presentations/{pk}/").status_code == 404


def test_visitor_gets_404_for_everything_of_a_members_presentation(charlie, bob_client):
    presentation = with_deck(make_presentation(session=make_session(visibility="members")))
    deck = presentation.current_deck
    addresses = [
        presentation.get_absolute_url(),
        reverse("sessions:slide_deck_part", args=[presentation.pk]),
        reverse("sessions:slide_large", args=[deck.pk, 1]),
        reverse("sessions:slide_small", args=[deck.pk, 1]),
        reverse("sessions:slide_deck_original", args=[deck.pk]),
    ]
    assert [charlie.get(address).status_code for address in addresses] == [404] * 5
    assert [bob_client.get(address).status_code for address in addresses] == [200] * 5
    assert "private" in bob_client.get(addresses[2]).headers["Cache-Control"]
    assert charlie.get(addresses[2], headers={"Range": "bytes=0-9", "If-None-Match": "*"}).status_code == 404


def test_withheld_slides_are_for_their_presenters(charlie, bob, bob_client):
    presentation = with_deck(make_presentation(presenters=[bob]))
    Presentation.objects.update(slides_condition="withheld", slides_reason="Under review.")
    address = reverse("sessions:slide_large", args=[presentation.current_deck.pk, 1])
    original = reverse("sessions:slide_deck_original", args=[presentation.current_deck.pk])
    assert [charlie.get(one).status_code for one in (address, original)] == [404, 404]
    assert [bob_client.get(one).status_code for one in (address, original)] == [200, 200]
    assert "1-large.webp" not in text_of(charlie, presentation)


def test_deck_that_is_not_shown_is_no_ones_but_its_presenters(charlie, bob, bob_client):
    presentation = with_deck(make_presentation(presenters=[bob]))
    old = presentation.current_deck
    with_deck(presentation, pdf(5))
    address = reverse("sessions:slide_deck_original", args=[old.pk])
    assert (charlie.get(address).status_code, bob_client.get(address).status_code) == (404, 200)


def test_files_leave_with_their_type_and_no_power(charlie):
    presentation = with_deck(make_presentation())
    deck = presentation.current_deck
    picture = charlie.get(reverse("sessions:slide_small", args=[deck.pk, 1]))
    original = charlie.get(reverse("sessions:slide_deck_original", args=[deck.pk]))
    assert (picture.headers["Content-Type"], original.headers["Content-Type"]) == ("image/webp", "application/pdf")
    assert original.headers["Content-Disposition"] == 'attachment; filename="talk.pdf"'
    for answer in (picture, original):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(original.streaming_content) == pdf()


def test_page_asks_equally_often_for_any_number_of_slides(charlie, count_queries):
    few, many = with_deck(make_presentation()), with_deck(make_presentation(), pdf(40))
    queries = [count_queries(lambda p=p: charlie.get(p.get_absolute_url())) for p in (few, many)]
    assert queries[0] == queries[1]
