"""Recognise and read the shape "reading-group archive"."""

import re
from dataclasses import replace

from papers.documents.archive import Archive, ArchiveSection, EntryKind, Epigraph, PresentationEntry, ReportEntry
from papers.documents.archive_entries import fill_presentation, fill_report
from papers.documents.archive_headings import EntryHeading, is_contents, kind_of_section, read_heading, split_part
from papers.documents.links import TextLink, find_links
from papers.documents.outline import Block, Outline, free_anchor, read_outline
from papers.documents.site_markup import is_in_formula
from papers.documents.warnings import DocumentWarning

_ATTRIBUTION = re.compile(r"^\s*(?:—|–|--|―)\s*(?P<who>.+)$", re.DOTALL)
_MAYBE_HEADING = re.compile(
    r"^[ >]{0,8}#{1,6}[ \t]+([^\n]+?)[ \t#]*$|^([^\n]+)\n[ ]{0,3}(?:=+|-+)[ \t]*$", re.MULTILINE
)
_TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def parse_archive(text: str) -> Archive:
    """Read a document of this shape. Never raises for odd content: what is not understood is kept and warned about."""
    outline = read_outline(text)
    return _ArchiveReader(outline).read()


def looks_like_archive(text: str) -> bool:
    """Whether at least one heading announces a presentation or a report."""
    if not any(read_heading(match[1] or match[2]).kind for match in _MAYBE_HEADING.finditer(text)):
        return False  # as nearly always, and much cheaper than to read all blocks
    headings = (block for block in read_outline(text).blocks if block.kind == "heading")
    return any(read_heading(block.text).kind for block in headings)


