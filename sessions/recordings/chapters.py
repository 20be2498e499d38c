"""Chapters of a recording: those that were named, else the slides that were on screen."""

from sessions.models import Recording, Slide
from sessions.recordings.transcripts import Line

#: How long the last chapter lasts when the recording's length is unknown.
LAST_SECONDS = 60


def chapters_of(recording: Recording) -> list[Line]:
    """Chapters with beginning, end and title; empty when there are neither chapters nor cues."""
    named = [(int(second), str(title)) for second, title in recording.chapters]
    return _lines(named, recording) if named else slide_chapters(recording)


def slide_chapters(recording: Recording) -> list[Line]:
    """A chapter for each slide that was on screen, as the cues say."""
    return _lines(_cues(recording), recording)


def _lines(marks: list[tuple[int, str]], recording: Recording) -> list[Line]:
    if not marks:
        return []
    last = max(marks[-1][0] + LAST_SECONDS, recording.duration_seconds or 0)
    ends = [second for second, _ in marks[1:]] + [last]
    return [Line(float(start), float(end), title) for (start, title), end in zip(marks, ends, strict=True)]


def _cues(recording: Recording) -> list[tuple[int, str]]:
    """Each cue with its slide's first line."""
    shown = Slide.objects.filter(
        slide_deck__presentation=recording.presentation_id, slide_deck__is_current=True
    ).values_list("number", "text")
    titles = {number: text.strip().partition("\n")[0][:100] for number, text in shown}
    return [
        (cue.at_seconds, _title(cue.slide_number, titles.get(cue.slide_number, ""))) for cue in recording.cues.all()
    ]


def _title(number: int, words: str) -> str:
    return f"{number}. {words}" if words else f"Slide {number}"
