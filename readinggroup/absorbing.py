"""One row takes the place of another: everything that names the one then names the other, and it can be undone.

Which rows name another is asked of the models, so a table that is added tomorrow is moved as well. A row that cannot
move, since the one that stays has its like, is kept in the record, and what hangs on it moves to its like. The record
is plain data.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from readinggroup.search.indexing import follow_row

Pk = Any


@dataclass
class Record:
    """What was done, in the order in which it was done.

    `moved` holds model, key, field, the row named before and the row named now; `left` holds whole rows, those on which
    others hang first; `emptied` holds model, key, field and the row that was named before.
    """

    moved: list[list[Any]] = field(default_factory=list)
    left: list[dict[str, Any]] = field(default_factory=list)
    emptied: list[list[Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Rules:
    """What a model wants otherwise: `whole` are relations of which only one row's rows stay, all of them; `combine` is
    told of a row that stays and its like that goes; rows of the models in `stay` go with their row."""

    whole: frozenset[str] = frozenset()
    stay: frozenset[type[models.Model]] = frozenset()
    combine: Callable[[models.Model, models.Model], None] = lambda kept, gone: None


def as_data(row: models.Model) -> dict[str, Any]:
    """The row with all its columns as plain data; tables of many-to-many relations are rows of their own."""
    names = [column.name for column in row._meta.concrete_fields]
    (data,) = serializers.serialize("python", [row], fields=names)
    plain: dict[str, Any] = json.loads(json.dumps(data, cls=_ExactEncoder))
    return plain


class _ExactEncoder(DjangoJSONEncoder):
    """Moments to the microsecond, where Django's own stops at the millisecond."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def relations_to(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    """Every column of every table that names a row of `model`."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.field


def generic_relations() -> Iterator[tuple[type[models.Model], str, str]]:
    """Tables whose rows name a row of any model: the table, its column of the model and that of the key."""
    for model in apps.get_models():
        for column in model._meta.private_fields:
            if isinstance(column, GenericForeignKey):
                yield model, column.ct_field, column.fk_field


def absorb(kept: models.Model, gone: models.Model, record: Record, rules: Rules) -> None:
    """Let everything that names `gone` name `kept`; `gone` itself stays, and nothing hangs on it any more."""
    for column in relations_to(type(gone)):
        rows = column.model._base_manager.filter(**{column.name: gone.pk}).order_by("pk")
        named = f"{type(gone)._meta.label_lower}.{column.remote_field.get_accessor_name() or ''}"
        is_whole = named in rules.whole and column.model._base_manager.filter(**{column.name: kept.pk}).exists()
        for row in rows:
            if is_whole or column.model in rules.stay or not _move(row, column, kept.pk, record):
                _leave(row, column, kept, record, rules)
    for model, type_column, key_column in generic_relations():
        kind = ContentType.objects.get_for_model(gone)
        for row in model._base_manager.filter(**{type_column: kind, key_column: gone.pk}).order_by("pk"):
            model._base_manager.filter(pk=row.pk).update(**{key_column: kept.pk})
            record.moved.append([model._meta.label_lower, row.pk, key_column, gone.pk, kept.pk])


def _move(row: models.Model, column: models.ForeignKey, pk: Pk, record: Record) -> bool:
    """Let one row name another; False when the database does not allow it."""
    old = getattr(row, column.attname)
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{column.attname: pk})
    except IntegrityError:
        return False
    record.moved.append([row._meta.label_lower, pk if column.primary_key else row.pk, column.attname, old, pk])
    _index(row, column.attname, pk)
    return True


def _index(row: models.Model, attname: str, pk: Pk) -> None:
    """Let the search know of a row that was changed behind its back: where it was, and where it is."""
    follow_row(type(row), row)
    setattr(row, attname, pk)
    follow_row(type(row), row)


