"""BibTeX and BibLaTeX: what people keep, and what Zotero, Better BibTeX, JabRef, Mendeley and we write."""

import logging
import re
from dataclasses import dataclass, field

from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ExplicitComment,
    Field,
    ImplicitComment,
    ParsingFailedBlock,
    String,
)

from papers.references.bibtex_blocks import read_blocks
from papers.references.bibtex_fields import USED, fill_reference
from papers.references.bibtex_values import MAX_STRINGS, ValueRefused, read_value
from papers.references.jabref import Group, groups_of, is_metadata
from papers.references.reference import Broken, Path, Reference, ReferenceFile

# It tells of each broken block; we tell the person instead.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

#: Fields in which programs write the names of groups, and what stands between names, and between a name and the next.
_GROUP_FIELDS = {"groups": "", "mendeley-groups": "/", "collections": "/", "coll": "/"}
_TWICE = "the key is used twice; both were taken"


@dataclass
class _Reading:
    """A file as it is read: strings and keys so far, groups, and the lines before those that a block counts."""

    file: ReferenceFile
    strings: dict[str, str] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    groups: list[Group] = field(default_factory=list)
    lines: int = 0

    def line_of(self, piece: Block | Field) -> int:
        return self.lines + (piece.start_line or 0) + 1


def read_bibtex(text: str) -> ReferenceFile:
    """Every entry of the file; what is broken is kept as it is written."""
    reading = _Reading(ReferenceFile("BibTeX file"))
    for block, reading.lines in read_blocks(text):
        _read_block(block, reading)
    _place(reading)
    return reading.file


def _read_block(block: Block, reading: _Reading) -> None:
    file, line = reading.file, reading.line_of(block)
    match block:
        case DuplicateBlockKeyBlock() | DuplicateFieldKeyBlock():
            if block.ignore_error_block is not None:
                _read_block(block.ignore_error_block, reading)
        case ParsingFailedBlock():
            reason = getattr(block.error, "abort_reason", "") or "it cannot be read"
            file.broken.append(Broken(line, (block.raw or "").strip(), f"this entry is broken: {reason.strip()}"))
        case Entry():
            if block.key in reading.keys:
                file.warn(line, block.key, _TWICE)
            reading.keys.add(block.key)
            _read_entry(block, line, reading)
        case String():
            _read_string(block, line, reading)
        case ExplicitComment() | ImplicitComment():
            _read_comment(block, line, reading)


def _read_comment(block: ExplicitComment | ImplicitComment, line: int, reading: _Reading) -> None:
    if isinstance(block, ImplicitComment):
        lines = [part for part in block.comment.splitlines() if part.strip() and not part.lstrip().startswith("%")]
        if lines:
            reading.file.warn(line, " ".join(lines), "text between entries, which belongs to none of them")
        return
    groups = groups_of(block.comment)
    if groups is not None:
        reading.groups += groups
    elif not is_metadata(block.comment):
        reading.file.warn(line, block.comment, "a comment, which no reader sees")


def _read_string(block: String, line: int, reading: _Reading) -> None:
    if len(reading.strings) >= MAX_STRINGS:
        return
    try:
        value, unknown = read_value(str(block.value), reading.strings)
    except ValueRefused as error:
        reading.file.warn(line, block.key, f"this string was left out: {error}")
        return
    if unknown:
        reading.file.warn(line, block.key, f"this string names another that is not defined: {unknown[0][:60]}")
    reading.strings[block.key.lower()] = value


def _read_entry(entry: Entry, line: int, reading: _Reading) -> None:
    file = reading.file
    values: dict[str, list[str]] = {}
    for one in entry.fields:
        name = one.key.lower().strip()
        try:
            value, unknown = read_value(str(one.value).strip(), reading.strings)
        except ValueRefused as error:
            file.warn(reading.line_of(one), f"{entry.key}: {name}", f"this field was left out: {error}")
            continue
        for string in unknown:
            reason = f"no string of this name is defined; it stands in {name} as it is"
            file.warn(reading.line_of(one), string, reason)
        if value.strip():
            values.setdefault(name, []).append(value)
    reference = Reference(line=line, key=entry.key[:200])
    fill_reference(reference, entry.entry_type.lower(), values, file)
    if not (reference.title or reference.identifiers or reference.address):
        file.broken.append(Broken(line, entry.raw or entry.key, "this entry has no title, identifier or address"))
        return
    for name in values:
        if name not in USED and name not in _GROUP_FIELDS:
            file.note_unused(line, name)
    reference.filed = {name: ", ".join(values[name]) for name in (*_GROUP_FIELDS, "keywords") if name in values}
    file.add(reference)


def _place(reading: _Reading) -> None:
    """Say of each reference in which collections it is, the declared groups first and in their order."""
    file = reading.file
    by_name: dict[str, Path] = {}
    for group in reading.groups:
        by_name.setdefault(group.path[-1].casefold(), group.path)
        file.add_collection(group.path)
    members: dict[str, list[Path]] = {}
    words: dict[tuple[str, str], list[Path]] = {}
    for group in reading.groups:
        for key in group.members:
            members.setdefault(key, []).append(group.path)
        if group.keyword:
            words.setdefault(group.keyword, []).append(group.path)

    def place(reference: Reference) -> None:
        paths = list(members.get(reference.key, []))
        for name, separator in _GROUP_FIELDS.items():
            named = _paths(reference.filed.get(name, ""), separator)
            paths += [by_name.get(path[-1].casefold(), path) for path in named]
        for word in re.split(r"[,;]", reference.filed.get("keywords", "")) if words else ():
            paths += words.get(("keywords", word.strip().lower()), [])
        reference.collections = list(dict.fromkeys(paths))
        for path in reference.collections:
            file.add_collection(path)

    file.change(place)


def _paths(text: str, separator: str) -> list[Path]:
    """Names between commas; where programs write the names around a name too, they stand before it."""
    names = [" ".join(name.replace("{", "").replace("}", "").split()) for name in re.split(r"[,;]", text)]
    parts = [tuple(part.strip() for part in name.split(separator)) if separator else (name,) for name in names if name]
    return [tuple(part for part in path if part) for path in parts if any(path)]
