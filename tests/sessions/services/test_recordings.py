"""Recordings: described by their hosts, uploaded, in step with the slides."""

import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from werkzeug import Response

from sessions.models import Recording, Slide
from sessions.recordings import parse_recording
from sessions.recordings.chapters import chapters_of
from sessions.recordings.transcripts import Line
from sessions.services.recordings import (
    RecordingRefused,
    attach_recording,
    attach_recording_file,
    request_cue_suggestion,
    set_chapters,
    set_cues,
    set_transcript,
    state_no_recording,
)
from sessions.services.slide_decks import attach_slide_deck
from sessions.tasks import describe_recording, render_slides, suggest_cues
from tests.factories import make_presentation
from tests.pdfs import pdf, upload
from tests.videos import video
from tests.world import picture

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=eiHXASgRTcA"


@pytest.fixture
def host(httpserver, settings):
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [f"localhost:{httpserver.port}"]
    settings.YOUTUBE_OEMBED_URL = httpserver.url_for("/oembed")
    settings.VIMEO_OEMBED_URL = httpserver.url_for("/api/oembed.json")
    return httpserver


def described(address: str, **fields) -> Recording:
    recording = attach_recording(make_presentation(), parse_recording(address), **fields)
    describe_recording(recording_id=recording.pk)
    recording.refresh_from_db()
    return recording


def uploaded(data: bytes, name: str = "talk.webm") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "video/webm")


def test_host_gives_title_length_and_poster(host):
    answer = {"type": "video", "title": "A talk\n", "duration": 754, "thumbnail_url": host.url_for("/poster.jpg")}
    host.expect_request("/api/oembed.json").respond_with_json(answer)
    host.expect_request("/poster.jpg").respond_with_data(picture(1280, 720).read())
    recording = described("https://vimeo.com/235352744")
    assert (recording.status, recording.title, recording.duration_seconds) == ("done", "A talk", 754)
    assert default_storage.open(recording.poster.name).read().startswith(b"RIFF")


def test_recorded_answer_of_youtube_is_understood(host, shared_dir):
    answers = [
        json.loads(path.read_text()) for path in sorted((shared_dir / "api" / "oembed").glob("www.youtube.com*.json"))
    ]
    assert answers
    for answer in answers:
        host.expect_oneshot_request("/oembed").respond_with_json({**answer, "thumbnail_url": ""})
        recording = described(YOUTUBE)
        assert (recording.status, recording.title) == ("done", answer["title"])


def test_title_that_a_person_gave_stays(host):
    host.expect_request("/oembed").respond_with_json({"type": "video", "title": "Theirs"})
    assert described(YOUTUBE, title="Ours").title == "Ours"


@pytest.mark.parametrize(
    ("response", "status", "code"),
    [
        (Response("<html>Before you continue</html>"), "pending", "host_away"),
        (Response("busy", status=503), "pending", "host_away"),
        (Response("Not Found", status=404), "failed", "unknown"),
        (Response("Unauthorized", status=401), "failed", "unknown"),
        (Response(json.dumps({"type": "rich", "title": "x"})), "failed", "unknown"),
        (Response(json.dumps(["x"])), "failed", "unknown"),
        (Response("[" * 100_000), "pending", "host_away"),
    ],
)
def test_odd_answer_ends_in_a_sentence_and_the_link_stays(host, response, status, code):
    host.expect_request("/oembed").respond_with_response(response)
    recording = described(YOUTUBE)
    assert (recording.status, recording.error_code, recording.url) == (status, code, YOUTUBE)
    assert recording.error.endswith(".")


def test_nonsense_in_the_answer_is_left_out(host):
    answer = {"type": "video", "title": {"a": 1}, "duration": "1e999", "thumbnail_url": "file:///etc/passwd"}
    host.expect_request("/oembed").respond_with_json(answer)
    recording = described(YOUTUBE)
    assert (recording.status, recording.title, recording.duration_seconds, recording.poster.name) == (
        "done",
        "",
        None,
        "",
    )


