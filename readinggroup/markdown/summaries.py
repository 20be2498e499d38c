"""Smaller views of a text: its table of contents, a plain summary, how long it takes to read."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from readinggroup.markdown.rendering import render_markdown
from readinggroup.markdown.sanitising import sanitise_phrase

WORDS_PER_MINUTE = 200

# The sanitiser writes every heading in this one form, so the pattern is exact.
_HEADING = re.compile(r'<h([2-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_NOT_PROSE = re.compile(r"<(math|pre|section|table)\b.*?</\1>", re.DOTALL)
_NOT_SUMMARY = re.compile(
    r"<(h[2-6]|pre|section|table|figure|sup)\b.*?</\1>|<span class=\"math-error\">.*?</span></span>", re.DOTALL
)


@dataclass(frozen=True)
class Heading:
    """One line of a table of contents; `anchor` is the id on the page, `title` may hold emphasis and formulas."""

    level: int
    anchor: str
    title: SafeString


def table_of_contents(html: str, *, deepest: int = 3) -> list[Heading]:
    """The headings of a rendered text down to level `deepest`, in order. `html` is the result of `render_markdown`."""
    return [
        Heading(int(level), unescape(anchor), mark_safe(sanitise_phrase(title)))  # noqa: S308 - sanitised
        for level, anchor, title in _HEADING.findall(html)
        if int(level) <= deepest
    ]


def summarise(text: str, *, words: int = 40) -> str:
    """The first `words` words of a Markdown text as one line without markup."""
    prose = _NOT_SUMMARY.sub(" ", render_markdown(text[:4_000]))
    return Truncator(" ".join(unescape(strip_tags(prose)).split())).words(words)


def reading_minutes(html: str) -> int:
    """How long the rendered text takes to read, in whole minutes, at least one.

    A formula is read at the pace of a dozen words, a block of code or a table at that of thirty.
    """
    formulas = html.count("<math")
    blocks = html.count("<pre") + html.count("<table")
    words = len(strip_tags(_NOT_PROSE.sub(" ", html)).split())
    return max(1, round((words + 12 * formulas + 30 * blocks) / WORDS_PER_MINUTE))
