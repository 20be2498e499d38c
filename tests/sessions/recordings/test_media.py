"""Uploaded videos: what they are, how long, and a picture of them."""

from io import BytesIO

import pytest

from sessions.recordings.media import MediaUnreadable, look_into, media_format
from tests.videos import video


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (video("webm"), "webm"),
        (video("mp4"), "mp4"),
        (b"\x1aE\xdf\xa3 matroska, another type", ""),
        (b"\0\0\0\x18ftypheix" + bytes(40), ""),
        (b"\0\0\0\x18ftypM4A " + bytes(40), ""),
        (b"\0\0\0\x18ftypqt  " + bytes(40), ""),
        (b"<html>video</html>", ""),
        (b"", ""),
    ],
    # A video has an id of its own each time it is made.
    ids=["webm", "mp4", "matroska", "heic", "m4a", "quicktime", "html", "nothing"],
)
def test_content_tells_the_format(data, found):
    assert media_format(BytesIO(data)) == found


@pytest.mark.parametrize("kind", ["webm", "mp4"])
def test_length_and_a_picture_are_found(kind, tmp_path):
    file = tmp_path / f"video.{kind}"
    file.write_bytes(video(kind, seconds=5))
    facts = look_into(file, tmp_path)
    assert facts.duration_seconds == 5
    assert facts.poster.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "data", [b"", video("webm")[:60], b"\x1aE\xdf\xa3webm" + bytes(2000), b"ffconcat version 1.0\nfile /etc/passwd\n"]
)
def test_broken_file_is_refused_with_advice(data, tmp_path):
    file = tmp_path / "video.webm"
    file.write_bytes(data)
    with pytest.raises(MediaUnreadable, match="Export it again"):
        look_into(file, tmp_path)


def test_cut_off_file_keeps_what_there_is(tmp_path):
    file = tmp_path / "video.webm"
    file.write_bytes(video("webm", seconds=20)[:-200])
    assert look_into(file, tmp_path).poster
