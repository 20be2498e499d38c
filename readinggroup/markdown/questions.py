"""Questions that people note in their texts: lines such as "Q: why does it work?", and "A: …" where they know.

The parser decides what a line is, so that code is no question, and one in a quote, a list or a footnote is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from markdown_it.token import Token

from readinggroup.markdown.limits import PARSER_LEVELS, TextRefused, check_limits
from readinggroup.markdown.parser import markdown_parser, parse_environment

MOST_QUESTIONS = 200
MOST_LETTERS = 2_000

#: Texts without any of these need no parser.
_PERHAPS = re.compile(r"(?i)(?<![^\W_])(?:q|question|frage) ?\d{0,3}[*_]{0,3}[:.]")
_EMPHASIS = r"(\*{1,3}|_{1,3})?"
_MARK = r"{e}(?:{words})(?: ?\d{{1,3}})?{e}([:.]){e}(?:[ \t]+|$)(.*)"
_QUESTION = re.compile(_MARK.format(e=_EMPHASIS, words="q|question|frage"), re.IGNORECASE)
_ANSWER = re.compile(_MARK.format(e=_EMPHASIS, words="a|answer|antwort"), re.IGNORECASE)
_SPEAKER = re.compile(r"(\*\*|__)((?:\\.|[^*_:\\]){1,120})(?::\1|\1:)[ \t]+(.*)")
_TICK_BOX = re.compile(r"\[[ xX]\][ \t]+")
_ESCAPED = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class NotedQuestion:
    """A question as Markdown, with its answer where one stands below it, and whose words it is where that is said."""

    text: str
    answer: str = ""
    speaker: str = ""


def find_questions(text: str) -> list[NotedQuestion]:
    """The questions noted in a Markdown text, in their order; none in a text beyond the limits. Never raises."""
    if not _PERHAPS.search(text):
        return []
    found: list[NotedQuestion] = []
    is_open = False
    for paragraph in _paragraphs(text.replace("\x00", "")):
        lines = [line.strip().removesuffix("\\").rstrip() for line in paragraph.splitlines()]
        questions = _questions_in(lines)
        answer = _marked(_ANSWER, lines[0]) if lines and not questions else None
        if is_open and answer is not None:
            # The paragraph after a question answers it.
            found[-1] = replace(found[-1], answer=_joined([answer, *lines[1:]]))
        found += questions
        is_open = bool(questions) and not found[-1].answer
        if len(found) >= MOST_QUESTIONS:
            return found[:MOST_QUESTIONS]
    return found


def _paragraphs(text: str) -> Iterator[str]:
    """The Markdown of each paragraph, also of those in lists, quotes and notes."""
    tokens = _tokens(text)
    for before, token in pairwise(tokens):
        if before.type == "paragraph_open" and token.type == "inline":
            yield token.content


def _tokens(text: str) -> list[Token]:
    try:
        check_limits(text)
        # Formulas are left as they are: only the source is looked at.
        tokens = markdown_parser(math=False, linkify=False).parse(text, parse_environment(top_heading=2, id_prefix=""))
    except (TextRefused, RecursionError):
        return []
    return [] if any(token.level >= PARSER_LEVELS - 1 for token in tokens) else tokens


@dataclass
class _Draft:
    """A question while its lines are read."""

    speaker: str
    text: list[str]
    answer: list[str] = field(default_factory=list)

    def read(self, line: str) -> None:
        answer = _marked(_ANSWER, line) if not self.answer else None
        if answer is not None:
            self.answer = [answer]
        else:
            (self.answer or self.text).append(line)


def _questions_in(lines: list[str]) -> list[NotedQuestion]:
    """Each marked line with those that follow it, up to the next mark."""
    drafts: list[_Draft] = []
    for line in lines:
        begun = _begin(line)
        if begun is not None:
            drafts.append(_Draft(begun[0], [begun[1]]))
        elif drafts:
            drafts[-1].read(line)
    found = [NotedQuestion(_joined(draft.text), _joined(draft.answer), draft.speaker) for draft in drafts]
    return [question for question in found if question.text]


def _begin(line: str) -> tuple[str, str] | None:
    """Who speaks and what they ask, for a line that begins a question."""
    line = _TICK_BOX.sub("", line, count=1) if line.startswith("[") else line
    text = _marked(_QUESTION, line)
    if text is not None:
        return "", text
    if speaks := _SPEAKER.fullmatch(line):
        text = _marked(_QUESTION, speaks[3])
        return (_ESCAPED.sub("", speaks[2]).strip(), text) if text is not None else None
    return None


def _marked(mark: re.Pattern[str], line: str) -> str | None:
    """What follows the mark at the beginning of `line`, None without one."""
    match = mark.fullmatch(line)
    if not match:
        return None
    opened, closed, sign, closed_after, text = match.groups()
    if sign == "." and not (line.lstrip("*_")[:1].isupper() and "?" in text):
        # "Q. Le and T. Mikolov" wrote a paper.
        return None
    if not opened:
        return None if closed or closed_after else text
    if closed or closed_after:
        return text if opened in (closed, closed_after) else None
    return text.removesuffix(opened)


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line).strip()[:MOST_LETTERS].rstrip()