def _leave(row: models.Model, column: models.ForeignKey, kept: models.Model, record: Record, rules: Rules) -> None:
    """Take a row away that cannot move; what hangs on it goes to its like, or with it."""
    like = like_of(row, column, kept.pk)
    data = as_data(row)
    place = len(record.left)
    if like is not None:
        rules.combine(like, row)
        absorb(like, row, record, rules)
    record.left.insert(place, data)
    _take_away(row, record)


def _take_away(row: models.Model, record: Record) -> None:
    """Delete a row and the rows that go with it, all of them in the record."""
    for column in relations_to(type(row)):
        for hanging in column.model._base_manager.filter(**{column.name: row.pk}).order_by("pk"):
            if column.null:
                record.emptied.append([hanging._meta.label_lower, hanging.pk, column.attname, row.pk])
                column.model._base_manager.filter(pk=hanging.pk).update(**{column.attname: None})
            else:
                record.left.append(as_data(hanging))
                _take_away(hanging, record)
    row.delete()


def like_of(row: models.Model, column: models.ForeignKey, pk: Pk) -> models.Model | None:
    """The row that stands where `row` would stand if it named `pk`: what one of its unique constraints says."""
    for names in _unique_together(type(row)):
        if column.name in names:
            same = {name: getattr(row, row._meta.get_field(name).attname) for name in names}  # type: ignore[union-attr]
            found = type(row)._base_manager.filter(**{**same, column.name: pk}).exclude(pk=row.pk).first()
            if found is not None:
                return found
    return None


def _unique_together(model: type[models.Model]) -> Iterator[tuple[str, ...]]:
    for constraint in model._meta.total_unique_constraints:
        yield tuple(constraint.fields)
    for together in model._meta.unique_together:
        yield tuple(together)
    for column in model._meta.concrete_fields:
        if column.unique:
            yield (column.name,)


def give_back(record: Record, *, kept: models.Model, was: Pk) -> int:
    """Undo what `record` tells, as far as nobody changed it since; returns how many rows could not go back.

    The row that went must be here again. `kept` has its rows now; it was called `was` when they moved.
    """
    lost = sum(not restore_row(data) for data in record.left)
    for label, pk, name, old, now in reversed(record.moved):
        is_kept = now == was and _names(label, name, type(kept))
        lost += not _point(label, pk, name, {now, kept.pk} if is_kept else {now}, old)
    for label, pk, name, old in record.emptied:
        _point(label, pk, name, {None}, old)
    return lost


def _names(label: str, name: str, model: type[models.Model]) -> bool:
    """Whether a column names rows of `model`, or of any model."""
    column = next(one for one in apps.get_model(label)._meta.concrete_fields if name in (one.name, one.attname))
    return column.related_model is model if isinstance(column, models.ForeignKey) else True


def _point(label: str, pk: Pk, name: str, now: set[Pk], old: Pk) -> bool:
    model = apps.get_model(label)
    here = models.Q(**{f"{name}__isnull": True}) if now == {None} else models.Q(**{f"{name}__in": now})
    row = model._base_manager.filter(here, pk=pk).first()
    if row is None:
        return False
    try:
        with transaction.atomic():
            model._base_manager.filter(pk=pk).update(**{name: old})
    except IntegrityError:
        return False
    _index(row, name, old)
    return True


def restore_row(data: dict[str, Any]) -> bool:
    """Write a row that was taken away, with its key; False when what it hangs on is gone or its place is taken.

    A member or any other row that it may do without is left open when it is gone.
    """
    (found,) = serializers.deserialize("python", [data], ignorenonexistent=True)
    row = found.object
    if type(row)._base_manager.filter(pk=row.pk).exists():
        return False
    for column in row._meta.concrete_fields:
        if not isinstance(column, models.ForeignKey) or getattr(row, column.attname) is None:
            continue
        if not column.related_model._base_manager.filter(pk=getattr(row, column.attname)).exists():
            if not column.null:
                return False
            setattr(row, column.attname, None)
    try:
        with transaction.atomic():
            row.save_base(raw=True, force_insert=True)
    except IntegrityError:
        return False
    follow_row(type(row), row)
    return True
