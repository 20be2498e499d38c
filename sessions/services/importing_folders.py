"""Bring a folder in, such as the checkout of a blog: its index page with the files it links to, then its other pages.

A page that another one links to as the text of a report is that report's text, and no document of its own. All pages
together are one transaction.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from papers.documents.archive import EntryKind
from papers.documents.document import Document, Shape, is_relative
from papers.documents.links import TextLink
from papers.documents.paper_links import is_paper, work_key
from papers.documents.reading import read_document
from papers.documents.source import DocumentRefused, decode_document
from papers.documents.warnings import DocumentWarning
from papers.documents.wiki_links import names_of, with_wiki_links
from papers.models import ImportedDocument
from papers.services.import_runs import SITE_ROOTS, ImportRun, document_key
from papers.services.page_links import LEFT_OUT
from papers.services.site_address import site_address, site_title
from readinggroup.models import Member
from sessions.services.folder_data import FolderData, read_folder_data
from sessions.services.folder_pages import INDEX, files_of, in_order, pages_of
from sessions.services.importing import close_document, load_document
from sessions.services.same_titles import meet_by_title

_DRAFTS = {"_drafts", "drafts"}


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
    return next(pages_of(folder.resolve()), None) is not None


def import_folder(
    folder: Path,
    *,
    name: str = "",
    base_url: str = "",
    imported_by: Member | None = None,
    dry_run: bool = False,
    shape: Shape | None = None,
) -> FolderRun:
    """Import every page of `folder`, the index page first. Raises DocumentRefused when there is none to import.

    `name` is what the folder is called, where it lies somewhere else for the time of the import.
    """
    folder = folder.resolve()
    pages, data = in_order(list(pages_of(folder)), folder), read_folder_data(folder)
    if not (pages or data.documents):
        raise DocumentRefused("There is no Markdown file in it.")
    whole = FolderRun("", "", dry_run)
    reader = _FolderReader(folder, name or folder.name, whole, base_url, imported_by, shape, len(pages))
    reader.site, reader.names = site_address(folder), names_of(files_of(folder))
    reader.data = data
    whole.warnings += data.warnings
    with transaction.atomic():
        for page in pages[:1]:
            reader.take(page)
        reader.take_data()
        for page in pages[1:]:
            reader.take(page)
        reader.load_lists()
        for page_name, kept, run in whole.open:
            # Only now is every page here that another may link to.
            close_document(kept, run=run)
            _tell(page_name, run, whole)
        if not whole.documents:
            raise DocumentRefused(
                "None of its Markdown files could be read: " + "; ".join(map(str, whole.warnings[:3]))
            )
        meet_by_title()
        if dry_run:
            transaction.set_rollback(True)
    return whole


@dataclass
class _FolderReader:
    """Reads the pages of a folder in order. `files` are the rows that pages became, `lists` the lists that wait for

    them, since their links lead to these rows, and `papers` which paper a list says that a page is about.
    """

    folder: Path
    name: str
    whole: FolderRun
    base_url: str
    imported_by: Member | None
    shape: Shape | None
    pages: int
    site: str = ""
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, Any] = field(default_factory=dict)
    lists: list[tuple[ImportRun, Document, str, str]] = field(default_factory=list)
    papers: dict[str, tuple[str, str]] = field(default_factory=dict)
    data: FolderData = field(default_factory=FolderData)

    def take_data(self) -> None:
        """Schedules and papers in data files, before the pages that may add to them."""
        for name, text, document in self.data.documents:
            self._load(self._open(name, _key(name, document, self.whole), document), document, text, name)

    def take(self, page: Path) -> None:
        name = page.relative_to(self.folder).as_posix()
        if name in self.files:
            return
        try:
            text, doubts = decode_document(page.read_bytes())
            plain = with_wiki_links(text, self.names, page.parent.relative_to(self.folder).as_posix())
            document = read_document(plain, name=page.name, shape=self.shape if not self.whole.documents else None)
            document.warnings = [*doubts, *document.warnings]
            self.data.name_people(document)
            if _DRAFTS & set(Path(name).parts[:-1]):
                _keep_back(document)
        except (DocumentRefused, OSError) as error:
            self.whole.warnings.append(DocumentWarning(0, name, f"this file was not taken: {error}"))
            return
        is_index = page.stem.lower() in INDEX
        key = _key(name, document, self.whole)
        if document.title.lower() == page.stem.lower() and is_index:
            self._rename(document, page)
        if not _says_anything(document) or (is_index and self.pages > 1 and _is_only_title(document)):
            self.whole.title = self.whole.title or (document.title if is_index else "")
            return
        if _is_filled_by_site(document):
            self.whole.warn(0, name, "nothing but tags that the site's generator fills; no page here")
            return
        run = self._open(name, key, document)
        if document.is_list and run.page:
            self._note_papers(document, run)
            self.lists.append((run, document, text, name))
        else:
            self._name_paper(document, name)
            self._load(run, document, text, name)

    def load_lists(self) -> None:
        """The index page last: it links to the other lists."""
        for run, document, text, name in reversed(self.lists):
            self._load(run, document, text, name)
        self.lists.clear()

    def _rename(self, document: Document, page: Path) -> None:
        """An index page without a title is called as its folder is, the home page as the site."""
        is_home = page.parent == self.folder or page.parent.relative_to(self.folder).as_posix() in SITE_ROOTS
        document.title = (site_title(self.folder) or self.name) if is_home else page.parent.name
        for report in document.reports:
            report.title = document.title

    def _open(self, name: str, key: str, document: Document) -> ImportRun:
        place = Path(name).parent.as_posix()
        run = ImportRun(
            key=key,
            folder=self.folder,
            base_url=self.base_url,
            imported_by=self.imported_by,
            dry_run=self.whole.dry_run,
        )
        run.site, run.names = self.site, self.names
        run.place, run.files = "" if place == "." else place, self.files
        # What the site itself wrote links to its own files, which are no pages here.
        run.page = "" if document.is_exchange else name
        if not self.whole.documents:
            self.whole.title, self.whole.shape = self.whole.title or document.title, str(document.shape)
        self.whole.documents.append(name)
        return run

    def _load(self, run: ImportRun, document: Document, text: str, name: str) -> None:
        whole = self.whole
        kept = load_document(document, source=text, run=run)
        if run.page and "list" in self.files:
            self.files[name] = self.files.pop("list")
        whole.open.append((name, kept, run))
        for total, part in (
            (whole.counts, run.counts),
            (whole.added, run.added),
            (whole.changed, run.changed),
            (whole.unchanged, run.unchanged),
        ):
            total.update(part)
        whole.works |= run.works
        whole.counts["papers"] = len(whole.works)
        whole.counts["arxiv"] = sum(scheme == "arxiv" for scheme, _ in whole.works)

    def _note_papers(self, document: Document, run: ImportRun) -> None:
        """Of "A title [paper](…) [notes](a.md)" remember that a.md is about the paper."""
        for entry in document.entries:
            papers = {work_key(link.href): link.href for link in entry.links if is_paper(link.href)}
            if len(papers) != 1:
                continue
            for link in entry.links:
                if is_relative(link.href) and (page := run.file_name(link.href)):
                    paper = (next(iter(papers.values())), entry.title)
                    for name in (page, *(f"{page}{ending}" for ending in LEFT_OUT)):
                        self.papers.setdefault(name, paper)

    def _name_paper(self, document: Document, name: str) -> None:
        """An article that the index calls the notes on a paper is a report on it."""
        if document.shape != Shape.ARTICLE or name not in self.papers:
            return
        href, title = self.papers[name]
        for report in document.reports:
            if not report.papers:
                report.papers, report.kind = [TextLink(href)], EntryKind.PAPER_REPORT
                report.paper_title = report.paper_title or title or None


def _keep_back(document: Document) -> None:
    """What lies among the drafts is none of what the site shows."""
    document.is_draft = True
    for report in document.reports:
        report.is_draft = True
    for talk in document.presentations:
        talk.is_for_members = True


def _is_filled_by_site(document: Document) -> bool:
    """Whether a page holds nothing but tags, which its generator fills with what stands on other pages."""
    has_tags = any("template tag" in warning.reason for warning in document.warnings)
    return has_tags and document.shape == Shape.ARTICLE and not re.search(r"\w|!\[", document.body)


def _is_only_title(document: Document) -> bool:
    """Whether a page names the repository and says no more."""
    return document.shape == Shape.ARTICLE and not document.body.strip() and not document.introduction.strip()


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
