"""Full-text search: one interface, two engines (PostgreSQL full text, SQLite FTS5).

An app says in its `search.py` what of it can be found (`register`); saving or deleting such a row, or one it depends
on, brings the index up to date after the commit. What is written past the ORM's signals (`QuerySet.update`,
`bulk_create`) is followed by a call of `index_after_commit`. `rebuild` makes everything anew.
"""

from readinggroup.search.indexing import index, index_after_commit, index_many_after_commit, rebuild, remove
from readinggroup.search.passages import with_passages
from readinggroup.search.registry import Document, Passage, register, registered_kinds
from readinggroup.search.searching import Hit, SearchResults, search

__all__ = [
    "Document",
    "Hit",
    "Passage",
    "SearchResults",
    "index",
    "index_after_commit",
    "index_many_after_commit",
    "rebuild",
    "register",
    "registered_kinds",
    "remove",
    "search",
    "with_passages",
]
