"""Finding the very slide."""

import pytest

from sessions.models import Slide
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(django_capture_on_commit_callbacks):
    """A talk of five slides, drawn and indexed, with words of our own on three of them."""
    presentation = make_presentation(title="Attention", status="given")
    with django_capture_on_commit_callbacks(execute=True):
        deck = attach_slide_deck(presentation, upload(pdf(5)))
        render_slides(slide_deck_id=deck.pk)
        words = {2: "Gradients vanish", 3: "Gradients explode when training", 4: "Clipping the gradients <b>"}
        for number, text in words.items():
            Slide.objects.filter(slide_deck=deck, number=number).update(text=text)
        presentation.refresh_from_db()
        presentation.save()
    return presentation


def page(client, query: str) -> str:
    return client.get("/search/", {"q": query}).content.decode()


def test_hit_opens_the_presentation_at_the_slide_that_holds_all_words(charlie, talk):
    found = page(charlie, "explodes gradients")
    assert f'href="{talk.get_absolute_url()}#slide=3"' in found
    assert "#slide=2" not in found
    assert "<mark>Gradients</mark> <mark>explode</mark> when training" in found


def test_several_slides_are_shown_in_their_order_and_escaped(charlie, talk):
    found = page(charlie, "gradients")
    assert [found.index(f"#slide={number}") for number in (2, 3, 4)] == sorted(
        found.index(f"#slide={number}") for number in (2, 3, 4)
    )
    assert "&lt;b&gt;" in found


def test_other_endings_of_a_word_lead_to_the_slide_too(charlie, talk):
    assert "#slide=3" in page(charlie, "trained")


def test_words_of_withheld_slides_are_not_shown(charlie, talk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        talk.slides_condition, talk.slides_reason = "withheld", "The authors asked for it."
        talk.save()
    assert "#slide=" not in page(charlie, "gradients")
    # Also while the index does not know yet.
    type(talk).objects.filter(pk=talk.pk).update(title="Gradients")
    assert "explode" not in page(charlie, "attention")


def test_passages_need_one_query_however_many_there_are(charlie, talk, count_queries):
    few = count_queries(lambda: page(charlie, "gradients"))
    Slide.objects.bulk_create(
        Slide(
            slide_deck=talk.slide_decks.get(),
            number=number,
            image="slides/a.webp",
            thumbnail="slides/b.webp",
            width=16,
            height=9,
            thumbnail_width=4,
            thumbnail_height=2,
            text="Gradients again",
        )
        for number in range(6, 60)
    )
    assert count_queries(lambda: page(charlie, "gradients")) == few
