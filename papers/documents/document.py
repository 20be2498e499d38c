"""What a document holds, whatever its shape: every reader makes it, one loader writes it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from papers.documents.archive import Epigraph, PresentationEntry, ReportEntry, SessionEntry, Stated
from papers.documents.links import TextLink
from papers.documents.paper_links import is_page, is_paper, work_key
from papers.documents.warnings import DocumentWarning
from readinggroup.spool import Spool

COUNTED = (
    "lists",
    "sections",
    "entries",
    "links",
    "papers",
    "arxiv",
    "sessions",
    "presentations",
    "slides",
    "recordings",
    "reports",
)


class Shape(StrEnum):
    ARCHIVE = "reading-group archive"
    COLLECTION = "link collection"
    READING_LIST = "reading list"
    BACKLOG = "backlog"
    SCHEDULE = "schedule table"
    ARTICLE = "plain article"
    PAPERS = "papers"


LIST_SHAPES = {Shape.COLLECTION, Shape.READING_LIST, Shape.BACKLOG}
#: What a text may be; a file of references is a reading list, or papers and no list.
TEXT_SHAPES = [shape for shape in Shape if shape != Shape.PAPERS]


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A link as the document writes it; `is_main` when an entry is about it, not when commentary mentions it.

    `work` names the work where the address alone does not, as in a file of references; `is_name` when the document
    writes no address, but the name of a paper.
    """

    href: str
    text: str
    line: int
    is_main: bool = False
    work: str = ""
    is_name: bool = False


@dataclass
class DocumentSection:
    """A heading above entries. `parent` is the index of the section around it; `is_heading` is False for a name that

    the document writes in another way, as a bold line or as an item above others.
    """

    heading: str
    line: int
    level: int = 1
    parent: int | None = None
    body: str = ""
    anchor: str = ""
    aliases: tuple[str, ...] = ()
    is_heading: bool = True


def section_around(sections: list[DocumentSection], section: int | None, level: int) -> int | None:
    """The place of the section around a heading of that level, which stands below the one at `section`."""
    while section is not None and sections[section].level >= level:
        section = sections[section].parent
    return section


@dataclass(slots=True)
class DocumentEntry:
    """One line of a list. `title` is the keeper's wording, `commentary` Markdown; `section` an index or None."""

    title: str
    line: int
    section: int | None = None
    number: int | None = None
    commentary: str = ""
    links: list[DocumentLink] = field(default_factory=list)
    year: int | None = None
    people: str = ""
    organisations: str = ""
    is_cancelled: bool = False


@dataclass
class Document:
    """`links` are all links of the document, in reading order, those to its own headings apart.

    `further_papers` are those that the front matter names and no report is about, `other_names` further identifiers of
    the work that notes are about.

    `is_exchange` when the site itself wrote it, so that nothing had to be guessed; `contents` then are links to the
    files beside it, `further_papers` those that nothing in these files is about, and `slug` the list's name in
    addresses.
    """

    shape: Shape
    title: str = ""
    number: int | None = None
    day: date | None = None
    author: str = ""
    topics: list[str] = field(default_factory=list)
    uses_math: bool = True
    is_draft: bool = False
    introduction: str = ""
    outro: str = ""
    body: str = ""
    epigraphs: list[Epigraph] = field(default_factory=list)
    sections: list[DocumentSection] = field(default_factory=list)
    entries: Spool[DocumentEntry] = field(default_factory=Spool)
    presentations: list[PresentationEntry] = field(default_factory=list)
    sessions: list[SessionEntry] = field(default_factory=list)
    reports: list[ReportEntry] = field(default_factory=list)
    links: Spool[DocumentLink] = field(default_factory=Spool)
    contents: list[TextLink] = field(default_factory=list)
    further_papers: list[TextLink] = field(default_factory=list)
    other_names: set[tuple[str, str]] = field(default_factory=set)
    is_exchange: bool = False
    slug: str = ""
    warnings: list[DocumentWarning] = field(default_factory=list)

    def warn(self, line: int, kept: str, reason: str) -> None:
        self.warnings.append(DocumentWarning(line, kept, reason))

    @property
    def is_list(self) -> bool:
        return self.shape in LIST_SHAPES

    def works(self) -> set[tuple[str, str]]:
        """Each paper that the document links to, once, however often and in whatever spelling."""
        stated = [link.href for talk in self.presentations for link in talk.papers if not is_page(link.href)]
        stated += [link.href for report in self.reports for link in report.papers]
        stated += [link.href for link in self.further_papers if not self.is_exchange]
        linked = {work_key(link.href) for link in self.links if is_paper(link.href)}
        return {work_key(href) for href in stated} | (linked - self.other_names)

    def counts(self, works: set[tuple[str, str]] | None = None) -> dict[str, int]:
        """The figures of the report, by the names in COUNTED; `works` spares asking for them once more."""
        works = self.works() if works is None else works
        meetings = [talk for talk in self.presentations if not talk.is_cancelled and talk.is_meeting]
        days = {talk.held_on for talk in meetings if talk.held_on}
        held = [talk for talk in self.presentations if not talk.is_cancelled and not talk.is_open]
        figures = {
            "lists": int(self.is_list),
            "sections": sum(section.is_heading for section in self.sections),
            "entries": len(self.entries),
            "links": sum(not link.is_name for link in self.links),
            "papers": len(works),
            "arxiv": sum(scheme == "arxiv" for scheme, _ in works),
            "sessions": len(self.sessions) + len(days),
            "presentations": len(held),
            "slides": sum(talk.slides == Stated.AVAILABLE for talk in held),
            "recordings": sum(talk.recording == Stated.AVAILABLE for talk in held),
            "reports": len(self.reports),
        }
        return {name: figures[name] for name in COUNTED}


def is_relative(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return bool(href) and not parts.scheme and not parts.netloc and not href.startswith("#")
