"""Where links stand, as the floors that hold them announce when they are ready: in lists, reports, presentations."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from papers.documents.links import find_links


@dataclass(frozen=True)
class Place:
    """A row in which an address stands: how it is called, its page, and how the address is replaced there.

    `may_edit` says who may; `replace` writes through the row's ordinary service, in the name of a member.
    """

    url: str
    title: str
    path: str
    may_edit: Callable[[Any], bool]
    replace: Callable[[str, Any], None]


@dataclass(frozen=True)
class LinkHolder:
    """`links` yields every address, over and over if it stands so; `places` those rows in which some stand."""

    links: Callable[[], Iterator[str]]
    places: Callable[[list[str]], Iterator[Place]]


_holders: list[LinkHolder] = []


def register_holder(holder: LinkHolder) -> None:
    if holder not in _holders:
        _holders.append(holder)


def all_links() -> Iterator[str]:
    """Every web address in every text, as often as it stands there."""
    for holder in _holders:
        for url in holder.links():
            if url.startswith(("http://", "https://")):
                yield url


def places_of(urls: Iterable[str]) -> dict[str, list[Place]]:
    """The places in which each address stands; a constant number of queries."""
    wanted = list(urls)
    found: dict[str, list[Place]] = {url: [] for url in wanted}
    if wanted:
        for holder in _holders:
            for place in holder.places(wanted):
                found[place.url].append(place)
    return found


def links_in(text: str) -> list[str]:
    """The addresses in a Markdown text."""
    return [link.href for link in find_links(text)] if "://" in text else []


def replace_in(text: str, old: str, new: str) -> str:
    """Put `new` where the address `old` stands as a whole in a Markdown text, not where it only begins another."""
    ends = r"(?=[)\]>\s\"']|[.,;:!?](?:\s|$)|$)"
    return re.sub(rf"(?<![\w/]){re.escape(old)}{ends}", lambda _: new, text)
