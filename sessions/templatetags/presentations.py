"""What templates ask about slides, recordings and covers."""

from dataclasses import dataclass

from django import template

from readinggroup.covers import palette_of
from sessions.models import Presentation, Recording, Slide, SlideDeck
from sessions.recordings import player_url as address_of_player
from sessions.recordings.chapters import chapters_of
from sessions.recordings.clock import clock as show_clock
from sessions.recordings.transcripts import Line, read_webvtt

register = template.Library()

#: Lines of a transcript on a page, some three hours; the rest is in its file.
MOST_LINES = 3_000


@dataclass(frozen=True)
class Slides:
    """The deck on show with its slides, and the newest one when that is another: being drawn, or failed."""

    deck: SlideDeck | None
    slides: list[Slide]
    newer: SlideDeck | None
    cover: Slide | None


@register.simple_tag
def slides_of(presentation: Presentation) -> Slides:
    """Everything the slides' part of the page needs, in two or three queries."""
    decks = list(presentation.slide_decks.order_by("-version"))
    current = next((deck for deck in decks if deck.is_current), None)
    newest = decks[0] if decks else None
    newer = newest if newest is not current else None
    slides = list(current.slides.all()) if current else []
    cover = newer.slides.filter(number=1).first() if newer and not current else None
    return Slides(current, slides, newer, cover)


@dataclass(frozen=True)
class RecordingParts:
    """What stands beside a recording; `cues` are pairs of second and slide number."""

    chapters: list[Line]
    lines: list[Line]
    is_cut: bool
    cues: list[tuple[int, int]]


@register.simple_tag
def recording_parts(recording: Recording) -> RecordingParts:
    """Chapters, transcript and cues of a recording, in two queries."""
    lines = read_webvtt(recording.transcript)
    cues = list(recording.cues.values_list("at_seconds", "slide_number"))
    return RecordingParts(chapters_of(recording), lines[:MOST_LINES], len(lines) > MOST_LINES, cues)


@register.filter
def whole(seconds: float) -> int:
    """Whole seconds, cut as `clock` cuts them: a jump lands before the words and not within them."""
    return int(seconds)


@register.filter
def clock(seconds: float) -> str:
    """3723 becomes "1:02:03"."""
    return show_clock(seconds)


@register.simple_tag
def cover_palette(presentation: Presentation) -> int:
    """The same colour for the same title, from 1 to 8."""
    return palette_of(presentation.display_title)


@register.filter
def player_url(recording: Recording) -> str:
    """The address of a player that sets no cookie before it plays, or "" when there is only a link."""
    return address_of_player(recording)


@register.filter
def minutes(seconds: int) -> str:
    """3240 becomes "54 min"."""
    return f"{max(1, round(seconds / 60))} min"
