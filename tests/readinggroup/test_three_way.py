"""Merging two changes of one text: nothing that either wrote is lost, or nobody is told it worked."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from readinggroup.three_way import MOST_LINES, difference, merge_texts

BASE = "# Notes\n\n- one\n- two\n- three\n\nThe end."


def test_changes_of_different_lines_are_joined():
    stored = BASE.replace("- one", "- first")
    written = BASE.replace("The end.", "The very end.")
    assert merge_texts(BASE, stored, written) == "# Notes\n\n- first\n- two\n- three\n\nThe very end."


def test_changes_of_the_same_line_are_not():
    assert merge_texts(BASE, BASE.replace("- two", "- 2"), BASE.replace("- two", "- second")) is None


def test_changes_of_neighbouring_lines_are_not():
    assert merge_texts(BASE, BASE.replace("- two", "- 2"), BASE.replace("- three", "- 3")) is None


def test_one_removes_what_the_other_changed():
    assert merge_texts(BASE, BASE.replace("- two\n", ""), BASE.replace("- two", "- second")) is None


def test_what_both_add_at_the_end_is_kept_from_both():
    assert merge_texts("a", "a\nb", "a\nc") == "a\nb\nc"
    assert merge_texts("", "b", "c") == "b\nc"


def test_the_same_change_twice_is_one():
    changed = BASE.replace("- two", "- 2")
    assert merge_texts(BASE, changed, changed) == changed
    assert merge_texts("a\nb\nc", "a\nx\nb\nc\ny", "a\nx\nb\nc") == "a\nx\nb\nc\ny"


def test_texts_that_share_nothing_are_left_to_people():
    many = "\n".join("line" for _ in range(MOST_LINES + 1))
    assert merge_texts("a", many, f"b\n{many}") is None


lines = st.lists(st.sampled_from(["a", "b", "c", "", "d"]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(lines, lines)
def test_who_changed_nothing_changes_nothing(base, other):
    base, other = "\n".join(base), "\n".join(other)
    assert merge_texts(base, base, other) == other
    assert merge_texts(base, other, base) == other
    assert merge_texts(base, other, other) == other


@settings(max_examples=300, deadline=None)
@given(lines, st.integers(0, 12), st.integers(0, 12))
def test_what_either_put_in_is_there(base, mine, theirs):
    stored, written = list(base), list(base)
    stored.insert(min(theirs, len(base)), "THEIRS")
    written.insert(min(mine, len(base)), "MINE")
    merged = merge_texts("\n".join(base), "\n".join(stored), "\n".join(written))
    assert merged is not None
    assert merged.split("\n").count("THEIRS") == merged.split("\n").count("MINE") == 1
    assert [line for line in merged.split("\n") if line not in ("MINE", "THEIRS")] == base or not any(base)


def test_lines_that_come_again_and_again_are_compared_in_time():
    texts = ["\n".join(pair * (MOST_LINES // 2 - 5)) for pair in (["a", "b"], ["a", "c"], ["d", "a"])]
    began = time.process_time()
    assert merge_texts(*texts) is None
    assert time.process_time() - began < 2


def test_empty_lines_between_are_no_reason_to_disagree():
    base = "\n\n".join(f"Paragraph {number}." for number in range(400))
    stored, written = base.replace("Paragraph 3.", "Three."), base.replace("Paragraph 390.", "The end.")
    assert merge_texts(base, stored, written) == stored.replace("Paragraph 390.", "The end.")


def test_difference_is_told_line_by_line():
    assert difference("a\nb", "a\nc") == ["--- before", "+++ after", "@@ -1,2 +1,2 @@", " a", "-b", "+c"]


def test_difference_of_too_much_is_not_looked_for():
    before, after = ("\n".join(f"{word} {number}" for number in range(MOST_LINES + 1)) for word in ("a", "b"))
    assert difference(before, after) == [f"@@ More than {MOST_LINES} lines differ, too many to show. @@"]
