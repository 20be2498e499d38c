"""People and groups as files of references write them."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from papers.metadata.values import full_name, natural_name
from papers.references.latex import plain_line
from papers.references.text import clean_line

MAX_PEOPLE = 3_000
MAX_NAME = 300
_OTHERS = {"others", "et al", "et al."}


def people_of_bibtex(value: str) -> tuple[str, ...]:
    """The names in a field of BibTeX: "Last, First and von Last, Jr, First and {A Group}"."""
    return _each_once(_name_of_bibtex(name) for name in split_multiple_persons_names(value)[:MAX_PEOPLE])


@lru_cache(maxsize=10_000)
def _name_of_bibtex(name: str) -> str:
    name = name.strip()
    if name.lower() in _OTHERS:
        return ""
    if name.startswith("{") and name.endswith("}") and _is_whole(name):
        return plain_line(name, MAX_NAME)
    if "family=" in name.replace(" ", ""):
        return _extended(name)
    try:
        parts = parse_single_name_into_parts(name, strict=False)
    except InvalidNameError:
        return plain_line(name, MAX_NAME)
    # A comma in braces is part of a name.
    words = [" ".join(words).replace("{,}", ",") for words in (parts.first, parts.von, parts.last, parts.jr)]
    first, von, last, junior = (plain_line(word, MAX_NAME) for word in words)
    return full_name(first, f"{von} {last}".strip(), junior)


def _is_whole(name: str) -> bool:
    """Whether the first brace is closed by the last."""
    depth = 0
    for place, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth == 0:
            return place == len(name) - 1
    return False


def _extended(name: str) -> str:
    """BibLaTeX's other form: family=Last, given=First, prefix=von, useprefix=true."""
    parts = dict(part.split("=", 1) for part in name.replace(" =", "=").replace("= ", "=").split(",") if "=" in part)
    told = {key.strip().lower(): plain_line(value, MAX_NAME) for key, value in parts.items()}
    family = f"{told.get('prefix', '')} {told.get('family', '')}".strip()
    return full_name(told.get("given", ""), family, told.get("suffix", ""))


def people_of_ris(values: Iterable[str]) -> tuple[str, ...]:
    """One name in each field: "Last, First, Suffix", or a group."""
    names = [clean_line(value, MAX_NAME) for value in list(values)[:MAX_PEOPLE]]
    return _each_once(natural_name(name) for name in names if name.lower() not in _OTHERS)


def people_of_csl(values: Any) -> tuple[str, ...]:
    """Names of CSL-JSON, and of Zotero's items: family and given, literal, or name."""
    people = [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
    return _each_once(_name_of_csl(person) for person in people[:MAX_PEOPLE])


def _name_of_csl(person: dict[str, Any]) -> str:
    whole = person.get("literal") or person.get("name")
    if isinstance(whole, str) and whole.strip():
        return clean_line(whole, MAX_NAME)

    def part(*names: str) -> str:
        return next((clean_line(text, MAX_NAME) for name in names if isinstance(text := person.get(name), str)), "")

    particle = f"{part('dropping-particle')} {part('non-dropping-particle')}".strip()
    family = f"{particle} {part('family', 'lastName')}".strip()
    return full_name(part("given", "firstName"), family, part("suffix"))


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if any(character.isalnum() for character in name)))
