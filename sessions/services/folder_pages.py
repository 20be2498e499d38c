"""Which files of a folder are pages that people wrote, and in which order they are read."""

import os
from collections.abc import Iterator
from pathlib import Path

from papers.documents.source import DocumentRefused

MAX_FILES = 20_000
MAX_PAGES = 2_000
_PAGES = {".md", ".markdown", ".mkd", ".mdown", ".mdx", ".qmd", ".rmd"}
INDEX = ("readme", "index", "_index", "home")
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


def pages_of(folder: Path) -> Iterator[Path]:
    """Markdown files that people wrote; links out of the folder are not followed."""
    for path in walk(folder):
        wanted = path.suffix.lower() in _PAGES and path.stem.lower() not in _NOT_WRITING
        if wanted and not path.is_symlink() and path.is_file() and path.stat().st_size:
            yield path


def files_of(folder: Path) -> list[str]:
    """The names of all files of the folder within it; a note that is empty only waits to be written."""
    paths = (path for path in walk(folder) if path.is_file() and not path.is_symlink() and path.stat().st_size)
    return [path.relative_to(folder).as_posix() for path in paths]


def walk(folder: Path) -> Iterator[Path]:
    """All files, but for those of hidden folders and of what programs put there."""
    seen = 0
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(
            name for name in folders if not (name.startswith(".") or name in _SKIPPED_FOLDERS or name == "_site")
        )
        for name in sorted(files):
            seen += 1
            if seen > MAX_FILES:
                raise DocumentRefused(f"It has more than {MAX_FILES:,} files. Import its parts one by one.")
            yield Path(root, name)


def in_order(pages: list[Path], folder: Path) -> list[Path]:
    """The index page, the one nearest to the top, comes first; then the others by their path."""
    if len(pages) > MAX_PAGES:
        raise DocumentRefused(f"It has {len(pages):,} pages; {MAX_PAGES:,} are possible. Import its parts one by one.")

    def rank(path: Path) -> tuple[int, int, str]:
        stem = path.stem.lower()
        depth = len(path.relative_to(folder).parts)
        return (INDEX.index(stem) if stem in INDEX else 9, depth, path.as_posix())

    at_top = [path for path in pages if path.stem.lower() in INDEX and len(path.relative_to(folder).parts) <= 2]
    # A README that only names the repository gives way to the index page of the site.
    first = max(at_top, key=lambda path: (path.stat().st_size, -rank(path)[0]), default=None)
    rest = sorted((path for path in pages if path != first), key=lambda path: (len(path.parts), path.as_posix()))
    return [first, *rest] if first else rest
