"""The archive in the site's own Markdown: sections, sessions, presentations, and a table of contents for readers."""

import re
from datetime import date

from papers.documents.archive import Epigraph, PresentationEntry, SessionEntry, Stated
from papers.documents.archive_headings import kind_of_section
from papers.documents.archive_parser import read_epigraph
from papers.documents.document import Document, DocumentSection
from papers.documents.exchange.blocks import (
    OPEN,
    SKIP_CLOSE,
    SKIP_OPEN,
    Lines,
    Texts,
    join_blocks,
    read_heading_line,
    write_fact,
    write_facts,
    write_text,
)
from papers.documents.exchange.inline import one_line, read_line, write_link
from papers.documents.exchange.sessions import (
    SESSION,
    read_moment,
    read_role,
    read_session,
    write_moment,
    write_session,
)
from papers.documents.links import TextLink
from papers.documents.outline import Block, free_anchor

FURTHER_PAPERS = "Further papers"
_TALK = re.compile(r"^Presentation(?: (?P<number>\d{1,9}))?(?:: (?P<title>.*))?$")


def write_archive(document: Document) -> str:
    """The body: introduction, sections with their epigraphs, presentations, sessions, and links to the other files."""
    blocks = [f"# {one_line(document.title)}" if document.title else ""]
    blocks += [_write_epigraph(epigraph) for epigraph in document.epigraphs if not epigraph.section]
    blocks.append(write_text(document.introduction))
    talks = [_write_talk(talk) for talk in document.presentations]
    home = next((s for s in document.sections if str(kind_of_section(s.heading)) == "presentation"), None)
    blocks += talks if home is None else []
    for section in document.sections:
        blocks.append(f"## {one_line(section.heading)}")
        blocks += [_write_epigraph(epigraph) for epigraph in document.epigraphs if epigraph.section == section.anchor]
        blocks.append(write_text(section.body))
        blocks += talks if section is home else []
    blocks += [write_session(session) for session in document.sessions]
    if document.further_papers:
        papers = [write_fact("Paper", write_link(link)) for link in document.further_papers]
        blocks += [f"### {FURTHER_PAPERS}", "\n".join(papers)]
    if document.contents:
        items = [f"- {write_link(link)}" for link in document.contents]
        blocks += [SKIP_OPEN, "## Reports and lists", "\n".join(items), SKIP_CLOSE]
    return join_blocks(blocks)


