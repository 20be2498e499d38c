"""Slides and recording in step, in a real browser."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from readinggroup.services.comments import write_comment
from sessions.recordings import parse_recording
from sessions.recordings.transcripts import Line
from sessions.services.recordings import attach_recording, attach_recording_file, set_cues, set_transcript
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import pdf, upload
from tests.videos import video

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = "document.querySelector('[data-video]').currentTime"
#: What a host's player says and hears, in its own window.
PLAYER = """<!doctype html><script>
  addEventListener("message", (event) => {
    const said = JSON.parse(event.data);
    document.title += ` ${said.event ?? said.method}`;
    const answer = (second) => parent.postMessage(
      JSON.stringify({event: "infoDelivery", info: {currentTime: second}}), "*");
    if (said.event === "listening") answer(4);
    if (said.func === "seekTo") answer(said.args[0]);
  });
</script>"""


@pytest.fixture
def talk(db, bob):
    """Five seconds in which the third slide comes after two, and the second after four."""
    presentation = make_presentation(title="A talk", status="given", presenters=[bob])
    deck = attach_slide_deck(presentation, upload(pdf(3)))
    render_slides(slide_deck_id=deck.pk)
    return presentation


def add_words(recording) -> None:
    set_transcript(recording, [Line(0, 2, "Welcome"), Line(2, 4, "The middle"), Line(4, 5, "The end")])
    set_cues(recording, [(0, 1), (2, 3), (4, 2)])


@pytest.fixture
def filmed(talk):
    add_words(attach_recording_file(talk, SimpleUploadedFile("talk.webm", video("webm", seconds=8))))
    return talk


def test_a_line_jumps_into_the_recording_and_the_slides_follow(page, filmed):
    page.goto(filmed.get_absolute_url())
    page.get_by_role("link", name="0:02 The middle").click()
    page.wait_for_function(f"() => {NOW} >= 2")
    page.wait_for_function("() => document.querySelector('[data-viewer-number]').textContent === '3'")
    assert page.locator(".recording-transcript [aria-current]").inner_text().endswith("The middle")
    page.wait_for_function("() => document.querySelector('[data-viewer-number]').textContent === '2'")


def test_the_recording_follows_the_slides_unless_told_not_to(page, filmed):
    page.goto(filmed.get_absolute_url())
    page.get_by_role("link", name="0:00 Welcome").click()
    page.wait_for_function(f"() => {NOW} > 0")
    page.locator("[data-viewer-go='2']").click()
    page.wait_for_function(f"() => {NOW} >= 4")
    page.get_by_label("Slides and recording in step").uncheck()
    page.locator("[data-viewer-go='1']").click()
    page.wait_for_timeout(400)
    assert page.evaluate(NOW) >= 4
    assert page.locator("[data-viewer-number]").inner_text() == "1"


def test_address_leads_to_the_very_second(page, filmed):
    page.goto(f"{filmed.get_absolute_url()}#t=4")
    page.wait_for_function(f"() => {NOW} >= 4")
    assert page.locator(".recording-transcript [aria-current]").inner_text().endswith("The end")
    page.wait_for_function("() => document.querySelector('[data-viewer-number]').textContent === '2'")


def test_times_are_set_by_pressing_a_key_while_it_plays(page, sign_in, bob, filmed):
    filmed.recordings.get().cues.all().delete()
    sign_in(page, bob)
    page.goto(f"/presentations/{filmed.pk}/change/recording/steps/")
    lines = page.locator("[data-steps-lines]")
    page.locator("body").press("n")
    page.evaluate("document.querySelector('[data-video]').currentTime = 3.2")
    page.wait_for_function(f"() => {NOW} >= 3")
    page.wait_for_timeout(200)
    page.locator("body").press("n")
    assert lines.input_value() == "0:00 1\n0:03 2\n"
    assert page.locator("[data-viewer-number]").inner_text() == "2"
    page.locator("body").press("n")
    page.locator("body").press("b")
    assert lines.input_value() == "0:00 1\n0:03 2\n"
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/a-talk/*")
    assert list(filmed.recordings.get().cues.values_list("at_seconds", "slide_number")) == [(0, 1), (3, 2)]


def test_hosted_player_is_loaded_by_the_click_alone_and_spoken_to_by_messages(page, talk, outside_requests):
    add_words(attach_recording(talk, parse_recording("https://www.youtube.com/watch?v=eiHXASgRTcA")))
    seen = []

    def player(route):
        seen.append(route.request.url)
        route.fulfill(content_type="text/html", body=PLAYER)

    page.context.route("https://www.youtube-nocookie.com/**", player)
    page.goto(talk.get_absolute_url())
    page.wait_for_timeout(300)
    assert seen == []
    page.get_by_role("link", name="0:02 The middle").click()
    # The player says that it is at second 4, where the second slide is.
    page.wait_for_function("() => document.querySelector('[data-viewer-number]').textContent === '2'")
    assert "start=2" in seen[0]
    assert "enablejsapi=1" in seen[0]
    page.locator("[data-viewer-go='3']").click()
    page.wait_for_function(
        "document.querySelector('.recording-transcript [aria-current]').textContent.includes('middle')"
    )
    assert outside_requests == []
    assert len(seen) == 1


def test_words_of_a_slide_can_be_selected_where_they_stand(page, talk):
    page.goto(talk.get_absolute_url())
    text = page.locator(".viewer-page[data-current] .slide-layer text")
    text.wait_for(state="attached")
    box = text.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 1, box["y"] + box["height"] / 2)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()").strip().startswith("Slide")
    picture = page.locator(".viewer-page[data-current] img")
    words = page.locator(f"#{picture.get_attribute('aria-describedby')}")
    assert words.inner_text().strip() == "" or "Slide 1" in words.inner_text()
    assert "Slide 1" in words.text_content()


def test_comments_show_on_the_slide_and_at_the_second_they_are_about(page, sign_in, bob, filmed):
    write_comment(filmed, written_by=bob, body="About the third", anchor="slide=3")
    sign_in(page, bob)
    page.goto(filmed.get_absolute_url())
    assert page.locator("[data-slide-comments]").count() == 0
    page.locator("[data-viewer-go='3']").click()
    assert "About the third" in page.locator("[data-slide-comments]").inner_text()
    page.get_by_role("button", name="This slide").click()
    assert page.get_by_label("About").input_value() == "slide 3"

    write_comment(filmed, written_by=bob, body="Said too fast", anchor="t=4")
    page.reload()
    page.get_by_role("link", name="4", exact=False).and_(page.locator(".comment-pin[href='#t=4']")).click()
    page.locator("[data-recording] .slide-comments", has_text="Bob at 0:04: Said too fast").wait_for()
