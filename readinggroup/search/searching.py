"""Asking the index."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from readinggroup.models import SearchEntry
from readinggroup.search.engines import Hit, engine
from readinggroup.search.text import words_of

__all__ = ["Hit", "SearchResults", "search"]


class SearchResults(Sequence[Hit]):
    """Hits, best first, fetched by the slice: a Paginator takes it as it is."""

    def __init__(self, words: list[str], visibilities: list[str], kinds: Sequence[str]) -> None:
        self.words, self.visibilities, self.kinds = words, visibilities, list(kinds)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of hits by kind, whatever `kinds` asks for."""
        return engine().counts(self.words, self.visibilities) if self.words else {}

    def __len__(self) -> int:
        return sum(count for kind, count in self.counts.items() if not self.kinds or kind in self.kinds)

    def __getitem__(self, wanted: Any) -> Any:
        if isinstance(wanted, slice):
            start, stop, _ = wanted.indices(len(self))
            return self._hits(start, stop - start)
        return self._hits(wanted, 1)[0]

    def _hits(self, offset: int, limit: int) -> list[Hit]:
        if not self.words or limit < 1:
            return []
        return engine().hits(self.words, self.visibilities, self.kinds, offset, limit)


def search(text: str, *, viewer: Any, kinds: Sequence[str] = ()) -> SearchResults:
    """Return what `viewer` may find for `text`, best first: every word must occur, the last may be a beginning.

    `kinds` limits to the named kinds; none means all. Any text is a valid query.
    """
    visibilities = [str(SearchEntry.Visibility.PUBLIC)]
    if viewer.is_authenticated and viewer.is_active:
        visibilities.append(str(SearchEntry.Visibility.MEMBERS))
    return SearchResults(words_of(text), visibilities, kinds)
