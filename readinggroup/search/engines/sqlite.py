"""SQLite FTS5, a table of its own whose rowid is the entry's id (migration `search_index`)."""

from collections.abc import Sequence

from django.db import connection

from readinggroup.models import SearchEntry
from readinggroup.search.engines.base import SNIPPET_WORDS, Engine, placeholders, rows
from readinggroup.search.text import HIT_ENDS, HIT_STARTS

TABLE = "readinggroup_searchtext"

_MATCHING = f"""
    FROM {TABLE} JOIN readinggroup_searchentry entry ON entry.id = {TABLE}.rowid
    WHERE {TABLE} MATCH %s AND entry.visibility IN ({{visibilities}})
"""


class SQLiteEngine(Engine):
    def write(self, entry: SearchEntry) -> None:
        self.erase(entry.pk)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} (rowid, title, body) VALUES (%s, %s, %s)", [entry.pk, entry.title, entry.body]
            )

    def write_new(self, entries: Sequence[SearchEntry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {TABLE} (rowid, title, body) VALUES (%s, %s, %s)",
                [(entry.pk, entry.title, entry.body) for entry in entries],
            )

    def erase(self, entry_id: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [entry_id])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE}")

    def counts(self, words: list[str], visibilities: list[str]) -> dict[str, int]:
        matching = _MATCHING.format(visibilities=placeholders(visibilities))
        found = rows(f"SELECT entry.kind, COUNT(*) {matching} GROUP BY entry.kind", [_match(words), *visibilities])
        return dict(found)

    def ranked(
        self, words: list[str], visibilities: list[str], kinds: Sequence[str], offset: int, limit: int
    ) -> list[tuple[int, str, str]]:
        matching = _MATCHING.format(visibilities=placeholders(visibilities))
        of_kind = f"AND entry.kind IN ({placeholders(kinds)})" if kinds else ""
        sql = f"""
            SELECT entry.id, highlight({TABLE}, 0, %s, %s), snippet({TABLE}, 1, %s, %s, ' … ', {SNIPPET_WORDS})
            {matching} {of_kind} ORDER BY bm25({TABLE}, 8.0, 1.0), entry.id LIMIT %s OFFSET %s
        """
        marks = [HIT_STARTS, HIT_ENDS, HIT_STARTS, HIT_ENDS]
        return rows(sql, [*marks, _match(words), *visibilities, *kinds, limit, offset])


def _match(words: list[str]) -> str:
    """Every word in quotes, so that AND, NEAR and the like are words too; the last may be a beginning."""
    return " ".join(f'"{word}"' for word in words) + "*"
