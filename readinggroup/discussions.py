"""What can be discussed, as the floors that hold it announce when they are ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404

from readinggroup.models import Comment, Member


@dataclass(frozen=True)
class Discussed:
    """A kind of row with a discussion under it.

    `key` stands in addresses; `visible` returns the rows that somebody may see, and whoever sees a row may take part;
    `people` are the members whose own it is, and who hear of comments; `form` may ask for a place in it.
    """

    key: str
    model: type[models.Model]
    visible: Callable[[Any], models.QuerySet[Any]]
    people: Callable[[Any], Iterable[Member]]
    form: type[forms.Form]


_kinds: dict[str, Discussed] = {}


def register_discussed(kind: Discussed) -> None:
    """Make a kind known; registering it again replaces it."""
    _kinds[kind.key] = kind


def kind_of(row: models.Model) -> Discussed:
    """The kind that `row` is of. Raises KeyError for what is not discussed."""
    return next(kind for kind in _kinds.values() if isinstance(row, kind.model))


def kind_called(key: str) -> Discussed:
    """The kind with this key. Raises Http404."""
    if key not in _kinds:
        raise Http404
    return _kinds[key]


def subject_or_404(user: Any, key: str, pk: int) -> Any:
    """The row called so, for somebody who may see it."""
    row = kind_called(key).visible(user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def subject_of(comment: Comment, user: Any) -> Any | None:
    """What a comment is about, None when it is gone or `user` may not see it."""
    for kind in _kinds.values():
        if ContentType.objects.get_for_model(kind.model).pk == comment.subject_type_id:
            return kind.visible(user).filter(pk=comment.subject_id).first()
    return None
