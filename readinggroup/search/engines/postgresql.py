"""PostgreSQL full text: a generated tsvector beside each entry, with a GIN index (migration `search_index`)."""

from collections.abc import Sequence

from readinggroup.models import SearchEntry
from readinggroup.search.engines.base import SNIPPET_WORDS, Engine, placeholders, rows
from readinggroup.search.text import HIT_ENDS, HIT_STARTS

CONFIGURATION = "readinggroup"
TABLE = "readinggroup_searchentry"

_MATCHING = f"""
    FROM {TABLE} entry, to_tsquery('{CONFIGURATION}', %s) query
    WHERE entry.document @@ query AND entry.visibility IN ({{visibilities}})
"""
_MARKS = f"StartSel={HIT_STARTS}, StopSel={HIT_ENDS}"


class PostgreSQLEngine(Engine):
    """The database keeps the index itself, so writing and erasing have nothing left to do."""

    def write(self, entry: SearchEntry) -> None:
        pass

    def erase(self, entry_id: int) -> None:
        pass

    def clear(self) -> None:
        pass

    def counts(self, words: list[str], visibilities: list[str]) -> dict[str, int]:
        matching = _MATCHING.format(visibilities=placeholders(visibilities))
        sql = f"SELECT entry.kind, COUNT(*) {matching} GROUP BY entry.kind"
        return dict(rows(sql, [_query(words), *visibilities]))

    def ranked(
        self, words: list[str], visibilities: list[str], kinds: Sequence[str], offset: int, limit: int
    ) -> list[tuple[int, str, str]]:
        matching = _MATCHING.format(visibilities=placeholders(visibilities))
        of_kind = f"AND entry.kind IN ({placeholders(kinds)})" if kinds else ""
        # Headlines cost far more than ranking, so only the page's own rows get them.
        sql = f"""
            SELECT id,
                ts_headline('{CONFIGURATION}', title, query, 'HighlightAll=true, {_MARKS}'),
                ts_headline('{CONFIGURATION}', body, query, %s)
            FROM (
                SELECT entry.id, entry.title, entry.body, query, ts_rank(entry.document, query, 1) AS rank
                {matching} {of_kind} ORDER BY rank DESC, entry.id LIMIT %s OFFSET %s
            ) best ORDER BY rank DESC, id
        """
        options = f"{_MARKS}, MaxWords={SNIPPET_WORDS}, MinWords={SNIPPET_WORDS // 2}"
        parameters = [options, _query(words), *visibilities, *kinds, limit, offset]
        return rows(sql, parameters)


def _query(words: list[str]) -> str:
    """Words of letters and digits only are safe in a tsquery; the last may be a beginning."""
    return " & ".join(words) + ":*"