class _ArchiveReader:
    """Walks the blocks once; the state is the section and the entry that are open."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.archive = Archive()
        self.section: ArchiveSection | None = None
        self.section_level = 0
        self.introductions: dict[str, list[str]] = {}
        self.contents: list[TextLink] = []
        self.entry_level = 0
        self.definitions = "\n".join(block.text for block in outline.blocks if block.kind == "definition")

    def read(self) -> Archive:
        archive, blocks = self.archive, list(self.outline.blocks)
        if self.outline.front_matter:
            self._read_front_matter()
        position = 0
        while position < len(blocks):
            block = blocks[position]
            position += 1
            if block.kind == "heading":
                end = self._end_of_entry(blocks, position, block)
                if self._open(block, blocks[position:end]):
                    position = end
            else:
                self._add_text(block)
        archive.introduction = self._introduction("")
        archive.sections = [replace(s, introduction=self._introduction(s.anchor)) for s in archive.sections]
        self._apply_aliases()
        archive.warnings.sort(key=lambda warning: warning.line)
        return archive

    def _read_front_matter(self) -> None:
        for line in self.outline.front_matter.splitlines():
            name, _, value = line.partition(":")
            if name.strip().lower() == "title" and not self.archive.title:
                self.archive.title = value.strip().strip("\"'")
            elif line.strip():
                self._warn(1, line.strip(), "this line of the front matter was not used")

    def _end_of_entry(self, blocks: list[Block], position: int, heading: Block) -> int:
        """Where the entry opened by `heading` ends: at the next heading that is not deeper, or announces an entry."""
        while position < len(blocks):
            block = blocks[position]
            if block.kind == "heading" and (block.level <= heading.level or read_heading(block.text).kind):
                break
            position += 1
        return position

    def _open(self, block: Block, below: list[Block]) -> bool:
        """Handle a heading; True when the blocks below it were consumed with it."""
        heading = read_heading(block.text)
        if heading.kind:
            self._add_entry(heading, heading.kind, block, below)
            return True
        if is_contents(block.text):
            return self._read_contents(below)
        if block.level == 1 and not self.archive.title and not self.archive.sections:
            self.archive.title = heading.title
            return False
        kind = kind_of_section(self.section.name) if self.section else None
        if self.section and block.level > self.section_level and kind:
            self._add_entry(heading, kind, block, below)
            return True
        if self.section and block.level > self.section_level:
            self._add_entry(heading, EntryKind.ARTICLE, block, below)
            self._warn(block.line, heading.title, "nothing says what kind of entry this is; kept as an article")
            return True
        self._open_section(heading, block)
        return False

    def _open_section(self, heading: EntryHeading, block: Block) -> None:
        taken = {section.anchor for section in self.archive.sections}
        self.section = ArchiveSection(heading.title, free_anchor(heading.title, taken), block.line)
        self.section_level = block.level
        self.archive.sections.append(self.section)

    def _add_entry(self, heading: EntryHeading, kind: EntryKind, block: Block, below: list[Block]) -> None:
        section = self.section.anchor if self.section else ""
        below = [part for part in (self._without_hidden(part) for part in below) if part.text.strip()]
        below = [_heading_as_text(part) if part.kind == "heading" else part for part in below]
        if kind == EntryKind.PRESENTATION:
            talk = PresentationEntry(heading.title, block.line, section, heading.number)
            self.archive.warnings += fill_presentation(talk, below)
            if heading.href:
                talk.papers.insert(0, TextLink(heading.href, heading.title))
            self.archive.presentations.append(talk)
            return
        report = ReportEntry(kind, heading.title, block.line, section, heading.number, body_href=heading.href)
        if kind == EntryKind.BOOK_REPORT:
            report.title, report.part, report.part_title = split_part(heading.title)
        self.archive.warnings += fill_report(report, below)
        self.archive.reports.append(report)

    def _read_contents(self, below: list[Block]) -> bool:
        for block in below:
            links = find_links(block.text) if block.kind in {"bullet_list", "ordered_list"} else []
            self.contents += [link for link in links if link.href.startswith("#")]
            if not links:
                self._add_text(block)
                self._warn(block.line, block.text, "text inside the contents list; kept in the introduction")
        return True

    def _add_text(self, block: Block) -> None:
        """Text outside entries: an epigraph, or part of the introduction of the page or of the open section."""
        section = self.section.anchor if self.section else ""
        block = self._without_hidden(block)
        if block.kind == "blockquote" and (epigraph := read_epigraph(block, section)):
            self.archive.epigraphs.append(epigraph)
        elif block.text.strip():
            self.introductions.setdefault(section, []).append(block.text)

    def _without_hidden(self, block: Block) -> Block:
        """Take out comments and template tags: neither is shown to readers, so both are reported instead."""
        if block.is_code:
            return block
        text = block.text
        for pattern, reason in (
            (_COMMENT, "an HTML comment, hidden from readers; left out"),
            (_TEMPLATE_TAG, "a template tag; neither run nor shown"),
        ):
            hidden = [m for m in pattern.finditer(text) if not is_in_formula(text, m.start(), m.end())]
            for match in reversed(hidden):
                text = text[: match.start()] + text[match.end() :]
            for match in hidden:
                self._warn(block.line, match[0], reason)
        return replace(block, text=text) if text != block.text else block

    def _introduction(self, section: str) -> str:
        return "\n\n".join(self.introductions.get(section, []))

    def _apply_aliases(self) -> None:
        """Give a section the anchors under which the contents list knows it.

        An entry of the list that names no section belongs to the section that stands in its place: between the sections
        its neighbours name, and named by no other entry.
        """
        anchors = [section.anchor for section in self.archive.sections]
        named = {link.href[1:] for link in self.contents} & set(anchors)
        before = -1
        for link in self.contents:
            target = link.href[1:]
            if target in named:
                before = anchors.index(target)
                continue
            place = before + 1
            if place < len(anchors) and anchors[place] not in named:
                section = self.archive.sections[place]
                self.archive.sections[place] = replace(section, aliases=(*section.aliases, target))
                before = place
            else:
                self._warn(0, f"{link.text} {link.href}", "the contents list names a section that does not exist")

    def _warn(self, line: int, kept: str, reason: str) -> None:
        self.archive.warnings.append(DocumentWarning(line, kept, reason))


def read_epigraph(block: Block, section: str) -> Epigraph | None:
    """A quotation whose last paragraph starts with a dash, or None for any other quotation."""
    lines = [re.sub(r"^\s*>\s?", "", line).rstrip() for line in block.text.split("\n")]
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n|\n(?=\s*(?:—|–|--|―))", "\n".join(lines)) if part.strip()]
    match = _ATTRIBUTION.match(paragraphs[-1]) if len(paragraphs) > 1 else None
    if not match:
        return None
    return Epigraph("\n\n".join(paragraphs[:-1]), match["who"].strip(), section, block.line)


def _heading_as_text(block: Block) -> Block:
    """A heading below an entry's own stays a heading of the entry's text."""
    return replace(block, kind="paragraph", text=f"{'#' * block.level} {block.text}")
