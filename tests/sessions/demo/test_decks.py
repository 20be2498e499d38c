import pypdfium2
import pytest

from sessions.demo.decks import deck_names, draw_deck


@pytest.fixture(params=deck_names())
def deck(request):
    with pypdfium2.PdfDocument(draw_deck(request.param)) as pdf:
        yield pdf


def test_every_deck_is_a_widescreen_talk_of_some_length(deck):
    assert 6 <= len(deck) <= 14
    assert all(width / height == pytest.approx(16 / 9) for width, height in (page.get_size() for page in deck))


def test_every_page_carries_real_text(deck):
    assert all(len(page.get_textpage().get_text_range().split()) >= 5 for page in deck)


def test_same_deck_has_the_same_bytes():
    assert draw_deck("masked-autoencoders") == draw_deck("masked-autoencoders")


def test_unknown_deck_is_refused():
    with pytest.raises(FileNotFoundError):
        draw_deck("no-such-talk")
