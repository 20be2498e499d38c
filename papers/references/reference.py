"""What a file of references holds, whatever its format."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from papers.documents.warnings import DocumentWarning, shorten
from papers.identifiers import ParsedIdentifier
from papers.titles import TELLING, title_key
from readinggroup.spool import Spool

#: The names of one collection and of those around it, the outermost first.
Path = tuple[str, ...]


@dataclass
class Reference:
    """One work as a file describes it: clean text, and identifiers in their canonical spelling.

    `line` is where it begins; `address` is the web address that the file gives; `note` is what somebody said of the
    work, in Markdown; `collections` are the places where it is kept, none for the top.
    """

    line: int
    key: str = ""
    kind: str = "article"
    title: str = ""
    authors: tuple[str, ...] = ()
    published_on: date | None = None
    published_precision: str = "day"
    venue: str = ""
    abstract: str = ""
    language: str = ""
    note: str = ""
    identifiers: list[ParsedIdentifier] = field(default_factory=list)
    address: str = ""
    pdf: str = ""
    collections: list[Path] = field(default_factory=list)
    #: Fields by which the program files the work, for the reader of its format.
    filed: dict[str, str] = field(default_factory=dict)

    @property
    def work(self) -> str:
        """The same for all mentions of one work in a file, as far as they show it."""
        if self.identifiers:
            first = self.identifiers[0]
            return f"{first.scheme}:{first.value}"
        if self.title:
            return f"title:{title_key(self.title)}:{self._told_apart}"
        return f"address:{self.address}" if self.address else f"key:{self.key}"

    @property
    def _told_apart(self) -> str:
        """What tells works of one title apart; a short title without more is no work's name."""
        year = str(self.published_on.year) if self.published_on else ""
        author = title_key(self.authors[0]) if self.authors else ""
        is_enough = len(title_key(self.title)) >= TELLING or (year and author)
        return f"{year}:{author}" if is_enough else f"{year}:{author}:{self.key or self.line}"

    @property
    def best_address(self) -> str:
        """Where the work is, by its most lasting name; "" when the file does not say."""
        return next((named.url for named in self.identifiers if named.url), "") or self.address


@dataclass(frozen=True)
class Broken:
    """A piece of the file that is no reference, kept as it was written."""

    line: int
    text: str
    reason: str


@dataclass
class ReferenceFile:
    """`source` is what stands on a paper's page as the origin of a field; `collections` are in their order."""

    source: str
    references: Spool[Reference] = field(default_factory=Spool)
    broken: list[Broken] = field(default_factory=list)
    collections: list[Path] = field(default_factory=list)
    warnings: list[DocumentWarning] = field(default_factory=list)
    #: Fields that no paper has a place for, with the line where each was seen first and how often.
    unused: dict[str, list[int]] = field(default_factory=dict)

    def add(self, reference: Reference) -> None:
        self.references.append(reference)
        self.references.settle()

    def change(self, change: Callable[[Reference], None]) -> None:
        """Give every reference to `change`, in their order, and keep what it becomes."""
        before, self.references = self.references, Spool()
        for reference in before:
            change(reference)
            self.add(reference)

    def warn(self, line: int, kept: str, reason: str) -> None:
        self.warnings.append(DocumentWarning(line, shorten(kept, 300), reason))

    def note_unused(self, line: int, name: str) -> None:
        seen = self.unused.setdefault(name, [line, 0])
        seen[1] += 1

    def add_collection(self, path: Path) -> None:
        """Make a collection known, and those around it."""
        for length in range(1, len(path) + 1):
            if path[:length] not in self.collections:
                self.collections.append(path[:length])