def _write_epigraph(epigraph: Epigraph) -> str:
    lines = [*epigraph.quote.split("\n"), "", *f"— {epigraph.attribution}".split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _write_talk(talk: PresentationEntry) -> str:
    number = f" {talk.number}" if talk.number else ""
    title = f": {one_line(talk.title)}" if talk.title.strip() else ""
    facts = write_facts(
        [("Status", talk.status), ("Date", talk.held_on), ("Session", write_moment(talk.session_starts_at))]
    )
    facts += [write_fact("Paper", write_link(link)) for link in talk.papers]
    facts += write_facts([("Presenter", name) for name in talk.presenters])
    slides = [TextLink(href, "slides") for href in (talk.slides_href, *talk.more_slides) if href]
    facts += _write_files("Slides", talk.slides, slides, talk.slides_reason)
    recording = [TextLink(talk.recording_href, talk.recording_title or "recording")] if talk.recording_href else []
    facts += _write_files("Recording", talk.recording, recording, talk.recording_reason)
    facts += write_facts([("Topic", name) for name in talk.topics])
    facts += write_facts([("Visible to", "members" if talk.is_for_members else "")])
    return "\n\n".join(
        part for part in (f"### Presentation{number}{title}", "\n".join(facts), write_text(talk.summary)) if part
    )


def _write_files(name: str, stated: Stated, links: list[TextLink], reason: str) -> list[str]:
    facts = [write_fact(name, write_link(link)) for link in links] or (
        [write_fact(name, stated.value)] if stated != Stated.UNSTATED else []
    )
    return facts + write_facts([(f"{name} note", reason)])


def read_archive(document: Document, lines: Lines, *, aliases: dict[str, list[str]]) -> None:
    """Read the body of an archive into `document`."""
    _ArchiveLines(document, lines, aliases).read()


class _ArchiveLines:
    def __init__(self, document: Document, lines: Lines, aliases: dict[str, list[str]]) -> None:
        self.document, self.lines, self.aliases = document, lines, aliases
        self.texts = Texts()
        self.place: object = ""
        self.section = ""
        self.session: SessionEntry | None = None

    def read(self) -> None:
        for line in self.lines:
            heading = read_heading_line(line)
            if line == OPEN:
                self.texts.add(self.place, self.lines.take_fenced())
            elif line == SKIP_OPEN:
                self.lines.skip_contents()
            elif heading:
                self._heading(*heading)
            elif line.startswith(">"):
                self._quote(line)
            else:
                self.texts.add(self.place, line)
        document = self.document
        document.introduction = self.texts.of("")
        for section in document.sections:
            section.body = self.texts.of(section.anchor)
        for talk in document.presentations:
            talk.summary = self.texts.of(("talk", talk.line))
        for session in document.sessions:
            session.notes = self.texts.of(("session", session.line))
            for role in session.roles:
                role.notes = self.texts.of(("role", role.line))

    def _heading(self, level: int, words: str) -> None:
        talk, session = _TALK.match(words), SESSION.match(words)
        if level == 1:
            return
        if level == 3 and talk:
            self._talk(talk)
        elif level == 3 and session and (found := read_session(session, self.lines)):
            self.document.sessions.append(found)
            self.place, self.session = ("session", found.line), found
        elif level == 3 and words == FURTHER_PAPERS:
            self.document.further_papers += [
                link for _, value in self.lines.take_facts() for link in read_line(value).links
            ]
        elif level == 4 and words.startswith("Role: ") and self.session:
            role = read_role(words.removeprefix("Role: "), self.lines)
            self.session.roles.append(role)
            self.place = ("role", role.line)
        elif level == 2:
            self._section(words)
        else:
            self.texts.add(self.place, f"{'#' * level} {words}")
            self.document.warn(self.lines.number, words, "a heading that announces nothing; kept as text")

    def _section(self, words: str) -> None:
        taken = {section.anchor for section in self.document.sections}
        unique = free_anchor(words, taken)
        known = tuple(self.aliases.get(unique, []))
        self.document.sections.append(DocumentSection(words, self.lines.number, anchor=unique, aliases=known))
        self.section = self.place = unique
        self.session = None

    def _quote(self, line: str) -> None:
        number = self.lines.number
        quote = self.lines.take_quote(line)
        epigraph = read_epigraph(Block("blockquote", number, quote), self.section)
        if epigraph and self.place == self.section:
            self.document.epigraphs.append(epigraph)
        else:
            self.texts.add(self.place, quote)

    def _talk(self, match: re.Match[str]) -> None:
        number = int(match["number"]) if match["number"] else None
        talk = PresentationEntry((match["title"] or "").strip(), self.lines.number, self.section, number or None)
        for name, value in self.lines.take_facts():
            if not _take_fact(talk, name, value):
                self.document.warn(self.lines.number, f"{name}: {value}", "a fact of an unknown kind; left out")
        self.document.presentations.append(talk)
        self.place, self.session = ("talk", talk.line), None


def _take_fact(talk: PresentationEntry, name: str, value: str) -> bool:
    line = read_line(value)
    words = line.words
    if name == "Paper":
        talk.papers += line.links
    elif name == "Presenter":
        talk.presenters.append(words)
    elif name == "Topic":
        talk.topics.append(words)
    elif name == "Date":
        talk.held_on = _day(words)
    elif name == "Session":
        talk.session_starts_at = read_moment(words)
    elif name == "Status":
        talk.status, talk.is_cancelled = words, words == "cancelled"
    elif name == "Visible to":
        talk.is_for_members = words == "members"
    else:
        return _take_file(talk, name, value)
    return True


def _take_file(talk: PresentationEntry, name: str, value: str) -> bool:
    line = read_line(value)
    words = line.words
    stated = Stated.AVAILABLE if line.links else next((s for s in Stated if s.value == words), Stated.UNSTATED)
    hrefs = [link.href for link in line.links]
    if name == "Slides":
        talk.slides = stated
        talk.more_slides += hrefs if talk.slides_href else hrefs[1:]
        talk.slides_href = talk.slides_href or next(iter(hrefs), "")
    elif name == "Recording":
        talk.recording = stated
        talk.recording_href = next(iter(hrefs), "")
        talk.recording_title = words if hrefs and words != "recording" else ""
    elif name == "Slides note":
        talk.slides_reason = words
    elif name == "Recording note":
        talk.recording_reason = words
    else:
        return False
    return True


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
