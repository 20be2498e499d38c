"""Places inside of hits: the very slide, the very second.

The index knows a presentation as one document. When it is on a page of results, its kind is asked which of its parts
hold the words, and the best of them are shown under it as links.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from readinggroup.search.engines import Hit
from readinggroup.search.registry import Passage, kind_named
from readinggroup.search.text import HIT_ENDS, HIT_STARTS, marked

PASSAGES_PER_HIT = 3
#: Letters around the first hit that an excerpt shows.
BEFORE, AFTER = 40, 110


def with_passages(hits: Sequence[Hit], words: list[str]) -> list[Hit]:
    """The hits, each with its best passages; as many queries as there are kinds with passages."""
    pattern = _pattern(words)
    found: dict[tuple[str, int], list[Passage]] = {}
    for name in {hit.kind for hit in hits}:
        kind = kind_named(name)
        if kind and kind.passages:
            keys = [hit.subject_id for hit in hits if hit.kind == name]
            found |= {(name, key): _best(parts, pattern) for key, parts in kind.passages(keys).items()}
    return [replace(hit, passages=found.get((hit.kind, hit.subject_id), [])) for hit in hits]


def _best(passages: Iterable[Passage], pattern: re.Pattern[str]) -> list[Passage]:
    """Those with most of the words, in their own order."""
    scored = []
    for place, passage in enumerate(passages):
        words = {match.lastgroup for match in pattern.finditer(plain(passage.text))}
        if words:
            scored.append((-len(words), place, passage))
    best = sorted(scored, key=lambda one: one[:2])[:PASSAGES_PER_HIT]
    most = best[0][0] if best else 0
    return [replace(passage, excerpt=_excerpt(passage.text, pattern)) for score, _, passage in best if score == most]


def _excerpt(text: str, pattern: re.Pattern[str]) -> str:
    text = " ".join(text.split())
    folded = plain(text)
    if len(folded) != len(text):
        # A ligature or such: show the letters that were compared.
        text = folded
    first = pattern.search(folded)
    start = max(0, first.start() - BEFORE) if first else 0
    end = min(len(text), start + BEFORE + AFTER)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    cut = pattern.sub(lambda match: "\x00" * len(match[0]), folded)[start:end]
    shown, inside = [], False
    for letter, mark in zip(text[start:end], cut, strict=True):
        if (mark == "\x00") != inside:
            shown.append(HIT_ENDS if inside else HIT_STARTS)
            inside = not inside
        shown.append(letter)
    ends = f"{HIT_ENDS if inside else ''}{' …' if end < len(text) else ''}"
    return marked(f"{'… ' if start else ''}{''.join(shown)}{ends}")


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Words that begin as one of `words` does: the engines search for stems, and an ending more or less is the same."""
    stems = [plain(word)[: max(4, len(word) - 2)] for word in words]
    return re.compile("|".join(rf"(?P<w{n}>\b{re.escape(stem)}\w*)" for n, stem in enumerate(stems)))


def plain(text: str) -> str:
    """Small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
