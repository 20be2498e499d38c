"""Limits that are checked before a parser sees the text.

The parser, the formula converter and the sanitiser are each fast on text a person would write and slow, or worse, on
text made to hurt them. These limits keep every render under two seconds on one slow core.
"""

import re

MAX_CHARACTERS = 200_000
MAX_LINES = 10_000
MAX_NOTES = 500
MAX_NESTING = 20

# A list inside a list costs the parser two levels (the list and its item).
PARSER_LEVELS = 2 * MAX_NESTING

_NOTE_OR_REFERENCE = re.compile(r"\[\^|\^\[|^[ >*+-]*\[[^\]\n]{1,200}\]:", re.MULTILINE)
# Openers that the inline parser tries to match anew from each position. A text has a few hundred, an attack thousands.
_BRACKETS = re.compile(r"!?\[")
MAX_BRACKETS = 5_000
_ENDLESS_WORD = re.compile(r"\S{4000}")


class TextRefused(ValueError):
    """The text breaks a limit; the message says which one and what to do."""


def check_limits(text: str) -> None:
    """Raise `TextRefused` when `text` is longer or denser than the renderer accepts."""
    if len(text) > MAX_CHARACTERS:
        raise TextRefused(
            f"This text has {len(text):,} characters; {MAX_CHARACTERS:,} are possible. Split it into parts."
        )
    if text.count("\n") > MAX_LINES:
        raise TextRefused(f"This text has more than {MAX_LINES:,} lines. Split it into parts.")
    if len(_NOTE_OR_REFERENCE.findall(text)) > MAX_NOTES * 2:
        raise TextRefused(f"This text has too many footnotes; {MAX_NOTES} are possible. Split it into parts.")
    if len(_BRACKETS.findall(text)) > MAX_BRACKETS:
        raise TextRefused(
            f"This text has too many square brackets; {MAX_BRACKETS:,} are possible. Split it into parts."
        )


def has_endless_word(text: str) -> bool:
    """Whether a word is too long to look for addresses inside it; such a text gets no automatic links."""
    return _ENDLESS_WORD.search(text) is not None
