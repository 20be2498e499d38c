"""What belongs to a member, as told by the floors that hold it: shown on their page, exported, and let go of.

The ground floor knows no papers or presentations; each app registers its own in `AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from readinggroup.models import Member

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Belonging:
    """One kind of thing that members have.

    `key` names it in the export; `export` returns its rows as plain data; `release` is called inside the transaction
    that erases the account, with the name that stays in the archive, and cuts the ties without leaving holes. A kind
    that shows on the public page has a `heading`, a `template` for one row called `row_name`, and `shown`, which
    returns the rows that a given reader may see.
    """

    key: str
    export: Callable[[Member], Rows]
    release: Callable[[Member, str], None]
    heading: str = ""
    template: str = ""
    row_name: str = ""
    shown: Callable[[Member, Any], Any] | None = None


@dataclass(frozen=True)
class Shelf:
    """A registered kind with the rows that one reader sees on a member's page."""

    heading: str
    template: str
    row_name: str
    rows: list[Any]


_registered: dict[str, Belonging] = {}


def register(belonging: Belonging) -> None:
    """Make a kind known; registering it again replaces it."""
    _registered[belonging.key] = belonging


def registered() -> list[Belonging]:
    return list(_registered.values())


def shelves_of(member: Member, reader: Any, *, most: int = 30) -> list[Shelf]:
    """What `reader` sees of `member`'s things, kinds without any left out."""
    shelves = []
    for kind in registered():
        rows = list(kind.shown(member, reader)[:most]) if kind.shown else []
        if rows:
            shelves.append(Shelf(kind.heading, kind.template, kind.row_name, rows))
    return shelves
