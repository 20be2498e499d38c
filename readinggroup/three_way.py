"""Two people changed one text: both changes in one, where they touch different lines; and what differs, to be shown."""

from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff

#: Comparing takes time that grows with the square of the lines that differ. difflib takes lines for frequent ones from
#: 200 lines on; fewer are compared in a tenth of a second, whatever they are.
MOST_LINES = 1_500


@dataclass(frozen=True)
class _Change:
    """The lines `start` to `end` of the older text became `lines`."""

    start: int
    end: int
    lines: tuple[str, ...]

    @property
    def is_insertion(self) -> bool:
        return self.start == self.end


def merge_texts(base: str, stored: str, written: str) -> str | None:
    """`base` with what leads from it to `stored` and to `written`; None when both changed the same lines.

    Lines that both put in at the same place are kept from both, the stored ones first: two who add to the end of a list
    do not contradict each other.
    """
    if stored in (base, written):
        return written
    if written == base:
        return stored
    old = _lines(base)
    both = _changes(old, _lines(stored)), _changes(old, _lines(written))
    if both[0] is None or both[1] is None:
        return None
    merged = _weave(both[0], both[1])
    return None if merged is None else "\n".join(_apply(old, merged))


def difference(before: str, after: str, *, names: tuple[str, str] = ("before", "after"), around: int = 1) -> list[str]:
    """What differs, line by line as `diff -u` tells it, with so many lines `around`; a remark where it is too much."""
    old, new = before.splitlines(), after.splitlines()
    same, tail = _same_ends(old, new)
    if max(len(old), len(new)) - same - tail > MOST_LINES:
        return [f"@@ More than {MOST_LINES} lines differ, too many to show. @@"]
    return list(unified_diff(old, new, *names, lineterm="", n=around))


def _lines(text: str) -> list[str]:
    """The lines of a text; an empty one has none, so that all that is put into it is put in."""
    return text.split("\n") if text else []


def _changes(old: list[str], new: list[str]) -> list[_Change] | None:
    """What leads from one text to the other, in order; None when too much does."""
    same, tail = _same_ends(old, new)
    left, right = old[same : len(old) - tail], new[same : len(new) - tail]
    if max(len(left), len(right)) > MOST_LINES:
        return None
    # A line that comes again and again, such as an empty one, only joins what its neighbours match: looking for each of
    # its places takes time that grows with the cube of their number.
    steps = SequenceMatcher(None, left, right, autojunk=True).get_opcodes()
    return [
        _Change(same + first, same + last, tuple(right[begin:end]))
        for step, first, last, begin, end in steps
        if step != "equal"
    ]


def _same_ends(old: list[str], new: list[str]) -> tuple[int, int]:
    """How many lines are the same at the beginning, and how many at the end."""
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return same, tail


def _weave(stored: list[_Change], written: list[_Change]) -> list[_Change] | None:
    """Both lists of changes as one, in order; None where they meet."""
    woven = list(stored)
    for change in written:
        if change in stored:
            continue
        if any(_meet(change, other) for other in stored):
            return None
        woven.append(change)
    # Sorting is stable: of what both put in at one place, the stored comes first.
    return sorted(woven, key=lambda change: (change.start, change.end))


def _meet(one: _Change, other: _Change) -> bool:
    if one.is_insertion and other.is_insertion:
        return False
    # Neighbouring lines count as the same: one of them may have been changed because of the other.
    return one.start <= other.end and other.start <= one.end


def _apply(old: list[str], changes: list[_Change]) -> list[str]:
    lines: list[str] = []
    place = 0
    for change in changes:
        lines += [*old[place : change.start], *change.lines]
        place = change.end
    return lines + old[place:]
