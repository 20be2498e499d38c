"""The data files in the checkout of a site: schedules and papers become documents, others tell who people are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from papers.documents.data_files import ENDINGS, people_in, read_data, read_values
from papers.documents.document import Document
from papers.documents.source import MAX_BYTES, DocumentRefused, decode_document
from papers.documents.warnings import DocumentWarning
from papers.services.site_address import is_site
from sessions.services.folder_pages import walk

_FOLDERS = {"_data"}
#: Only in the checkout of a site does this folder hold what its pages are made of.
_OF_SITES = {"data"}
NOT_READ = "a data file of the site; it tells neither a schedule nor papers, and was left alone"


@dataclass
class FolderData:
    """`documents` are their names, texts and what they hold; `people` full names by short ones."""

    documents: list[tuple[str, str, Document]] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    warnings: list[DocumentWarning] = field(default_factory=list)

    def name_people(self, document: Document) -> None:
        """Call the people of a document by their full names."""
        if not self.people:
            return
        document.author = self.people.get(document.author, document.author)
        for report in document.reports:
            report.author = self.people.get(report.author, report.author)
            report.authors = [self.people.get(name, name) for name in report.authors]
        for talk in document.presentations:
            talk.presenters = [self.people.get(name, name) for name in talk.presenters]


def read_folder_data(folder: Path) -> FolderData:
    data = FolderData()
    values: list[tuple[str, str, Any]] = []
    for path in _data_files(folder):
        name = path.relative_to(folder).as_posix()
        try:
            text = decode_document(path.read_bytes())[0]
            values.append((name, text, read_values(name, text)))
        except (DocumentRefused, OSError) as error:
            data.warnings.append(DocumentWarning(0, name, f"this file was not taken: {error}"))
    known = [people_in(value) for _, _, value in values]
    data.people = {short: name for people in known for short, name in people.items()}
    for (name, text, value), people in zip(values, known, strict=True):
        document = read_data(name, value, data.people)
        if document is not None:
            data.documents.append((name, text, document))
        elif not people:
            data.warnings.append(DocumentWarning(0, name, NOT_READ))
    return data


def _data_files(folder: Path) -> Iterator[Path]:
    folders = _FOLDERS | (_OF_SITES if is_site(folder) else set())
    for path in walk(folder):
        is_data = path.suffix.lower() in ENDINGS and folders & set(path.relative_to(folder).parts[:-1])
        if is_data and not path.is_symlink() and 0 < path.stat().st_size <= MAX_BYTES:
            yield path
