"""Link collections, reading lists and backlogs: sections, entries and everything between them."""

from dataclasses import replace

from papers.documents.archive_headings import is_contents
from papers.documents.block_links import leads_inside, outgoing_in
from papers.documents.document import Document, DocumentEntry, DocumentSection, Shape, section_around
from papers.documents.entry_lines import (
    NUMBERED,
    add_links,
    find_lead,
    is_named,
    is_pointer,
    make_entry,
    make_named_entry,
    only_points,
    outgoing,
    starts_with_link,
)
from papers.documents.fact_lines import fact_lines
from papers.documents.heading_kinds import HeadingKinds
from papers.documents.line_cutting import cut_lines
from papers.documents.nodes import Node
from papers.documents.organisations import is_organisation
from papers.documents.parsing import Inline
from papers.documents.roles import Role
from papers.documents.table_entries import read_entry_table
from papers.documents.tables import read_table

FEWEST_NAMED = 3


class ListReader:
    """Walks the blocks once; the state is the section and the entry that are open."""

    def __init__(self, document: Document, blocks: list[Node], *, has_title: bool) -> None:
        self.document, self.blocks = document, blocks
        self.kinds = HeadingKinds([block.beginning() for block in blocks], has_title=has_title)
        self.section: int | None = None
        self.entry: DocumentEntry | None = None
        self.entry_level = 0
        self.texts: dict[int | None, list[str]] = {}
        self.outro: list[str] = []
        self.skipping = False
        named = sum(bool(b.kind == "paragraph" and b.inline and is_named(b.inline)) for b in blocks)
        self.is_newsletter = document.shape == Shape.COLLECTION and named >= FEWEST_NAMED

    def read(self) -> None:
        for number, block in enumerate(self.blocks):
            if block.kind == "heading":
                self._heading(block, self.kinds.kind(number))
            elif self.skipping and block.kind == "list" and self._is_contents_list(block):
                self._keep_outgoing(block)
            else:
                self._block(block)
            self._settle()
        for index, texts in self.texts.items():
            text = "\n\n".join(texts).strip()
            if index is None:
                self.document.introduction = text
            else:
                self.document.sections[index].body = text

    def _settle(self) -> None:
        """Let go of entries to which nothing more is added: all but the last."""
        self.document.entries.settle(but_last=1)

    def _heading(self, block: Node, kind: str) -> None:
        inline = block.inline
        if inline is None:
            return
        if kind == "title":
            self._keep_title_links(inline)
            return
        if self.entry and self.entry_level and block.level > self.entry_level and kind != "entry":
            self._say(f"{'#' * min(block.level, 6)} {inline.text}")
            add_links(self.entry, outgoing(inline))
            return
        self.skipping = is_contents(inline.plain)
        if self.skipping:
            return
        if kind == "entry":
            self.section = section_around(self.document.sections, self.section, block.level)
            self.entry = make_entry(inline, section=self.section, anywhere=True)
            self.entry.title = self.entry.title or inline.plain
            self.entry_level = block.level
            self.document.entries.append(self.entry)
            return
        self._open_section(inline.plain.strip(), block)

    def _keep_title_links(self, inline: Inline) -> None:
        """A title is plain text; where it leads stays in the introduction. Badges beside it say nothing."""
        links = [link for link in outgoing(inline) if not link.has_image]
        if links:
            self.texts.setdefault(None, []).append(", ".join(inline.text[link.start : link.end] for link in links))

    def _is_contents_list(self, block: Node) -> bool:
        """Whether a list under "Contents" tells the parts of this document; links to other pages are entries."""
        links = [link for inline in block.inlines() for link in inline.links]
        inner = sum(link.href.startswith("#") for link in links)
        return not links or inner * 2 >= len(links)

    def _keep_outgoing(self, block: Node) -> None:
        """What leads elsewhere from a contents list is in none of the sections."""
        for inline in block.inlines():
            if links := outgoing(inline):
                self.texts.setdefault(self.section, []).append(inline.text)
                self.document.warn(links[0].line, inline.text, "a link out of the contents list; kept as text")

    def _open_section(self, name: str, block: Node, *, is_heading: bool = True) -> None:
        sections = self.document.sections
        last = len(sections) - 1 if sections else None
        parent = section_around(sections, last, block.level) if is_heading else self.section
        section = DocumentSection(name or "Section", block.line, block.level, parent)
        section.is_heading = is_heading and not block.is_bold_line
        sections.append(section)
        self.section, self.entry, self.entry_level = len(sections) - 1, None, 0
        links = outgoing(block.inline) if block.inline else []
        if links and block.inline:
            self.texts.setdefault(self.section, []).append(block.inline.text)

    def _block(self, block: Node) -> None:
        if block.kind == "table":
            self._table(block)
        elif block.kind == "list":
            self._list(block)
        elif block.kind == "paragraph" and block.inline:
            self._paragraph(block)
        elif block.kind == "rule":
            return
        else:
            self._keep(block)

    def _paragraph(self, block: Node) -> None:
        inline = block.inline
        if inline is None:
            return
        if self.is_newsletter and not self.entry_level and is_named(inline):
            self._add(make_named_entry(inline, section=self.section))
            return
        numbered = bool(NUMBERED.match(inline.text))
        if self.entry_level:
            lead = find_lead(inline, anywhere=False)
            alone = lead.links and not lead.before and not lead.after.strip(" .:") and not lead.links[0].has_image
            if not alone or is_pointer(lead.links[0].label) or not lead.links[0].label or not self._has_main():
                self._keep(block)
                return
        elif not numbered and (
            not starts_with_link(inline) or self._is_prose(block) or (self._has_main() and only_points(inline))
        ):
            self._keep(block)
            return
        for piece in self._lines(block):
            self._add(make_entry(piece, section=self.section, anywhere=False))

    def _has_main(self) -> bool:
        return bool(self.entry and self.entry.links)

    def _is_prose(self, block: Node) -> bool:
        """A paragraph before any section or list that happens to begin with a link."""
        inline = block.inline
        if inline is None or self.entry is not None or self.section is not None:
            return False
        return inline.links[0].has_image or (bool(self.document.entries) is False and len(inline.plain) > 400)

    def _lines(self, block: Node) -> list[Inline]:
        """The paragraph, or its lines when each of them is an entry."""
        inline = block.inline
        if inline is None:
            return []
        pieces = cut_lines(inline)
        if len(pieces) > 1 and all(starts_with_link(piece) or NUMBERED.match(piece.text) for piece in pieces):
            return pieces
        return [inline]

    def _list(self, block: Node) -> None:
        if leads_inside(block):
            return  # the document's own contents list; the sections say the same
        if self.entry_level or (self.entry and not outgoing_in(block)):
            self._keep(block)
            return
        for item in block.children:
            self._item(item)
            self._settle()

    def _item(self, item: Node) -> None:
        head = item.lead
        if head is None:
            self._keep_text(item.source, item)
            return
        below = [child for child in item.children if child.inline is not head]
        lists = [child for child in below if child.kind == "list"]
        if not outgoing(head) and any(outgoing_in(child) for child in lists):
            self._group(head.plain, item, below)
            return
        entry = make_entry(head, section=self.section, anywhere=True)
        if head.text.startswith(("[x] ", "[X] ")):
            entry.commentary = f"☑ {entry.commentary}".strip()
        self._add(entry)
        for child in below:
            self._below(entry, child)
        self.entry = entry

    def _group(self, name: str, item: Node, below: list[Node]) -> None:
        """An item that only names what the items under it have in common."""
        outer = self.section
        level = self.document.sections[outer].level + 1 if outer is not None else 2
        self._open_section(name, Node("heading", item.line, level=level), is_heading=False)
        for child in below:
            if child.kind == "list":
                for inner in child.children:
                    self._item(inner)
            else:
                self._keep(child)
        self.section, self.entry = outer, None

    def _below(self, entry: DocumentEntry, child: Node) -> None:
        """Notes under an entry; an organisation that stands alone is known as such."""
        for inline in child.inlines():
            add_links(entry, outgoing(inline))
        notes = [child.inline.text if child.kind == "paragraph" and child.inline else child.source]
        if child.kind == "list":
            kept = [note for note in child.children if not self._organisation(entry, note)]
            if len(kept) < len(child.children):
                mark = "1." if child.is_ordered else "*"
                notes = [note.source if note.source[:1] in "*-+" else f"{mark} {note.source}" for note in kept]
        text = "\n".join(note for note in notes if note.strip())
        joint = "\n\n" if entry.commentary else ""
        entry.commentary = f"{entry.commentary}{joint}{text}" if text else entry.commentary

    def _organisation(self, entry: DocumentEntry, note: Node) -> bool:
        head = note.head
        if head is None or len(note.children) != 1 or entry.organisations or head.links or len(head.plain) > 60:
            return False
        if not is_organisation(head.plain):
            return False
        entry.organisations = head.plain
        return True

    def _table(self, block: Node) -> None:
        table = read_table(block)
        if not table.is_entries:
            self._keep(block)
            return
        for entry in read_entry_table(table, self.document, section=self.section):
            self._add(entry)
        self.entry = None

    def _add(self, entry: DocumentEntry) -> None:
        if entry.is_cancelled:
            self.document.warn(entry.line, entry.title, "crossed out in the document; kept as an entry")
        self.document.entries.append(entry)
        self.entry, self.entry_level = entry, 0

    def _keep(self, block: Node) -> None:
        self._keep_text(block.source, block)

    def _take_facts(self, block: Node) -> None:
        """Labelled lines under a heading that is an entry: whose paper it is, from when, and which link is meant."""
        entry = self.entry
        if entry is None:
            return
        named = {link.href for link in entry.links if link.is_main}
        for fact in fact_lines([block]):
            if fact.role in {Role.PAPER, Role.LINK} and (fact.label or fact.is_only_links) and not named:
                named = {link.href for link in fact.links}
            elif fact.role == Role.AUTHORS and fact.label and not entry.people:
                entry.people = fact.value[:500]
            elif fact.role == Role.YEAR and fact.value.isdigit() and len(fact.value) == 4:
                entry.year = entry.year or int(fact.value)
        entry.links = [replace(link, is_main=link.is_main or link.href in named) for link in entry.links]

    def _keep_text(self, text: str, block: Node) -> None:
        if self.entry is not None:
            for inline in block.inlines():
                add_links(self.entry, outgoing(inline))
            self._say(text)
            if self.entry_level:
                self._take_facts(block)
        elif text.strip():
            self.texts.setdefault(self.section, []).append(text)

    def _say(self, text: str) -> None:
        if self.entry is not None and text.strip():
            self.entry.commentary = f"{self.entry.commentary}\n\n{text}".strip()
