"""Reading lists, link collections and backlogs in the site's own Markdown."""

import re
from typing import Any

from papers.documents.document import Document, DocumentEntry, DocumentLink, DocumentSection
from papers.documents.entry_lines import outgoing
from papers.documents.exchange.blocks import (
    OPEN,
    RULE,
    Fact,
    Lines,
    Texts,
    indent,
    join_blocks,
    read_fact,
    read_heading_line,
    write_fact,
    write_facts,
    write_text,
)
from papers.documents.exchange.inline import (
    guard_opening,
    one_line,
    read_line,
    write_link,
    write_linked,
)
from papers.documents.links import TextLink
from papers.documents.nodes import read_tree
from papers.documents.source import Source

#: Stands where an entry has neither words nor links.
NOTHING = "&nbsp;"
_NUMBER = re.compile(r"^\*\*(\d{1,9}):\*\*(?: |$)")


def write_list(document: Document) -> str:
    """The body of a list: introduction, entries, sections, and behind a rule what closes it."""
    blocks = [f"# {one_line(document.title)}", write_text(document.introduction)]
    blocks += [_write_entry(entry) for entry in document.entries if entry.section is None]
    for index in _in_order(document.sections):
        section = document.sections[index]
        depth = _depth(document.sections, index)
        blocks += [f"{'#' * (depth + 2)} {one_line(section.heading)}", write_text(section.body)]
        blocks += [_write_entry(entry) for entry in document.entries if entry.section == index]
    if document.outro.strip():
        blocks += [RULE, write_text(document.outro)]
    return join_blocks(blocks)


def _in_order(sections: list[DocumentSection]) -> list[int]:
    """Each section before those inside it."""
    children: dict[int | None, list[int]] = {}
    for index, section in enumerate(sections):
        children.setdefault(section.parent, []).append(index)
    ordered, waiting = [], list(reversed(children.get(None, [])))
    while waiting:
        index = waiting.pop()
        ordered.append(index)
        waiting += reversed(children.get(index, []))
    return ordered


def _depth(sections: list[DocumentSection], index: int) -> int:
    depth, parent = 0, sections[index].parent
    while parent is not None:
        depth, parent = depth + 1, sections[parent].parent
    return depth


def _write_entry(entry: DocumentEntry) -> str:
    shown = [(link.href, link.label) for link in _links_in(entry.commentary)]
    mentioned = [(link.href, link.text) for link in entry.links if not link.is_main]
    main: list[TextLink] = []
    again: list[TextLink] = []
    for link in (TextLink(link.href, link.text) for link in entry.links if link.is_main):
        one = (link.href, link.text)
        # The title's own link may stand below once more.
        (again if link in main and shown.count(one) > mentioned.count(one) else main).append(link)
    words, left = write_linked(entry.title, main)
    number = f"**{entry.number}:**" if entry.number is not None else ""
    head = " ".join(part for part in (number, words if number else guard_opening(words)) if part) or NOTHING
    facts = write_facts([("Year", entry.year), ("People", entry.people), ("Organisations", entry.organisations)])
    for link in [*left, *again]:
        one = (link.href, link.text)
        # Shown below as well, where it would only be mentioned.
        is_shown = shown.count(one) > mentioned.count(one)
        if is_shown:
            shown.remove(one)
        facts.append(write_fact("About" if is_shown else "Link", write_link(link)))
    facts += [write_fact("Mentions", write_link(TextLink(*one))) for one in _only_here(mentioned, shown)]
    block = "\n".join([f"- {head}", *(f"  {fact}" for fact in facts)])
    commentary = entry.commentary.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return f"{block}\n\n{indent(commentary)}" if commentary.strip() else block


def _only_here(mentioned: list[tuple[str, str]], shown: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Mentioned links that the commentary does not show, and so would be lost with it."""
    left, kept = list(shown), []
    for one in mentioned:
        if one in left:
            left.remove(one)
        else:
            kept.append(one)
    return kept


def read_list(document: Document, lines: Lines) -> None:
    """Read the body of a list into `document`."""
    _ListLines(document, lines).read()


class _ListLines:
    def __init__(self, document: Document, lines: Lines) -> None:
        self.document = document
        self.lines = lines
        self.texts = Texts()
        self.section: int | None = None
        self.place: object = None

    def read(self) -> None:
        for line in self.lines:
            heading = read_heading_line(line)
            if line == OPEN:
                self.texts.add(self.place, self.lines.take_fenced())
            elif heading:
                self._heading(*heading)
            elif line.startswith("- "):
                self._entry(line[2:])
            elif line.strip() == RULE:
                self.place = RULE
            else:
                self.texts.add(self.place, line)
        self.document.introduction = self.texts.of(None)
        self.document.outro = self.texts.of(RULE)
        for index, section in enumerate(self.document.sections):
            section.body = self.texts.of(index)

    def _heading(self, level: int, words: str) -> None:
        if level == 1:
            return
        sections = self.document.sections
        parent = self.section
        while parent is not None and sections[parent].level >= level:
            parent = sections[parent].parent
        sections.append(DocumentSection(words, self.lines.number, level, parent))
        self.section = self.place = len(sections) - 1

    def _entry(self, head: str) -> None:
        entry = DocumentEntry("", self.lines.number, self.section)
        number = _NUMBER.match(head)
        if number:
            entry.number = int(number[1])
            head = head[number.end() :]
        line = read_line("" if head.strip() == NOTHING else head)
        entry.title = line.words
        entry.links = [_link(link, entry.line, is_main=True) for link in line.links]
        below = self.lines.take_indented()
        facts = self._facts(entry, below)
        entry.commentary = "\n".join(below).strip("\n")
        shown = [TextLink(link.href, link.label) for link in _links_in(entry.commentary)]
        for link in facts.get("About", []):
            if link in shown:
                shown.remove(link)
        mentioned = [*shown, *facts.get("Mentions", [])]
        entry.links += [_link(link, entry.line, is_main=False) for link in mentioned]
        self.document.entries.append(entry)
        self.document.entries.settle()

    def _facts(self, entry: DocumentEntry, below: list[str]) -> dict[str, list[TextLink]]:
        """Take the facts off the top of the lines below an entry; return the links that stand there, by their fact."""
        links: dict[str, list[TextLink]] = {}
        while below and (fact := read_fact(below[0])) and self._fact(entry, fact):
            links.setdefault(fact[0], []).extend(read_line(fact[1]).links)
            below.pop(0)
        return links

    def _fact(self, entry: DocumentEntry, fact: Fact) -> bool:
        name, value = fact
        line = read_line(value)
        if name == "Year" and line.words.isdecimal() and len(line.words) <= 4:
            entry.year = int(line.words)
        elif name == "People":
            entry.people = line.words
        elif name == "Organisations":
            entry.organisations = line.words
        elif name in {"Link", "About"}:
            entry.links += [_link(link, entry.line, is_main=True) for link in line.links]
        else:
            return name == "Mentions"
        return True


def _link(link: TextLink, line: int, *, is_main: bool) -> DocumentLink:
    return DocumentLink(link.href, link.text, line, is_main)


def _links_in(text: str) -> list[Any]:
    """The links that lead out of a text, as the reader of every document sees them."""
    if not re.search(r"\]\(|://|\]\[|<a\s", text):
        return []
    return [link for inline in read_tree(Source(text)).inlines() for link in outgoing(inline)]
