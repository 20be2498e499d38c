"""Keeping the index true to the rows."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils import timezone

from readinggroup.many_rows import create_rows
from readinggroup.models import SearchEntry
from readinggroup.search.engines import engine
from readinggroup.search.registry import Document, Key, Kind, kind_of, kinds, rows_touched_by

#: Of longer texts only new words are kept: PostgreSQL's documents end at one megabyte.
MAX_BODY = 200_000
BATCH = 500

#: Everything that is not text to read: C0 controls but tab and newline, and the marks the engines put around hits.
_CONTROLS = {code: " " for code in range(32) if code not in (9, 10)}


def index(row: models.Model) -> None:
    """Bring the entry of `row` up to date; a row that is gone or that nobody may find loses it."""
    _index(type(row), row.pk)


def remove(row: models.Model) -> None:
    """Forget `row`."""
    _remove(type(row), row.pk)


def index_after_commit(row: models.Model) -> None:
    """Index `row` once the transaction is committed, however often it is asked for; a failure is only logged."""
    _index_after_commit((type(row), row.pk))


def index_many_after_commit(rows: list[Any]) -> None:
    """Index rows of one model that were just made, in batches, once the transaction is committed."""
    if rows:
        model, pks = type(rows[0]), [row.pk for row in rows]
        transaction.on_commit(lambda: _index_new(model, pks), robust=True)


def rebuild() -> dict[str, int]:
    """Make the whole index anew and return the number of documents by kind."""
    counts: dict[str, int] = {}
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        engine().clear()
        for kind in kinds():
            counts[kind.name] = sum(_write_all(kind))
    return counts


def follow_row(
    sender: type[models.Model],
    instance: models.Model,
    raw: bool = False,
    update_fields: frozenset[str] | None = None,
    **_: Any,
) -> None:
    """Receiver of post_save and post_delete. Rows of a fixture arrive in any order; `rebuild` follows them."""
    if raw or update_fields == frozenset({"last_login"}):
        return
    for key in rows_touched_by(instance):
        _index_after_commit(key)


def _index_after_commit(key: Key) -> None:
    _waiting().add(key)
    transaction.on_commit(lambda: _index_once(key), robust=True)


def _index_once(key: Key) -> None:
    waiting = _waiting()
    if key in waiting:
        waiting.discard(key)
        _index(*key)


def _waiting() -> set[Key]:
    """Rows asked for on this connection. One left by a rollback does no harm: it is indexed at the next commit."""
    return connection.__dict__.setdefault("_rows_to_index", set())


def _index(model: type[models.Model], pk: Any) -> None:
    kind = kind_of(model)
    if kind is None:
        return
    row = kind.queryset().filter(pk=pk).first()
    document = kind.document(row) if row is not None else None
    if document is None:
        _remove(model, pk)
        return
    with transaction.atomic():
        _write(kind, pk, document)


def _findable(body: str) -> str:
    """The text, and of what is beyond the limit each word that did not occur before: it is found, though not quoted."""
    if len(body) <= MAX_BODY:
        return body
    kept, rest = body[:MAX_BODY], body[MAX_BODY:]
    known = set(_words(kept))
    new: dict[str, None] = {}
    room = MAX_BODY
    for word in _words(rest):
        if word not in known and word not in new:
            new[word], room = None, room - len(word) - 1
        if room < 0:
            break
    return f"{kept}\n{' '.join(new)}"[: 2 * MAX_BODY]


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"[^\W_]+", text.casefold()))


def _write_all(kind: Kind) -> Any:
    for row in kind.queryset().order_by("pk").iterator(chunk_size=BATCH):
        document = kind.document(row)
        if document is not None:
            _write(kind, row.pk, document)
            yield 1


def _index_new(model: type[models.Model], pks: list[Any]) -> None:
    kind = kind_of(model)
    if kind is None:
        return
    subject_type = ContentType.objects.get_for_model(model)
    for start in range(0, len(pks), BATCH):
        with transaction.atomic():
            known = SearchEntry.objects.filter(subject_type=subject_type, subject_id__in=pks[start : start + BATCH])
            here = set(known.values_list("subject_id", flat=True))
            made = _documents(kind, [pk for pk in pks[start : start + BATCH] if pk not in here])
            entries = [
                SearchEntry(subject_type=subject_type, subject_id=pk, **_fields(kind, document))
                for pk, document in made
            ]
            create_rows(entries, known_by="subject_id", among=SearchEntry.objects.filter(subject_type=subject_type))
            engine().write_new(entries)


def _documents(kind: Kind, pks: list[Any]) -> list[tuple[Any, Document]]:
    if kind.documents:
        return list(kind.documents(pks))
    rows = kind.queryset().filter(pk__in=pks)
    return [(row.pk, document) for row in rows if (document := kind.document(row))]


def _write(kind: Kind, pk: Any, document: Document) -> None:
    entry, _ = SearchEntry.objects.update_or_create(
        subject_type=ContentType.objects.get_for_model(kind.model),
        subject_id=pk,
        defaults=_fields(kind, document),
    )
    engine().write(entry)


def _fields(kind: Kind, document: Document) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "title": document.title.translate(_CONTROLS).strip(),
        "body": _findable(document.body).translate(_CONTROLS).strip(),
        "url": document.url,
        "visibility": document.visibility,
        "dated_at": document.dated_at,
        "indexed_at": timezone.now(),
    }


def _remove(model: type[models.Model], pk: Any) -> None:
    entries = SearchEntry.objects.filter(subject_type=ContentType.objects.get_for_model(model), subject_id=pk)
    for entry in entries:
        engine().erase(entry.pk)
        entry.delete()
