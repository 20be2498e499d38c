"""Transcripts as people have them, and times as people write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.recordings.clock import NotATime, clock, parse_clock, parse_timed_lines
from sessions.recordings.transcripts import (
    MAX_BYTES,
    Line,
    TranscriptRefused,
    as_webvtt,
    parse_transcript,
    read_webvtt,
)

VTT = """WEBVTT - made elsewhere

NOTE nobody reads this

1
00:01.500 --> 00:04.000 align:start position:0%
<v Bob>We <c>begin</c> &amp; go on

00:04.000 --> 00:06.000
We begin &amp; go on

01:00:00.000 --> 01:00:02.000
at <00:01:02.000>the end
"""
SRT = "1\n00:00:01,500 --> 00:00:04,000\nWe begin\nat once\n\n2\n00:00:04,000 --> 00:00:06,000\nand end\n"


def test_webvtt_loses_its_marks_and_rolled_captions():
    assert parse_transcript(VTT) == [Line(1.5, 6.0, "We begin & go on"), Line(3600.0, 3602.0, "at the end")]


@pytest.mark.parametrize("text", [SRT, "\ufeff" + SRT.replace("\n", "\r\n")])
def test_subrip_is_read(text):
    assert parse_transcript(text) == [Line(1.5, 4.0, "We begin at once"), Line(4.0, 6.0, "and end")]


@pytest.mark.parametrize(
    "text",
    ["0:01 We begin\n0:04 and end", "0:01\nWe begin\n\n0:04\nand end\n", "[00:00:01] We begin\n(0:04) - and end"],
)
def test_lines_that_begin_with_a_time_are_read(text):
    assert parse_transcript(text) == [Line(1.0, 4.0, "We begin"), Line(4.0, 9.0, "and end")]


def test_captions_out_of_order_are_put_in_order():
    text = "WEBVTT\n\n00:09.000 --> 00:10.000\nlater\n\n00:01.000 --> 00:02.000\nsooner\n"
    assert [line.text for line in parse_transcript(text)] == ["sooner", "later"]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("Just words", "lines that begin with a time"),
        ("WEBVTT\n\n", "Nothing is said|begin with a time"),
        ("0:01 " + "x" * MAX_BYTES, "larger than 3 MB"),
        ("\n".join(f"{n // 60}:{n % 60:02} word" for n in range(20_500)), "the limit is 20000"),
    ],
)
def test_what_is_no_transcript_is_refused_with_advice(text, advice):
    with pytest.raises(TranscriptRefused, match=advice):
        parse_transcript(text)


def test_empty_transcript_is_none():
    assert parse_transcript(" \n") == []


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    for given_text in (text, f"WEBVTT\n\n{text}", f"{text} --> {text}"):
        with suppress(TranscriptRefused):
            parse_transcript(given_text)


words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=20)


@given(st.lists(words, min_size=1, max_size=8, unique=True))
def test_what_is_kept_is_read_again_as_it_was(said):
    lines = [Line(float(10 * n), 10.0 * n + 1.25, f"{n} {text}".strip()) for n, text in enumerate(said)]
    assert read_webvtt(as_webvtt(lines)) == lines


@pytest.mark.parametrize(("text", "seconds"), [("0:42", 42), ("62:03", 3723), ("1:02:03", 3723), ("00:00:05.250", 5)])
def test_clock_is_read(text, seconds):
    assert parse_clock(text) == seconds


@pytest.mark.parametrize("text", ["", "42", "1:60", "25:00:00", "١:٠٠", "-1:00"])
def test_no_time_is_refused(text):
    with pytest.raises(NotATime):
        parse_clock(text)


def test_clock_is_shown():
    assert [clock(second) for second in (0, 42, 754.9, 3723)] == ["0:00", "0:42", "12:34", "1:02:03"]


def test_line_without_a_time_is_named():
    with pytest.raises(NotATime, match="Line 3"):
        parse_timed_lines("0:00 Beginning\n\nthe middle")
