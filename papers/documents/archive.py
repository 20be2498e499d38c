"""The shape "reading-group archive": one page with presentations, reports and articles, newest first.

These are facts as the document states them; what becomes of them in the database is decided by the importing services.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from papers.documents.figures import Figure
from papers.documents.links import TextLink
from papers.documents.warnings import DocumentWarning


class Stated(StrEnum):
    """What a document says about slides or a recording: there, stated to be missing, or not a word.

    Only the site's own documents say that they are still expected, or withheld.
    """

    AVAILABLE = "available"
    NONE = "none"
    EXPECTED = "expected"
    WITHHELD = "withheld"
    UNSTATED = "unstated"


class EntryKind(StrEnum):
    PRESENTATION = "presentation"
    PAPER_REPORT = "paper report"
    BOOK_REPORT = "book report"
    RECENT_PAPER = "recent paper"
    ARTICLE = "article"


@dataclass(frozen=True)
class Epigraph:
    """A quotation that opens the page (`section` is "") or a section; all three texts are Markdown."""

    quote: str
    attribution: str
    section: str
    line: int


@dataclass(frozen=True)
class ArchiveSection:
    """`aliases` are further anchors under which the document's own contents list knows the section."""

    name: str
    anchor: str
    line: int
    aliases: tuple[str, ...] = ()
    introduction: str = ""


@dataclass
class PresentationEntry:
    """A presentation; `is_meeting` when it stands for a date of a schedule, and so for a session of the group.

    `is_open` when the schedule says neither who presents nor what: the date is there, a presentation is not.

    From `status` on, only the site's own documents say these things; `status` "" means that it was given, and
    `session_starts_at` is on the clock of the session's place.
    """

    title: str
    line: int
    section: str
    number: int | None = None
    summary: str = ""
    papers: list[TextLink] = field(default_factory=list)
    presenters: list[str] = field(default_factory=list)
    held_on: date | None = None
    slides: Stated = Stated.UNSTATED
    slides_href: str = ""
    cover: Figure | None = None
    recording: Stated = Stated.UNSTATED
    recording_href: str = ""
    is_cancelled: bool = False
    is_meeting: bool = False
    is_open: bool = False
    status: str = ""
    session_starts_at: datetime | None = None
    slides_reason: str = ""
    recording_reason: str = ""
    more_slides: list[str] = field(default_factory=list)
    recording_title: str = ""
    topics: list[str] = field(default_factory=list)
    is_for_members: bool = False

    @property
    def names_nothing(self) -> bool:
        """Whether neither who presents nor what is known."""
        return not (self.title or self.papers or self.presenters or self.slides_href or self.recording_href)


@dataclass
class RoleEntry:
    """A role of a role-playing seminar, who played it, and what they brought."""

    name: str
    line: int
    player: str = ""
    minutes: int | None = None
    code_href: str = ""
    slides_href: str = ""
    notes: str = ""


@dataclass
class SessionEntry:
    """A session, with its start and end on the clock of `time_zone`."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str
    line: int
    title: str = ""
    series: str = ""
    place: str = ""
    format: str = ""
    status: str = ""
    cancelled_because: str = ""
    meeting_url: str = ""
    notes: str = ""
    is_for_members: bool = False
    papers: list[TextLink] = field(default_factory=list)
    roles: list[RoleEntry] = field(default_factory=list)


@dataclass
class ReportEntry:
    """A report or article. `title` is the paper's, the book's or the article's own.

    `part` and `part_title` belong to book reports; `reported_on` comes from the name of the body's file;
    `body` is set when the document itself is the text; `whole_text` is then the document, line for line. From
    `series_title` on, only the site's own documents say these things; None there means that they follow from the rest.
    """

    kind: EntryKind
    title: str
    line: int
    section: str
    number: int | None = None
    part: int | None = None
    part_title: str = ""
    teaser: str = ""
    cover: Figure | None = None
    papers: list[TextLink] = field(default_factory=list)
    code_href: str = ""
    body_href: str = ""
    reported_on: date | None = None
    body: str = ""
    whole_text: str = field(default="", repr=False)
    author: str = ""
    is_draft: bool = False
    is_unfinished: bool = False
    series_title: str | None = None
    paper_title: str | None = None
    epigraph: str = ""
    authors: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    period_ends_on: date | None = None
    home_href: str | None = None
    slug: str = ""

    def line_of(self, address: str) -> int:
        """The line of the document that names an address, or that of the entry when another file is the text."""
        place = self.whole_text.find(address)
        return self.whole_text.count("\n", 0, place) + 1 if place >= 0 else self.line


@dataclass
class Archive:
    title: str = ""
    introduction: str = ""
    epigraphs: list[Epigraph] = field(default_factory=list)
    sections: list[ArchiveSection] = field(default_factory=list)
    presentations: list[PresentationEntry] = field(default_factory=list)
    reports: list[ReportEntry] = field(default_factory=list)
    warnings: list[DocumentWarning] = field(default_factory=list)

    def reports_of(self, kind: EntryKind) -> list[ReportEntry]:
        return [report for report in self.reports if report.kind == kind]

    @property
    def articles(self) -> list[ReportEntry]:
        return self.reports_of(EntryKind.ARTICLE)
