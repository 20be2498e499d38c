"""One import as it goes: where the document comes from, what was found here already, what was done.

A row made from a document carries an `import_key`. What the last import wrote is remembered as digests, field by field:
a field that still holds what an import wrote follows the document; one that a person changed since is left alone.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.db import models
from django.utils.text import slugify

from papers.documents.warnings import DocumentWarning
from papers.services.import_memory import Digests, ImportMemory
from readinggroup.models import Member

MAX_FILE_BYTES = 50 * 1024 * 1024
#: Folders whose content generators of sites put at the root.
SITE_ROOTS = ("", "static", "public", "content", "source", "docs")


def digest(value: Any) -> str:
    """A short name for a value; equal values have equal names."""
    if value is None or value == "":
        return _DIGEST_OF_NOTHING[value]
    return _digest(value)


def _digest(value: Any) -> str:
    plain = value.isoformat() if isinstance(value, date) else value
    text = json.dumps(plain, ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.blake2b(text.encode("utf-8", errors="replace"), digest_size=6).hexdigest()


#: Most fields of most entries are empty, and ten thousand equal strings are one.
_DIGEST_OF_NOTHING = {nothing: _digest(nothing) for nothing in (None, "")}


@dataclass
class ImportRun:
    """One import as it goes: where the document comes from, and what has been done with it so far.

    `folder` is where files named relatively are looked for (None: nowhere); `base_url` is the address of the document
    on the web, from which relative addresses can be completed. `place` is the folder within `folder` from which names
    are relative, `page` the document's own name in it, and `files` says which row each file that was followed became.
    `before` and `written` are the digests of what the last import and this one wrote, by entry and field; `settle` lets
    go of both. `papers` are the numbers of the papers behind works that links name without an address; `progress` is
    told how many of the `total` entries are done, where each is gone through `rounds` times.
    """

    key: str
    folder: Path | None = None
    base_url: str = ""
    imported_by: Member | None = None
    dry_run: bool = False
    title: str = ""
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    works: set[tuple[str, str]] = field(default_factory=set)
    shape: str = ""
    warnings: list[DocumentWarning] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    before: ImportMemory = field(default_factory=ImportMemory)
    written: dict[str, Digests] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    bodies: list[Any] = field(default_factory=list)
    summaries: list[Any] = field(default_factory=list)
    place: str = ""
    #: The address that the site's own settings give.
    site: str = ""
    #: Which files the names in links of a wiki mean.
    names: dict[str, str] = field(default_factory=dict)
    page: str = ""
    papers: dict[str, int] = field(default_factory=dict)
    progress: Callable[[int, int], None] | None = None
    total: int = 0
    rounds: int = 1
    done: int = 0

    def advance(self, count: int) -> None:
        """Say that so many more entries are done."""
        self.done += count
        if self.progress:
            self.progress(min(self.done // self.rounds, self.total), self.total)

    def warn(self, line: int, kept: str, reason: str) -> None:
        self.warnings.append(DocumentWarning(line, kept, reason))

    def entry_key(self, kind: str, number: int | None, title: str) -> str:
        """The `import_key` of an entry; a second entry of the same name in one document gets a key of its own."""
        base = key = f"{self.key}#{slugify(kind)}-{number or slugify(title)[:120] or 'untitled'}"
        count = 1
        while key in self.keys:
            count += 1
            key = f"{base}-again-{count}"
        self.keys.add(key)
        return key

    def address(self, href: str) -> str:
        """The whole address of `href`, or "" when it is relative and the document's own address is unknown."""
        if urlsplit(href).scheme in {"http", "https"}:
            return href
        return urljoin(self.base_url, href) if self.base_url else ""

    def file_path(self, href: str) -> Path | None:
        """A file beside the document, None when it is not there or outside the folder.

        A folder that holds a single PDF stands for it.
        """
        if self.folder is None or not href or urlsplit(href).scheme or urlsplit(href).netloc:
            return None
        folder = self.folder.resolve()
        try:
            return next(filter(None, (_file_at(path, folder) for path in self._places_of(href, folder))), None)
        except (OSError, ValueError):
            # A name too long for the file system, or with a NUL in it.
            return None

    def _places_of(self, href: str, folder: Path) -> Iterator[Path]:
        """Where a file may be. Of an address from the root of a site nobody says which folder is the root."""
        name = unquote(urlsplit(href).path)
        if not name.startswith("/"):
            yield folder / self.place / name
            # The folder beside a post that holds its files and is called as it is.
            yield folder / Path(self.page).with_suffix("") / name
            return
        here = Path(self.place)
        for above in (Path(), *reversed(here.parents), here):
            for root in SITE_ROOTS:
                yield folder / above / root / name.lstrip("/")

    def read_file(self, href: str) -> bytes | None:
        """The bytes of a file beside the document, or None when it is not there, too large, or outside the folder."""
        path = self.file_path(href)
        try:
            return path.read_bytes() if path and path.stat().st_size <= MAX_FILE_BYTES else None
        except OSError:
            return None

    def file_name(self, href: str) -> str:
        """The name of a file beside the document within the folder, "" when it is outside or the folder unknown."""
        if self.folder is None:
            return ""
        if path := self.file_path(href):
            return path.relative_to(self.folder.resolve()).as_posix()
        try:
            name = unquote(urlsplit(href).path)
            base = self.folder if name.startswith("/") else self.folder / self.place
            path = (base / name.lstrip("/")).resolve()
            return path.relative_to(self.folder.resolve()).as_posix()
        except (OSError, ValueError):
            return ""

    def remember(self, key: str, values: dict[str, Any]) -> None:
        """Note what was written for a new entry."""
        self.written[key] = {name: digest(value) for name, value in values.items()}

    def changes(
        self, key: str, values: dict[str, Any], current: Callable[[str], Any], *, line: int, what: str
    ) -> dict[str, Any]:
        """Which of `values` are to be written to a row that is here: those that the document changed and nobody else.

        `current` tells what the row holds; `what` names the row in the warning about a field that was edited here.
        """
        before = self.before.get(key)
        noted = self.written.setdefault(key, {})
        result: dict[str, Any] = {}
        for name, value in values.items():
            new, now = digest(value), digest(current(name))
            old = before.get(name) if before else None
            noted[name] = new
            if new in (now, old) or before is None:
                continue
            if now == old:
                result[name] = value
            elif old is not None:
                noted[name] = old
                self.warn(
                    line, what, f"changed in the document, but its {name.replace('_', ' ')} was edited here; left alone"
                )
        return result

    def settle(self) -> None:
        """Keep what was written so far, for the next import."""
        self.before.settle(self.written)
        self.written.clear()

    def changes_of_links(self, key: str, links: list[Any], here: list[Any], *, line: int, what: str) -> bool:
        """Whether the links of an entry are to be written anew."""
        before, noted = self.before.get(key) or {}, self.written.setdefault(key, {})
        new = noted["links"] = digest(links)
        old = before.get("links", new)
        if new == old:
            return False
        if old == digest(here):
            return True
        noted["links"] = old
        self.warn(line, what, "changed in the document, but its links were edited here; left alone")
        return False

    def update(self, row: models.Model, key: str, values: dict[str, Any], *, line: int, what: str) -> dict[str, Any]:
        """Bring the fields of a row up to date as `changes` says, and return what was written."""
        changed = self.changes(key, values, lambda name: getattr(row, name), line=line, what=what)
        for name, value in changed.items():
            setattr(row, name, value)
        return changed


def _file_at(path: Path, folder: Path) -> Path | None:
    path = path.resolve()
    if path != folder and path.is_dir() and path.is_relative_to(folder):
        inside = [child.resolve() for child in path.glob("*.pdf")]
        path = inside[0] if len(inside) == 1 else path
    return path if path.is_relative_to(folder) and path.is_file() else None


def document_key(name: str, title: str) -> str:
    """How a document is known again: by its file name and its title, not by the folder it lay in."""
    return f"{slugify(Path(name).stem)[:80]}/{slugify(title)[:100]}"
