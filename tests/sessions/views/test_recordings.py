"""Recordings on the page and as files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sessions.models import Condition, Recording
from sessions.recordings import parse_recording
from sessions.recordings.transcripts import Line
from sessions.services.recordings import (
    attach_recording,
    attach_recording_file,
    set_chapters,
    set_cues,
    set_transcript,
)
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import render_slides
from tests.factories import make_presentation
from tests.pdfs import pdf, upload
from tests.videos import video

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=eiHXASgRTcA"


@pytest.fixture
def talk(bob):
    """Bob's talk with three slides and an uploaded recording."""
    presentation = make_presentation(title="A talk", status="given", presenters=[bob])
    deck = attach_slide_deck(presentation, upload(pdf(3)))
    render_slides(slide_deck_id=deck.pk)
    attach_recording_file(presentation, SimpleUploadedFile("talk.webm", video("webm", seconds=5)))
    return presentation


def address(name: str, talk, of: str = "recording") -> str:
    return reverse(f"sessions:recording_{name}", args=[talk.recordings.get().pk if of == "recording" else talk.pk])


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("named", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-50", -50, None), ("bytes=5-99999999", 5, None)],
)
def test_player_gets_the_range_it_asks_for(charlie, talk, named, first, last):
    whole = video("webm", seconds=5)
    response = charlie.get(address("video", talk), headers={"Range": named})
    wanted = whole[first:] if last is None else whole[first : last + 1]
    start = first if first >= 0 else len(whole) + first
    assert response.status_code == 206
    assert body(response) == wanted
    assert response.headers["Content-Range"] == f"bytes {start}-{start + len(wanted) - 1}/{len(whole)}"
    assert response.headers["Content-Length"] == str(len(wanted))


