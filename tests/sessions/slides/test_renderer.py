"""Drawing decks: real files, bad files, hostile files."""

import os
import signal
import subprocess

import pytest
from PIL import Image, ImageChops

from sessions.slides.errors import RendererCrashed, SlideRenderError
from sessions.slides.renderer import Limits, render_deck
from tests.pdfs import bombs, one_page, pdf, write

BRIEF = Limits(cpu_seconds=4, wall_seconds=8)


@pytest.fixture
def folder(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    return pages


def code_of(data: bytes, tmp_path, folder, limits: Limits = BRIEF) -> str:
    with pytest.raises(SlideRenderError) as caught:
        render_deck(write(tmp_path, data), folder, limits=limits)
    assert caught.value.message.endswith(".")
    return caught.value.code


def test_every_page_is_a_large_image_a_thumbnail_and_its_text(tmp_path, folder):
    deck = render_deck(write(tmp_path, pdf(3)), folder)
    assert [slide.number for slide in deck.slides] == [1, 2, 3]
    assert [slide.text for slide in deck.slides] == ["Slide 1", "Slide 2", "Slide 3"]
    for slide in deck.slides:
        assert slide.size == Image.open(slide.image).size == (1600, 900)
        assert slide.thumbnail_size == Image.open(slide.thumbnail).size == (400, 225)


def test_cover_comes_first_and_progress_is_told(tmp_path, folder):
    told = []
    render_deck(
        write(tmp_path, pdf(3)), folder, on_opened=told.append, on_slide=lambda slide: told.append(slide.image.exists())
    )
    assert told == [3, True, True, True]


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_slides_are_in_order_whoever_drew_them(processes, tmp_path, folder):
    deck = render_deck(write(tmp_path, pdf(25)), folder, limits=Limits(processes=processes))
    assert [slide.text for slide in deck.slides] == [f"Slide {number}" for number in range(1, 26)]
    assert 0 < deck.peak_memory_bytes < 1 << 30


def test_place_of_the_text_is_known_in_pixels_of_the_large_image(tmp_path, folder):
    slide = render_deck(write(tmp_path, pdf(1)), folder).slides[0]
    ((left, top, width, height, text),) = slide.pieces
    assert text == "Slide 1"
    ink = ImageChops.invert(Image.open(slide.image).convert("L")).point(lambda level: 255 * (level > 128)).getbbox()
    assert ink is not None
    assert abs(left - ink[0]) < 10
    assert abs(left + width - ink[2]) < 10
    assert top - 15 < ink[1] < ink[3] < top + height + 15


def test_page_too_large_for_a_part_of_the_memory_is_drawn_alone_with_all_of_it(tmp_path, folder):
    # A page of 20 megapixels among small ones, and four processes that may use a quarter each.
    heavy = pdf(1, size=(1600, 12_000))
    limits = Limits(memory_bytes=4 * 330 << 20, processes=4)
    assert render_deck(write(tmp_path, heavy), folder, limits=limits).slides[0].size[1] > 10_000


def test_drawing_process_that_is_killed_is_not_blamed_on_the_file(tmp_path, folder):
    def kill_one(slide):
        for pid in children():
            crew = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
            for worker in crew.stdout.split()[:1]:
                os.kill(int(worker), signal.SIGKILL)

    with pytest.raises(RendererCrashed):
        render_deck(write(tmp_path, pdf(60)), folder, on_slide=kill_one, limits=Limits(processes=2))


def test_tall_page_is_drawn_within_the_pixels_allowed(tmp_path, folder):
    slide = render_deck(write(tmp_path, pdf(1, size=(100, 5000))), folder).slides[0]
    assert slide.size == (320, 16000)
    assert slide.thumbnail_size == (20, 1000)


def test_what_the_callback_raises_stops_the_drawing(tmp_path, folder):
    class Stop(Exception):
        pass

    def stop(slide):
        raise Stop

    with pytest.raises(Stop):
        render_deck(write(tmp_path, pdf(30)), folder, on_slide=stop)
    assert len(list(folder.iterdir())) < 60


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_pdf"),
        (b"<html><body>Sign in</body></html>", "not_a_pdf"),
        (b"%PDF-1.7 and nothing else", "damaged"),
        (pdf(3)[:700], "damaged"),
        (pdf(1, password="secret"), "encrypted"),
        (pdf(4), "too_many_pages"),
        (one_page("", box="0 0 0 0"), None),
    ],
    ids=["empty", "a web page", "only a header", "truncated", "encrypted", "too many pages", "no size"],
)
def test_bad_file_is_refused_with_a_sentence(data, code, tmp_path, folder):
    if code is None:
        # PDFium gives such a page the size of a letter.
        assert render_deck(write(tmp_path, data), folder).pages == 1
    else:
        assert code_of(data, tmp_path, folder, Limits(max_pages=3)) == code


def test_too_many_pages_names_both_numbers(tmp_path, folder):
    with pytest.raises(SlideRenderError, match="has 4 pages; the limit is 3"):
        render_deck(write(tmp_path, pdf(4)), folder, limits=Limits(max_pages=3))


@pytest.mark.parametrize("name", bombs())
def test_bomb_ends_within_the_limits(name, tmp_path, folder):
    """It is drawn, or refused for good, or the child dies; this process lives and the group is gone."""
    ended = "drawn"
    try:
        render_deck(write(tmp_path, bombs()[name]), folder, limits=BRIEF)
    except SlideRenderError as error:
        ended = error.code
    except RendererCrashed:
        ended = "crashed"
    refused = {"damaged", "no_pages", "too_slow", "too_much_memory", "nothing_to_draw", "too_many_pages"}
    assert ended in refused | {"drawn", "crashed"}


def children() -> list[int]:
    """The renderers that this process has started and that are alive."""
    found = subprocess.run(
        ["pgrep", "-P", str(os.getpid()), "-f", "sessions.slides.child"], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]


def test_killed_child_is_not_blamed_on_the_file(tmp_path, folder):
    def kill_child(slide):
        for pid in children():
            os.kill(pid, signal.SIGKILL)

    with pytest.raises(RendererCrashed):
        render_deck(write(tmp_path, pdf(60)), folder, on_slide=kill_child)


def test_child_learns_nothing_of_our_environment(tmp_path, folder, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    seen = {}

    def look(slide):
        for pid in children():
            with open(f"/proc/{pid}/environ", "rb") as file:
                seen[pid] = file.read()

    render_deck(write(tmp_path, pdf(20)), folder, on_slide=look)
    assert seen
    assert all(b"do-not-tell" not in environ for environ in seen.values())


def test_real_decks_are_drawn_whole(shared_dir, tmp_path, folder):
    pages = {}
    for deck in sorted((shared_dir / "decks").glob("*.pdf")):
        pages[deck.name[:2]] = len(render_deck(deck, folder).slides)
    assert pages == {"03": 49, "10": 58, "19": 11, "42": 62, "47": 12}


def test_odd_files_end_in_slides_or_a_sentence(shared_dir, tmp_path, folder):
    outcomes = {}
    for deck in sorted((shared_dir / "decks" / "odd").glob("*.pdf")):
        try:
            outcomes[deck.name] = len(render_deck(deck, folder).slides)
        except SlideRenderError as error:
            outcomes[deck.name] = error.message
    assert len(outcomes) >= 36
    assert sum(isinstance(outcome, int) for outcome in outcomes.values()) >= 35
