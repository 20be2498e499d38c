"""Bring in whatever file, folder or zip file somebody has: documents, or references of a reference manager."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from papers.documents.document import Shape
from papers.documents.source import DocumentRefused, decode_document
from papers.references import is_reference_file
from papers.references.reading import MAX_BYTES as MOST_REFERENCE_BYTES
from papers.services.importing import ImportRun
from papers.services.importing_references import import_references
from sessions.services.importing import import_document
from sessions.services.importing_folders import FolderRun, has_pages, import_folder

NOT_ONLY_PAPERS = "Only a file of references (BibTeX, RIS, CSL-JSON) can be brought in as papers without a list."
MOST_FILES = 500
#: The shapes that files of references take; a text may take any other.
_OF_REFERENCES = {None, Shape.PAPERS, Shape.READING_LIST}


def import_file(
    data: bytes,
    *,
    name: str,
    folder: Path | None = None,
    base_url: str = "",
    shape: Shape | None = None,
    title: str = "",
    **how: Any,
) -> ImportRun:
    """Import one file: references by their format, anything else as Markdown.

    `how` is `imported_by`, `dry_run` and `progress`. Raises DocumentRefused.
    """
    if shape in _OF_REFERENCES and is_reference_file(name, data):
        return import_references([(name, data)], title=title, papers_only=shape == Shape.PAPERS, **how)
    if shape == Shape.PAPERS:
        raise DocumentRefused(NOT_ONLY_PAPERS)
    text, doubts = decode_document(data)
    run = import_document(text, name=name, folder=folder, base_url=base_url, shape=shape, **how)
    run.warnings = [*doubts, *run.warnings]
    return run


def import_any_folder(
    folder: Path,
    *,
    name: str = "",
    base_url: str = "",
    shape: Shape | None = None,
    title: str = "",
    progress: Callable[[int, int], None] | None = None,
    **how: Any,
) -> ImportRun | FolderRun:
    """Import a folder: its pages, or when it has none its files of references, as one list.

    `how` is `imported_by` and `dry_run`. Raises DocumentRefused.
    """
    files = _reference_files(folder) if shape in _OF_REFERENCES else []
    if files and (shape == Shape.PAPERS or not has_pages(folder)):
        named = [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
        papers_only = shape == Shape.PAPERS
        title = title or name or folder.name
        return import_references(named, title=title, papers_only=papers_only, progress=progress, **how)
    if shape == Shape.PAPERS:
        raise DocumentRefused(NOT_ONLY_PAPERS)
    run = import_folder(folder, name=name, base_url=base_url, shape=shape, **how)
    for path in files:
        run.warn(0, path.relative_to(folder).as_posix(), "references beside pages were left alone; import them alone")
    return run


def _reference_files(folder: Path) -> list[Path]:
    """Files of references in it, in the order of their names; links out of the folder are not followed."""
    found = []
    for root, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            path = Path(root, name)
            if path.is_symlink() or name.startswith(".") or path.stat().st_size > MOST_REFERENCE_BYTES:
                continue
            if path.suffix.lower() not in {".md", ".txt"} and is_reference_file(name, _beginning(path)):
                found.append(path)
    if len(found) > MOST_FILES:
        raise DocumentRefused(f"It has {len(found):,} files of references; {MOST_FILES} are possible.")
    return found


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(20_000)
