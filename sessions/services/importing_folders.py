"""Bring a folder in, such as the checkout of a blog: its index page with the files it links to, then its other pages.

A page that another one links to as the text of a report is that report's text, and no document of its own. All pages
together are one transaction.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from papers.documents.document import Document, Shape
from papers.documents.reading import read_document
from papers.documents.source import DocumentRefused, decode_document
from papers.documents.warnings import DocumentWarning
from papers.models import ImportedDocument
from papers.services.importing import ImportRun, document_key
from readinggroup.models import Member
from sessions.services.importing import close_document, load_document
from sessions.services.same_titles import meet_by_title

MAX_FILES = 20_000
MAX_PAGES = 2_000
_PAGES = {".md", ".markdown", ".mkd", ".mdown", ".mdx", ".qmd", ".rmd"}
_INDEX = ("readme", "index", "_index", "home")
# What belongs to a repository or to the machinery of a site, not to what its people wrote.
_NOT_WRITING = {
    "license",
    "licence",
    "contributing",
    "code_of_conduct",
    "code-of-conduct",
    "changelog",
    "security",
    "pull_request_template",
    "issue_template",
    "bug_report",
    "feature_request",
    "404",
    "_sidebar",
    "_navbar",
    "_coverpage",
}
_SKIPPED_FOLDERS = {
    "node_modules",
    "vendor",
    "venv",
    "__pycache__",
    "dist",
    "themes",
    "archetypes",
    "_layouts",
    "_includes",
    "_sass",
}


@dataclass
class FolderRun:
    """What the import of all pages together did; `counts`, `added` and so on are sums, papers apart."""

    title: str
    shape: str
    dry_run: bool
    counts: Counter[str] = field(default_factory=Counter)
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    warnings: list[DocumentWarning] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    works: set[tuple[str, str]] = field(default_factory=set)
    open: list[tuple[str, ImportedDocument, ImportRun]] = field(default_factory=list)

    def warn(self, line: int, kept: str, reason: str) -> None:
        self.warnings.append(DocumentWarning(line, kept, reason))


def has_pages(folder: Path) -> bool:
    """Whether there is a page in it that somebody wrote."""
    return next(_pages(folder.resolve()), None) is not None


def import_folder(
    folder: Path,
    *,
    base_url: str = "",
    imported_by: Member | None = None,
    dry_run: bool = False,
    shape: Shape | None = None,
) -> FolderRun:
    """Import every page of `folder`, the index page first. Raises DocumentRefused when there is none to import."""
    folder = folder.resolve()
    pages = _in_order(list(_pages(folder)), folder)
    if not pages:
        raise DocumentRefused("There is no Markdown file in it.")
    whole = FolderRun("", "", dry_run)
    with transaction.atomic():
        followed: dict[str, object] = {}
        for page in pages:
            name = page.relative_to(folder).as_posix()
            if name not in followed:
                _import_page(page, name, folder, whole, followed, base_url, imported_by, shape)
        for name, kept, run in whole.open:
            # Only now is every page here that another may link to.
            close_document(kept, run=run)
            _tell(name, run, whole)
        if not whole.documents:
            raise DocumentRefused(
                "None of its Markdown files could be read: " + "; ".join(map(str, whole.warnings[:3]))
            )
        meet_by_title()
        if dry_run:
            transaction.set_rollback(True)
    return whole


def _import_page(
    page: Path,
    name: str,
    folder: Path,
    whole: FolderRun,
    followed: dict[str, object],
    base_url: str,
    imported_by: Member | None,
    shape: Shape | None,
) -> None:
    try:
        text, doubts = decode_document(page.read_bytes())
        document = read_document(text, name=page.name, shape=shape if not whole.documents else None)
        document.warnings = [*doubts, *document.warnings]
    except (DocumentRefused, OSError) as error:
        whole.warnings.append(DocumentWarning(0, name, f"this file was not taken: {error}"))
        return
    if not _says_anything(document):
        return
    place = Path(name).parent.as_posix()
    run = ImportRun(
        key=_key(name, document, whole),
        folder=folder,
        base_url=base_url,
        imported_by=imported_by,
        dry_run=whole.dry_run,
    )
    run.place, run.files = "" if place == "." else place, followed
    # What the site itself wrote links to its own files, which are no pages here.
    run.page = "" if document.is_exchange else name
    kept = load_document(document, source=text, run=run)
    if run.page and "list" in followed:
        followed[name] = followed.pop("list")
    whole.open.append((name, kept, run))
    if not whole.documents:
        whole.title, whole.shape = run.title, run.shape
    whole.documents.append(name)
    for total, part in (
        (whole.counts, run.counts),
        (whole.added, run.added),
        (whole.changed, run.changed),
        (whole.unchanged, run.unchanged),
    ):
        total.update(part)
    whole.works |= run.works
    whole.counts["papers"] = len(whole.works)


def _tell(name: str, run: ImportRun, whole: FolderRun) -> None:
    prefix = f"{name}: " if name != whole.documents[0] else ""
    ordered = sorted(run.warnings, key=lambda warning: warning.line)
    whole.warnings += [DocumentWarning(w.line, w.kept, prefix + w.reason) for w in ordered]


def _key(name: str, document: Document, whole: FolderRun) -> str:
    """The index page keeps the key that it has when it is imported alone; other pages are known by their path."""
    if not whole.documents:
        return document_key(Path(name).name, document.title)
    return document_key(name.replace("/", "-"), document.title)


def _says_anything(document: Document) -> bool:
    return bool(
        document.entries or document.presentations or document.reports or document.body or document.introduction
    ) or bool(document.sections or document.is_exchange)


def _pages(folder: Path) -> Iterator[Path]:
    """Markdown files that people wrote; links out of the folder are not followed."""
    seen = 0
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(
            name for name in folders if not (name.startswith(".") or name in _SKIPPED_FOLDERS or name == "_site")
        )
        for name in sorted(files):
            seen += 1
            if seen > MAX_FILES:
                raise DocumentRefused(f"It has more than {MAX_FILES:,} files. Import its parts one by one.")
            path = Path(root, name)
            wanted = path.suffix.lower() in _PAGES and path.stem.lower() not in _NOT_WRITING
            if wanted and not path.is_symlink() and path.is_file():
                yield path


def _in_order(pages: list[Path], folder: Path) -> list[Path]:
    """The index page, the one nearest to the top, comes first; then the others by their path."""
    if len(pages) > MAX_PAGES:
        raise DocumentRefused(f"It has {len(pages):,} pages; {MAX_PAGES:,} are possible. Import its parts one by one.")

    def rank(path: Path) -> tuple[int, int, str]:
        stem = path.stem.lower()
        depth = len(path.relative_to(folder).parts)
        return (_INDEX.index(stem) if stem in _INDEX else 9, depth, path.as_posix())

    at_top = [path for path in pages if path.stem.lower() in _INDEX and len(path.relative_to(folder).parts) <= 2]
    # A README that only names the repository gives way to the index page of the site.
    first = max(at_top, key=lambda path: (path.stat().st_size, -rank(path)[0]), default=None)
    rest = sorted((path for path in pages if path != first), key=lambda path: (len(path.parts), path.as_posix()))
    return [first, *rest] if first else rest
