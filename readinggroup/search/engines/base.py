"""What an engine must do. The SearchEntry rows are written by `indexing`; an engine keeps its index beside them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from readinggroup.models import SearchEntry
from readinggroup.search.registry import Passage, singular_of
from readinggroup.search.text import marked

#: A snippet has about this many words.
SNIPPET_WORDS = 32


@dataclass(frozen=True)
class Hit:
    kind: str
    label: str
    url: str
    title: SafeString
    snippet: SafeString
    dated_at: datetime | None
    subject_id: int = 0
    passages: list[Passage] = field(default_factory=list)


class Engine(ABC):
    @abstractmethod
    def write(self, entry: SearchEntry) -> None:
        """Index `entry`, which was just saved."""

    def write_new(self, entries: Sequence[SearchEntry]) -> None:
        """Index entries that were never indexed before."""
        for entry in entries:
            self.write(entry)

    @abstractmethod
    def erase(self, entry_id: int) -> None:
        """Forget the entry."""

    @abstractmethod
    def clear(self) -> None:
        """Forget everything."""

    @abstractmethod
    def counts(self, words: list[str], visibilities: list[str]) -> dict[str, int]:
        """Return the number of matching entries by kind."""

    @abstractmethod
    def ranked(
        self, words: list[str], visibilities: list[str], kinds: Sequence[str], offset: int, limit: int
    ) -> list[tuple[int, str, str]]:
        """Return id, title and snippet, hits marked, of the matching entries from `offset`, best first."""

    def hits(
        self, words: list[str], visibilities: list[str], kinds: Sequence[str], offset: int, limit: int
    ) -> list[Hit]:
        """Return what `ranked` names, ready to be shown."""
        found = self.ranked(words, visibilities, kinds, offset, limit)
        entries = SearchEntry.objects.only("kind", "url", "dated_at", "subject_id").in_bulk([pk for pk, _, _ in found])
        return [
            Hit(
                kind=entries[pk].kind,
                label=singular_of(entries[pk].kind),
                url=entries[pk].url,
                title=marked(title),
                snippet=marked(snippet),
                dated_at=entries[pk].dated_at,
                subject_id=entries[pk].subject_id,
            )
            for pk, title, snippet in found
            if pk in entries
        ]


def rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def placeholders(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))
