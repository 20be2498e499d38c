"""What can be found, as the apps announce it when they are ready."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from readinggroup.models import SearchEntry


@dataclass(frozen=True, kw_only=True)
class Document:
    """A row as text: the title weighs more than the body, both are plain text."""

    title: str
    body: str
    url: str
    visibility: str = SearchEntry.Visibility.PUBLIC
    dated_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A part of a row that can be opened by itself, such as a slide; `excerpt` is filled in by the search."""

    label: str
    url: str
    text: str
    image_url: str = ""
    excerpt: str = ""


#: For the keys of rows that were found: the parts of each, in their order. It is asked with rows that the viewer may
#: see, and must give only parts that whoever sees the row may see too.
Passages = Callable[[Sequence[Any]], dict[Any, list[Passage]]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One sort of thing that can be found."""

    model: type[models.Model]
    name: str
    label: str
    queryset: Callable[[], models.QuerySet[Any]]
    document: Callable[[Any], Document | None]
    passages: Passages | None = None
    documents: "Documents | None" = None


#: The documents of many rows at once, by their keys, where that is much cheaper than one by one.
Documents = Callable[[Sequence[Any]], Iterable[tuple[Any, Document]]]
#: For a model that documents draw on: the function that gives the keys of what to index when one of its rows changes.
#: Keys, not rows: when a row is deleted, those it belonged to may be gone already.
Dependents = Callable[[Any], Iterable[Any]]
Key = tuple[type[models.Model], Any]

_kinds: dict[type[models.Model], Kind] = {}
_dependents: dict[type[models.Model], list[tuple[type[models.Model], Dependents]]] = {}


def register(
    model: type[models.Model],
    *,
    kind: str,
    label: str,
    queryset: Callable[[], models.QuerySet[Any]],
    document: Callable[[Any], Document | None],
    depends_on: Mapping[type[models.Model], Dependents] | None = None,
    passages: Passages | None = None,
    documents: Documents | None = None,
) -> None:
    """Make the rows of `model` findable.

    `document` turns a row of `queryset()` into a Document, or into None while nobody may find it. `label` is the plural
    that visitors read. `depends_on` gives, for a changed row of a further model, the keys of the rows to index.
    `passages` gives the parts of rows that were found, `documents` those of many rows that were just made.
    """
    _kinds[model] = Kind(
        model=model,
        name=kind,
        label=label,
        queryset=queryset,
        document=document,
        passages=passages,
        documents=documents,
    )
    for other, dependents in (depends_on or {}).items():
        _dependents.setdefault(other, []).append((model, dependents))


def kind_of(model: type[models.Model]) -> Kind | None:
    return _kinds.get(model)


def kind_named(name: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.name == name), None)


def kinds() -> list[Kind]:
    return list(_kinds.values())


def singular_of(name: str) -> str:
    """Return what one row of the kind `name` is called."""
    return next((str(kind.model._meta.verbose_name).capitalize() for kind in kinds() if kind.name == name), name)


def registered_kinds() -> dict[str, str]:
    """Return the label of every kind by its name, in the order of registration."""
    return {kind.name: kind.label for kind in _kinds.values()}


def rows_touched_by(instance: models.Model) -> list[Key]:
    """Return model and key of the searchable rows whose documents may change with `instance`, itself included."""
    keys: list[Key] = [(type(instance), instance.pk)] if type(instance) in _kinds else []
    for model, dependents in _dependents.get(type(instance), ()):
        keys += [(model, key) for key in dependents(instance)]
    return keys
