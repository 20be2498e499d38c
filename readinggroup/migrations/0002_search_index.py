"""The indexes of readinggroup/search/engines, by database."""

from django.db import DatabaseError, migrations, models, transaction


def vector(column, weight):
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
            f"GENERATED ALWAYS AS ({vector('title', 'A')} || {vector('body', 'D')}) STORED"
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


def create(apps, schema_editor):
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


def drop(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        for statement in DROP[schema_editor.connection.vendor]:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("readinggroup", "0001_initial")]

    operations = [
        migrations.AlterField(
            "searchentry",
            "visibility",
            models.CharField(
                choices=[("public", "everybody"), ("members", "members")], default="public", max_length=10
            ),
        ),
        migrations.RunPython(create, drop),
    ]
