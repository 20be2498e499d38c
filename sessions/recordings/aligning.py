"""Guessing which slide was on screen, from what was said and what the slides say.

Slides are shown in order. Each line of the transcript is compared with each slide by the cosine of their words, weighed
by how few slides have them (tf-idf); dynamic programming then finds the non-decreasing path through the slides that
gathers the most.
"""

import math
import re
from collections import Counter

from sessions.recordings.transcripts import Line

#: Lines are joined until they span this long: a few words alone say little.
WINDOW_SECONDS = 12.0
#: Staying costs nothing; each slide passed over costs this much, so that a chance word does not end the talk.
SKIP_COST = 0.08
#: Below this mean likeness along the path there is nothing to suggest.
LEAST_LIKENESS = 0.03
TINY = 1e-9

_WORD = re.compile(r"[^\W\d_]{3,}")


def suggest_cues(lines: list[Line], slides: list[str]) -> list[tuple[int, int]]:
    """Return pairs of second and slide number (from 1), the first at second 0; empty when nothing fits.

    `slides` are the texts of the slides in order. Takes time proportional to windows times slides.
    """
    windows = _windows(lines)
    if not windows or len(slides) < 2:
        return []
    likeness = _likeness([text for _, text in windows], slides)
    path, total = _best_path(likeness)
    if total / len(windows) < LEAST_LIKENESS:
        return []
    cues: list[tuple[int, int]] = []
    for (second, _), slide in zip(windows, path, strict=True):
        if not cues or cues[-1][1] != slide + 1:
            cues.append((int(second) if cues else 0, slide + 1))
    return cues


def _windows(lines: list[Line]) -> list[tuple[float, str]]:
    windows: list[tuple[float, str]] = []
    for line in lines:
        if windows and line.start - windows[-1][0] < WINDOW_SECONDS:
            windows[-1] = (windows[-1][0], f"{windows[-1][1]} {line.text}")
        else:
            windows.append((line.start, line.text))
    return windows


def _likeness(windows: list[str], slides: list[str]) -> list[list[float]]:
    """Cosine of each window (row) with each slide (column)."""
    counts = [Counter(_stems(text)) for text in slides]
    spread = Counter(stem for count in counts for stem in count)
    weight = {stem: math.log((1 + len(slides)) / (1 + n)) for stem, n in spread.items()}
    vectors = [_unit({stem: n * weight[stem] for stem, n in count.items()}) for count in counts]
    rows = []
    for text in windows:
        said = _unit({stem: n * weight.get(stem, 0.0) for stem, n in Counter(_stems(text)).items()})
        rows.append([sum(value * vector.get(stem, 0.0) for stem, value in said.items()) for vector in vectors])
    return rows


def _unit(vector: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {stem: value / length for stem, value in vector.items() if value} if length else {}


def _stems(text: str) -> list[str]:
    """Words cut to their first letters, which makes one of "training" and "trained"."""
    return [word[:6] for word in _WORD.findall(text.casefold())]


def _best_path(likeness: list[list[float]]) -> tuple[list[int], float]:
    """The slide (column) of each window (row), never going back, and the likeness it gathers."""
    columns = range(len(likeness[0]))
    score = [row - SKIP_COST * column for column, row in enumerate(likeness[0])]
    origins: list[list[int]] = []
    for row in likeness[1:]:
        best, best_at, origin, new = -math.inf, 0, [], []
        for column in columns:
            # Coming from an earlier slide costs one step for each slide between; from this one, nothing. Of equals, the
            # change comes as late as it can: a slide is on screen until the next one is spoken of.
            if score[column] > best - SKIP_COST + TINY:
                best, best_at = score[column], column
            else:
                best -= SKIP_COST
            origin.append(best_at)
            new.append(best + row[column])
        origins.append(origin)
        score = new
    at = max(columns, key=score.__getitem__)
    path = [at]
    for origin in reversed(origins):
        at = origin[at]
        path.append(at)
    path.reverse()
    return path, sum(row[column] for row, column in zip(likeness, path, strict=True))