@pytest.mark.parametrize("named", ["", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b"])
def test_what_is_no_single_range_gets_the_whole_file(charlie, talk, named):
    response = charlie.get(address("video", talk), headers={"Range": named} if named else {})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "video/webm")
    assert response.headers["Accept-Ranges"] == "bytes"
    assert body(response) == video("webm", seconds=5)


def test_range_behind_the_end_is_refused(charlie, talk):
    response = charlie.get(address("video", talk), headers={"Range": "bytes=9999999-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"].startswith("bytes */")


def test_files_of_a_members_recording_are_not_for_visitors(charlie, bob_client, talk):
    recording = talk.recordings.get()
    set_transcript(recording, [Line(0, 5, "Welcome")])
    set_cues(recording, [(0, 1)])
    talk.refresh_from_db()
    talk.visibility = "members"
    talk.save()
    for name in ("video", "transcript", "chapters"):
        assert charlie.get(address(name, talk), headers={"Range": "bytes=0-1"}).status_code == 404
        seen = bob_client.get(address(name, talk))
        assert (seen.status_code, seen.headers["Cache-Control"]) == (200, "private, no-cache")


def test_withheld_recording_is_for_its_people(charlie, bob_client, talk):
    set_transcript(talk.recordings.get(), [Line(0, 5, "Welcome everybody")])
    type(talk).objects.filter(pk=talk.pk).update(
        recording_condition=Condition.WITHHELD, recording_reason="Names were named."
    )
    assert charlie.get(address("video", talk)).status_code == 404
    assert charlie.get(address("transcript", talk)).status_code == 404
    assert bob_client.get(address("video", talk)).status_code == 200
    page = charlie.get(talk.get_absolute_url()).content.decode()
    assert "Names were named." in page
    assert "Welcome everybody" not in page


def test_recording_is_uploaded_on_its_page(bob_client, bob):
    presentation = make_presentation(presenters=[bob])
    edit = reverse("sessions:recording_edit", args=[presentation.pk])
    sent = {"file": SimpleUploadedFile("talk.mp4", video("mp4")), "url": "", "condition": "expected"}
    assert bob_client.post(edit, sent).status_code == 302
    page = bob_client.get(presentation.get_absolute_url()).content.decode()
    assert reverse("sessions:recording_video", args=[presentation.recordings.get().pk]) in page
    refused = bob_client.post(edit, {"file": SimpleUploadedFile("x.mp4", b"no video"), "condition": "expected"})
    assert refused.status_code == 400
    assert "neither MP4 nor WebM" in refused.content.decode()
    assert presentation.recordings.count() == 1


def test_saving_the_form_of_an_uploaded_recording_unchanged_keeps_it(bob_client, talk):
    edit = reverse("sessions:recording_edit", args=[talk.pk])
    bob_client.post(edit, {"url": "", "condition": "expected"})
    assert talk.recordings.get().host == Recording.Host.FILE


def test_transcript_and_chapters_are_shown_searched_and_handed_out(charlie, bob_client, talk):
    words = address("words", talk, of="talk")
    sent = {"transcript": "0:01 Welcome to entropy\n0:03 and good bye", "chapters": "0:00 Beginning\n0:02 End"}
    assert bob_client.post(words, sent).status_code == 302
    page = charlie.get(talk.get_absolute_url()).content.decode()
    assert '<a href="#t=1" data-seek="1">' in page
    assert "Welcome to entropy" in page
    assert (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nWelcome to entropy"
        in charlie.get(address("transcript", talk)).content.decode()
    )
    assert "00:00:02.000 --> " in charlie.get(address("chapters", talk)).content.decode()


def test_jump_lands_before_the_words(charlie, talk):
    set_transcript(talk.recordings.get(), [Line(2.6, 4.0, "Late in its second")])
    assert (
        '<a href="#t=2" data-seek="2"><span class="recording-time">0:02</span>'
        in charlie.get(talk.get_absolute_url()).content.decode()
    )


def test_cues_are_handed_out_beside_named_chapters(charlie, talk):
    recording = talk.recordings.get()
    set_cues(recording, [(0, 1), (3, 2)])
    set_chapters(recording, [(0, "All of it")])
    assert "All of it" in charlie.get(address("chapters", talk)).content.decode()
    slides = charlie.get(f"{address('chapters', talk)}?of=slides").content.decode()
    assert "1. Slide 1" in slides
    assert "2. Slide 2" in slides


def test_end_of_a_five_hour_transcript_is_found(charlie, talk, django_capture_on_commit_callbacks):
    lines = [Line(4.0 * n, 4.0 * n + 4, f"some words of line {n} and again some words of it") for n in range(4_499)]
    with django_capture_on_commit_callbacks(execute=True):
        set_transcript(talk.recordings.get(), [*lines, Line(17_999.0, 18_000.0, "finally entropy")])
    assert "#t=17" in charlie.get("/search/", {"q": "entropy"}).content.decode()


def test_transcript_as_a_file_is_read(bob_client, talk):
    file = SimpleUploadedFile("talk.srt", b"1\n00:00:01,000 --> 00:00:02,000\nWelcome\n")
    bob_client.post(address("words", talk, of="talk"), {"transcript_file": file})
    assert "Welcome" in talk.recordings.get().transcript


def test_what_cannot_be_read_is_told_and_stays_in_the_form(bob_client, talk):
    sent = {"transcript": "no times at all", "chapters": "0:00"}
    refused = bob_client.post(address("words", talk, of="talk"), sent)
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "lines that begin with a time" in page
    assert "The chapter at 0:00 has no title." in page
    assert "no times at all" in page


def test_times_are_typed(charlie, bob_client, talk):
    steps = address("steps", talk, of="talk")
    assert bob_client.post(steps, {"cues": "0:00 1\n0:02 slide 3"}).status_code == 302
    assert list(talk.recordings.get().cues.values_list("at_seconds", "slide_number")) == [(0, 1), (2, 3)]
    assert "[[0, 1], [2, 3]]" in charlie.get(talk.get_absolute_url()).content.decode()
    refused = bob_client.post(steps, {"cues": "0:00 1\n0:02 4"})
    assert "slides are numbered 1 to 3" in refused.content.decode()
    assert talk.recordings.get().cues.count() == 2


def test_suggestion_needs_a_transcript_and_is_offered_when_it_is_there(bob_client, talk):
    suggest = address("suggest", talk, of="talk")
    assert bob_client.post(suggest).url == address("words", talk, of="talk")
    set_transcript(talk.recordings.get(), [Line(0, 1, "slide")])
    assert bob_client.post(suggest).url == address("steps", talk, of="talk")
    assert "A worker compares" in bob_client.get(address("suggestion_part", talk, of="talk")).content.decode()
    suggestion = talk.recordings.get().cue_suggestion
    type(suggestion).objects.update(status="done", cues=[[0, 1], [4, 2]])
    assert "Look at the suggestion" in bob_client.get(address("steps", talk, of="talk")).content.decode()
    assert "0:04 2" in bob_client.get(f"{address('steps', talk, of='talk')}?suggested").content.decode()


def test_page_asks_equally_often_for_any_transcript(charlie, talk, count_queries):
    recording = talk.recordings.get()
    set_transcript(recording, [Line(0, 1, "one")])
    few = count_queries(lambda: charlie.get(talk.get_absolute_url()))
    set_transcript(recording, [Line(n, n + 1, f"line {n}") for n in range(2_000)])
    set_cues(recording, [(n, 1 + n % 3) for n in range(200)])
    assert count_queries(lambda: charlie.get(talk.get_absolute_url())) == few


def test_long_transcript_is_cut_on_the_page_and_whole_in_its_file(charlie, bob):
    presentation = make_presentation(presenters=[bob])
    recording = attach_recording(presentation, parse_recording(YOUTUBE))
    set_transcript(recording, [Line(n, n + 1, f"line {n}.") for n in range(5_000)])
    page = charlie.get(presentation.get_absolute_url()).content.decode()
    assert "line 2999." in page
    assert "line 3000." not in page
    assert "the file below holds it all" in page
    assert "line 4999." in charlie.get(address("transcript", presentation)).content.decode()
