"""Addresses of recordings, as people paste them."""

import pytest

from sessions.models import Recording
from sessions.recordings import NotARecording, parse_recording, player_url

VIDEO = "dQw4w9WgXcQ"


@pytest.mark.parametrize(
    ("text", "host", "video_id", "second"),
    [
        (f"https://www.youtube.com/watch?v={VIDEO}", "youtube", VIDEO, 0),
        (f"youtube.com/watch?v={VIDEO}&t=1297s", "youtube", VIDEO, 1297),
        (f"https://youtu.be/{VIDEO}?feature=shared", "youtube", VIDEO, 0),
        (f"https://youtu.be/{VIDEO}?t=1m30s", "youtube", VIDEO, 90),
        (f"https://m.youtube.com/live/{VIDEO}?start=7", "youtube", VIDEO, 7),
        (f"https://www.youtube-nocookie.com/embed/{VIDEO}", "youtube", VIDEO, 0),
        ("https://www.youtube.com/playlist?list=PLZHQObOWTQDNU6R1_67000Dx_ZCJB-3pi", "link", "", 0),
        ("https://www.youtube.com/watch?v=short", "link", "", 0),
        ("https://vimeo.com/123456789", "vimeo", "123456789", 0),
        ("https://vimeo.com/123456789/abcdef1234#t=2m", "vimeo", "123456789/abcdef1234", 120),
        ("https://player.vimeo.com/video/123456789?h=abcdef1234", "vimeo", "123456789/abcdef1234", 0),
        ("https://tube.example.org/w/9c9de5e8-0a1e-484a-b099", "peertube", "9c9de5e8-0a1e-484a-b099", 0),
        ("https://other.example.org/w/9c9de5e8-0a1e-484a-b099", "link", "", 0),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "link", "", 0),
        ("https://example.org/talk.mp4", "link", "", 0),
    ],
)
def test_address_is_recognised(settings, text, host, video_id, second):
    settings.PEERTUBE_HOSTS = ["tube.example.org"]
    parsed = parse_recording(text)
    assert (parsed.host, parsed.video_id, parsed.starts_at_seconds) == (host, video_id, second)


@pytest.mark.parametrize(
    "text", ["", "hello", "javascript:alert(1)", "data:text/html,x", "https://[::1", "http://a b.org"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(NotARecording):
        parse_recording(text)


@pytest.mark.parametrize(
    ("text", "player"),
    [
        (f"https://youtu.be/{VIDEO}?t=90", f"https://www.youtube-nocookie.com/embed/{VIDEO}?autoplay=1&start=90"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?autoplay=1&dnt=1"),
        (
            "https://tube.example.org/w/9c9de5e8-0a1e",
            "https://tube.example.org/videos/embed/9c9de5e8-0a1e?autoplay=1&p2p=0",
        ),
        ("https://example.org/talk.mp4", ""),
    ],
)
def test_player_sets_no_cookie_before_it_plays(settings, text, player):
    settings.PEERTUBE_HOSTS = ["tube.example.org"]
    parsed = parse_recording(text)
    recording = Recording(
        host=parsed.host, url=parsed.url, video_id=parsed.video_id, starts_at_seconds=parsed.starts_at_seconds
    )
    assert player_url(recording) == player
