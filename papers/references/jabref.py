"""Groups of JabRef, in which Better BibTeX writes a Zotero library's collections too, and BibDesk's static groups.

JabRef 3 names the members in the tree; later ones write the names of groups into a field of each entry.
"""

import plistlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers.expat import ExpatError

from papers.references.reference import Path

_TREE = re.compile(r"^\s*jabref-meta:\s*(?:groupstree|grouping):", re.I)
_BIBDESK = re.compile(r"^\s*BibDesk Static Groups\s*\{", re.I)
_LINE = re.compile(r"\s*(\d{1,3})\s+(\w+):(.*)", re.S)
MAX_GROUPS = 5_000
MAX_DEPTH = 30


@dataclass
class Group:
    """`members` are keys of entries; `keyword` is the field and the word that make an entry a member."""

    path: Path
    members: set[str] = field(default_factory=set)
    keyword: tuple[str, str] | None = None


def groups_of(comment: str) -> list[Group] | None:
    """The groups that a comment of BibTeX declares, in their order; None for any other comment."""
    if found := _TREE.match(comment):
        return list(_tree(comment[found.end() :]))
    if found := _BIBDESK.match(comment):
        return _bibdesk(comment[found.end() :].rstrip().removesuffix("}"))
    return None


def is_metadata(comment: str) -> bool:
    """Whether a comment is a program's own memory, such as the order in which it saves."""
    return bool(re.match(r"^\s*(?:jabref-|bibdesk)", comment, re.I))


def _tree(text: str) -> Iterator[Group]:
    # Lines are broken anywhere, so the breaks mean nothing.
    around: list[str] = []
    for number, piece in enumerate(_split(text.replace("\r", "").replace("\n", ""))):
        found = _LINE.fullmatch(piece)
        if not found or number > MAX_GROUPS:
            continue
        depth, kind, told = int(found[1]), found[2], _split(found[3])
        name = " ".join(told[0].split()) if told else ""
        if depth == 0 or not name or depth > MAX_DEPTH:
            continue
        around = [*around[: depth - 1], name]
        group = Group(tuple(around))
        if kind == "KeywordGroup" and len(told) > 3:
            group.keyword = (told[2].lower(), told[3].lower())
        elif kind in {"ExplicitGroup", "StaticGroup"}:
            group.members = {key.strip() for key in told[2:] if key.strip()}
        yield group


def _split(text: str) -> list[str]:
    """The parts between semicolons; a backslash before a sign says that it is part of the text."""
    parts, current, escaped = [], [], False
    for character in text:
        if escaped:
            current.append(character)
            escaped = False
        elif character == "\\":
            escaped = True
        elif character == ";":
            parts.append("".join(current))
            current = []
        else:
            current.append(character)
    return [*parts, "".join(current)] if current else parts


def _bibdesk(text: str) -> list[Group]:
    try:
        told = plistlib.loads(text.strip().encode())
    except (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return []
    groups = []
    for one in told if isinstance(told, list) else []:
        name, keys = (one.get("group name"), one.get("keys")) if isinstance(one, dict) else (None, None)
        if isinstance(name, str) and isinstance(keys, str) and name.strip():
            groups.append(Group((" ".join(name.split()),), {key.strip() for key in keys.split(",")}))
    return groups[:MAX_GROUPS]