def test_uploaded_video_gets_its_length_and_a_picture():
    recording = attach_recording_file(make_presentation(), uploaded(video("mp4", seconds=5), "Mein Vortrag.mp4"))
    describe_recording(recording_id=recording.pk)
    recording.refresh_from_db()
    assert (recording.status, recording.duration_seconds, recording.extension) == ("done", 5, "mp4")
    assert (recording.file_name, recording.presentation.recording_condition) == ("Mein Vortrag.mp4", "available")
    assert default_storage.exists(recording.poster.name)


def test_what_is_no_video_or_too_large_is_refused_and_not_kept(settings):
    presentation = make_presentation()
    with pytest.raises(RecordingRefused, match="neither MP4 nor WebM"):
        attach_recording_file(presentation, uploaded(pdf(1), "talk.mp4"))
    settings.RECORDING_MAX_MEGABYTES = 0
    with pytest.raises(RecordingRefused, match="the limit is 0 MB"):
        attach_recording_file(presentation, uploaded(video()))
    assert not presentation.recordings.exists()
    assert not default_storage.exists("recordings")


def test_another_recording_takes_the_place_of_the_first_and_its_file(django_capture_on_commit_callbacks):
    presentation = make_presentation()
    first = attach_recording_file(presentation, uploaded(video()))
    name = first.file.name
    with django_capture_on_commit_callbacks(execute=True):
        attach_recording(presentation, parse_recording(YOUTUBE))
    assert [row.host for row in presentation.recordings.all()] == ["youtube"]
    assert not default_storage.exists(name)


def test_same_address_keeps_transcript_and_cues():
    presentation = make_presentation()
    recording = attach_recording(presentation, parse_recording(YOUTUBE))
    set_transcript(recording, [Line(0, 1, "Welcome")])
    set_cues(recording, [(0, 1)])
    again = attach_recording(presentation, parse_recording(f"{YOUTUBE}&t=30"))
    assert (again.pk, again.starts_at_seconds, again.cues.count()) == (recording.pk, 30, 1)
    assert "Welcome" in again.transcript


def test_removed_recording_takes_its_files_along(django_capture_on_commit_callbacks):
    presentation = make_presentation()
    recording = attach_recording_file(presentation, uploaded(video()))
    with django_capture_on_commit_callbacks(execute=True):
        state_no_recording(presentation, condition="none")
    assert not default_storage.exists(recording.file.name)


def test_chapters_are_those_named_or_else_the_slides():
    presentation = make_presentation()
    deck = attach_slide_deck(presentation, upload(pdf(3)))
    render_slides(slide_deck_id=deck.pk)
    recording = attach_recording(presentation, parse_recording(YOUTUBE))
    assert chapters_of(recording) == []
    set_cues(recording, [(30, 3), (0, 1), (30, 2)])
    assert chapters_of(recording) == [Line(0.0, 30.0, "1. Slide 1"), Line(30.0, 90.0, "2. Slide 2")]
    set_chapters(recording, [(10, "Middle"), (0, "Beginning")])
    assert [chapter.text for chapter in chapters_of(recording)] == ["Beginning", "Middle"]


def test_suggestion_is_computed_and_a_person_decides():
    presentation = make_presentation()
    deck = attach_slide_deck(presentation, upload(pdf(3)))
    render_slides(slide_deck_id=deck.pk)
    for number, text in {1: "Distillation", 2: "Temperature", 3: "Conclusions"}.items():
        Slide.objects.filter(slide_deck=deck, number=number).update(text=text)
    recording = attach_recording(presentation, parse_recording(YOUTUBE))
    set_transcript(recording, [Line(0, 9, "distillation"), Line(20, 29, "temperature"), Line(40, 49, "conclusions")])
    suggestion = request_cue_suggestion(recording)
    suggest_cues(cue_suggestion_id=suggestion.pk)
    suggestion.refresh_from_db()
    assert suggestion.cues == [[0, 1], [20, 2], [40, 3]]
    assert not recording.cues.exists()
    assert request_cue_suggestion(recording).pk == suggestion.pk


def test_nothing_to_suggest_is_said_with_what_to_do():
    recording = attach_recording(make_presentation(), parse_recording(YOUTUBE))
    set_transcript(recording, [Line(0, 9, "words")])
    suggestion = request_cue_suggestion(recording)
    suggest_cues(cue_suggestion_id=suggestion.pk)
    suggestion.refresh_from_db()
    assert suggestion.status == "failed"
    assert "Set the times yourself" in suggestion.error
