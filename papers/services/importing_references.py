"""Bringing files of references in, as papers or as a reading list whose sections are the file's collections."""

from collections.abc import Iterator
from heapq import merge
from itertools import chain
from pathlib import PurePath
from typing import Any

from django.db import transaction

from papers.documents.document import Document, DocumentEntry, DocumentLink, DocumentSection, Shape
from papers.documents.source import DocumentRefused
from papers.documents.warnings import DocumentWarning
from papers.references import Broken, Reference, ReferenceFile, read_references
from papers.references.reference import Path
from papers.services.duplicates import find_duplicates
from papers.services.import_runs import ImportRun, document_key
from papers.services.importing import keep_document
from papers.services.importing_lists import import_list
from papers.services.reference_papers import import_papers
from papers.services.same_titles import meet_reports_and_entries
from papers.titles import title_key

#: What is broken is kept as text in the list up to this length; all of it is in the kept document.
MOST_TEXT = 5_000
MAX_PEOPLE = 500


def import_references(
    files: list[tuple[str, bytes]], *, title: str = "", papers_only: bool = False, **options: Any
) -> ImportRun:
    """Import files of references, called by their names, in one transaction; with `dry_run` nothing is written.

    One file becomes a list named after it; of several, each is a section named after its file, and a folder in a name
    is the section around it. With `papers_only` there is no list. `options` are fields of `ImportRun`: `imported_by`,
    `dry_run`, `progress`. Raises DocumentRefused.
    """
    if not files:
        raise DocumentRefused("There is no file of references in it.")
    name = files[0][0] if len(files) == 1 else title or "references"
    title = (title or _title(name))[:300]
    key = document_key(PurePath(name).name, title) + ("/papers" if papers_only else "")
    run = ImportRun(key=key, **options)
    read = [(path, read_references(data, name=path)) for path, data in files]
    if len(read) > 1:
        read = [(path, _inside(path, file)) for path, file in read]
    contents = [file for _, file in read]
    _set_shared_addresses_apart(contents)
    document = _document(title, read, papers_only)
    run.total, run.rounds = (
        (sum(len(file.references) for _, file in read), 1) if papers_only else (len(document.entries), 2)
    )
    run.title, run.shape = title, str(document.shape)
    _count(run, document, contents)
    with transaction.atomic():
        keep_document(document, source=_source(files), run=run)
        for file in contents:
            import_papers(file.references, source=file.source, run=run)
        if not papers_only:
            run.files["list"] = import_list(document, run=run)
        run.advance(run.total * run.rounds - run.done)
        run.settle()
        find_duplicates(set(run.papers.values()))
        meet_reports_and_entries()
        if run.dry_run:
            transaction.set_rollback(True)
    run.warnings = sorted([*document.warnings, *run.warnings], key=lambda warning: warning.line)
    return run


def _title(name: str) -> str:
    return " ".join(PurePath(name).stem.replace("_", " ").split()) or "References"


def _source(files: list[tuple[str, bytes]]) -> str:
    """The files as text, for the kept document."""
    return "\n\n".join(data.decode("utf-8", errors="replace").replace("\x00", "") for _, data in files)


def _inside(name: str, file: ReferenceFile) -> ReferenceFile:
    """The file as a section: its own collections are below it."""
    around = tuple(_title(part) for part in PurePath(name).parts)

    def move(reference: Reference) -> None:
        reference.collections = [(*around, *path) for path in reference.collections] or [around]

    file.change(move)
    collections, file.collections = file.collections, []
    for path in [around, *((*around, *path) for path in collections)]:
        file.add_collection(path)
    file.warnings = [DocumentWarning(w.line, w.kept, f"{name}: {w.reason}") for w in file.warnings]
    return file


def _set_shared_addresses_apart(files: list[ReferenceFile]) -> None:
    """An address that stands in works of different titles, such as a journal's front page, names none of them."""
    titles: dict[str, str] = {}
    shared: set[str] = set()
    for reference in chain.from_iterable(file.references for file in files):
        for named in reference.identifiers:
            key = title_key(reference.title)
            if named.scheme == "url" and titles.setdefault(named.value, key) != key:
                shared.add(named.value)

    def forget(reference: Reference) -> None:
        reference.identifiers = [one for one in reference.identifiers if one.scheme != "url" or one.value not in shared]

    for file in files if shared else ():
        file.change(forget)


def _document(title: str, read: list[tuple[str, ReferenceFile]], papers_only: bool) -> Document:
    """The list that the files are."""
    document = Document(shape=Shape.PAPERS if papers_only else Shape.READING_LIST, title=title, uses_math=True)
    numbers: dict[Path, int] = {}
    for name, file in read:
        for path in file.collections:
            if path not in numbers:
                numbers[path] = len(numbers)
                parent = numbers[path[:-1]] if len(path) > 1 else None
                document.sections.append(DocumentSection(path[-1], 0, level=len(path), parent=parent))
        pieces: Iterator[Reference | Broken] = merge(file.references, file.broken, key=lambda piece: piece.line)
        top = numbers.get(tuple(_title(part) for part in PurePath(name).parts)) if len(read) > 1 else None
        for piece in pieces:
            if isinstance(piece, Broken):
                document.warn(piece.line, piece.text, piece.reason)
                document.entries.append(_text_entry(piece, top))
            else:
                document.entries.extend(_entries(piece, numbers))
            document.entries.settle()
        document.warnings += file.warnings
    return document


def _text_entry(broken: Broken, section: int | None) -> DocumentEntry:
    fence = "~~~~"
    text = broken.text[:MOST_TEXT].replace(fence, "~~~")
    return DocumentEntry("", broken.line, section=section, commentary=f"{fence}\n{text}\n{fence}")


def _entries(reference: Reference, numbers: dict[Path, int]) -> list[DocumentEntry]:
    """An entry for each collection that the reference is in."""
    title = reference.title or reference.best_address or reference.key
    link = DocumentLink(reference.best_address, title, reference.line, is_main=True, work=reference.work)
    return [
        DocumentEntry(
            "",
            reference.line,
            section=numbers[path] if path else None,
            commentary=reference.note,
            links=[link],
            year=reference.published_on.year if reference.published_on else None,
            people=_people(reference.authors),
        )
        for path in reference.collections or [()]
    ]


def _people(names: tuple[str, ...]) -> str:
    """As many names as there is place for."""
    text = ", ".join(names)
    if len(text) <= MAX_PEOPLE:
        return text
    kept = text[: MAX_PEOPLE - len(" and others")]
    return f"{kept[: kept.rfind(', ')]} and others"


def _count(run: ImportRun, document: Document, files: list[ReferenceFile]) -> None:
    arxiv: set[str] = set()
    links = 0
    for reference in chain.from_iterable(file.references for file in files):
        run.works.add(("work", reference.work))
        arxiv |= {named.value for named in reference.identifiers if named.scheme == "arxiv"}
        links += bool(reference.best_address)
    run.counts.update(document.counts())
    run.counts["entries"], run.counts["links"] = len(document.entries), links
    run.counts["papers"], run.counts["arxiv"] = len(run.works), len(arxiv)
