"""The tables and indexes that the engines search in, made by migrations, by database."""

from typing import Any

from django.db import DatabaseError, transaction


def _vector(column: str, weight: str) -> str:
    # Plain words only: the parser would otherwise keep "1706.03762" as one number and a path as one address.
    words = f"regexp_replace({column}, '[^[:alnum:]]+', ' ', 'g')"
    return f"setweight(to_tsvector('readinggroup', {words}), '{weight}')"


CREATE = {
    "sqlite": [
        (
            "CREATE VIRTUAL TABLE readinggroup_searchtext USING fts5"
            "(title, body, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '3')"
        ),
    ],
    "postgresql": [
        (
            "ALTER TABLE readinggroup_searchentry ADD COLUMN document tsvector "
            f"GENERATED ALWAYS AS ({_vector('title', 'A')} || {_vector('body', 'D')}) STORED"
        ),
        "CREATE INDEX readinggroup_searchentry_document ON readinggroup_searchentry USING gin (document)",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE readinggroup_searchtext"],
    "postgresql": [
        "ALTER TABLE readinggroup_searchentry DROP COLUMN document",
        "DROP TEXT SEARCH CONFIGURATION readinggroup",
    ],
}
IGNORE_ACCENTS = [
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    (
        "ALTER TEXT SEARCH CONFIGURATION readinggroup "
        "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem"
    ),
]


def create_search_tables(apps: Any, schema_editor: Any) -> None:
    """Make what the engine of this database needs beside the model: a virtual table, or a column and its index."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE TEXT SEARCH CONFIGURATION readinggroup (COPY = english)")
            try:
                with transaction.atomic(connection.alias):
                    for statement in IGNORE_ACCENTS:
                        cursor.execute(statement)
            except DatabaseError:
                # Not every operator may create extensions: then accents must be typed as they are written.
                pass
        for statement in CREATE[connection.vendor]:
            cursor.execute(statement)


def drop_search_tables(apps: Any, schema_editor: Any) -> None:
    """Take away what `create_search_tables` made."""
    with schema_editor.connection.cursor() as cursor:
        for statement in DROP[schema_editor.connection.vendor]:
            cursor.execute(statement)
