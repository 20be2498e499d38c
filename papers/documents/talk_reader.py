"""Documents of a group that meets: presentations under headings, in tables and in dated lists."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from papers.documents.archive import EntryKind, PresentationEntry, ReportEntry
from papers.documents.archive_headings import MAX_DIGITS, is_contents
from papers.documents.day_talks import are_talks, lines_of, read_day, without_facts
from papers.documents.days import find_day, is_day, reads_day_first, year_near
from papers.documents.document import Document, DocumentSection, section_around
from papers.documents.entry_lines import outgoing
from papers.documents.heading_days import cut_heading_day
from papers.documents.item_talks import are_names, is_nickname, is_talk_list
from papers.documents.links import TextLink
from papers.documents.nodes import Node
from papers.documents.outline import anchor
from papers.documents.paper_links import is_paper, is_pdf
from papers.documents.parsing import Inline
from papers.documents.roles import Role, role_of
from papers.documents.table_talks import read_talk_table
from papers.documents.tables import is_no_meeting, read_table
from papers.documents.talk_facts import (
    NOBODY,
    add_paper_link,
    fill_talk,
    keep_files,
    split_names,
    take_material,
    without_others,
)
from papers.documents.talk_parts import Part, cut_parts, parents_of, talk_parts
from papers.documents.years import Years

_NUMBER = re.compile(
    r"^\s*(?P<word>(?:paper\s+)?(?:presentation|talk|session|meeting|lecture|episode|discussion|meetup|week|paper|no\.?)\s*)?"
    r"#?(?P<number>\d{1,6})(?P<end>\s*(?::|\.|,|\)|\s[-–—|])\s*|\s+(?=[\[(])|$)",
    re.IGNORECASE,
)
_PERSON = r"[A-ZÀ-Þ][\w.'’-]*(?:[ ]+[A-ZÀ-Þ][\w.'’-]*){1,3}"
_PRESENTED_BY = re.compile(
    r"\b(?:presented|led|given) by (?P<names>[^\W\d_][\w.'’-]*(?:[ ]+[^\W\d_][\w.'’-]*){0,3})\s*[.;]?\s*$"
    rf"|(?P<who>{_PERSON})[*_]*(?:,[^.\n]{{1,60}},)? will (?:be )?(?:present|lead|discuss|talk)"
    rf"|\b[Ww]e(?:'re| are) (?:excited|happy|glad) to have \[?(?P<guest>{_PERSON})",
    re.MULTILINE,
)


def _read_prose(talk: PresentationEntry, part: Part) -> None:
    """What no label says: the paper that the text links to, and "presented by …" in a sentence."""
    links = part.links() if not talk.papers else []
    for link in [link for link in links if is_paper(link.href)] or [link for link in links if is_pdf(link.href)][:1]:
        add_paper_link(talk, link)
    said = None if talk.presenters else _PRESENTED_BY.search(talk.summary)
    if said:
        talk.presenters = split_names(said["names"] or said["who"] or said["guest"])[0]
    if is_day(talk.title) and talk.papers and talk.papers[0].text:
        talk.title = talk.papers[0].text


class TalkReader:
    def __init__(self, document: Document, blocks: list[Node], *, has_title: bool, is_meeting_like: bool) -> None:
        self.document, self.has_title, self.is_meeting_like = document, has_title, is_meeting_like
        self.parts = cut_parts(blocks)
        self.talks = talk_parts(self.parts, is_meeting_like=is_meeting_like)
        self.levels = {self.parts[number].level for number in self.talks}
        days = [block.inline.plain for block in blocks if block.kind == "heading" and block.inline]
        self.day_first = reads_day_first(days)
        self.section = ""
        self.above: Node | None = None
        self.day: date | None = None
        self.only_day: date | None = None
        self.years = Years(document.title)

    def read(self) -> None:
        first = next((number for number, part in enumerate(self.parts) if part.heading), None)
        top = min((part.level for part in self.parts if part.heading), default=0)
        folded = self._fold_labels()
        for number, part in enumerate(self.parts):
            if number in self.talks:
                self._talk(part)
                continue
            if number in folded:
                continue
            heading = part.heading
            is_title = number == first and not self.has_title and part.level == top
            if heading and heading.inline and not is_title:
                if is_contents(heading.inline.plain):
                    continue
                if self._is_pause(part):
                    self.document.warn(heading.line, heading.source, "the group does not meet; kept as text")
                    part.blocks.insert(0, Node("paragraph", heading.line, heading.inline.text))
                else:
                    self._section(heading)
            elif heading and heading.inline:
                self.years.note_heading(heading.inline.plain, None)
            for block in part.blocks:
                self._block(block)
        self._settle_names()
        self._settle_numbers()
        for talk in self.document.presentations:
            keep_files(talk)

    def _settle_names(self) -> None:
        """Words behind the days of headings are names when most come again or are those of known presenters."""
        lines = {part.heading.line for part in self.parts if part.heading and part.opens_with_day}
        dated = [talk for talk in self.document.presentations if talk.line in lines and not talk.presenters]
        named = [talk for talk in dated if are_names(talk.title) and not talk.title.lower().startswith("no ")]
        known = self._presenters()
        held = Counter(talk.title for talk in named)
        if len(named) < 3 or sum(held[t.title] > 1 or t.title in known for t in named) * 2 <= len(dated):
            return
        for talk in named:
            talk.presenters = split_names(talk.title)[0]
            talk.title = talk.papers[0].text if talk.papers else ""

    def _presenters(self) -> set[str]:
        return {name for talk in self.document.presentations for name in talk.presenters}

    def _settle_nicknames(self, talks: list[PresentationEntry]) -> None:
        """Among the items of a list a word that comes again, or is the name of somebody who presents, is no title."""
        called = [talk for talk in talks if is_nickname(talk)]
        held, known = Counter(talk.title for talk in called), {name.split()[0] for name in self._presenters()}
        for talk in called:
            if held[talk.title] > 1 or talk.title in known:
                talk.presenters, talk.title = [talk.title], ""

    def _settle_numbers(self) -> None:
        """Numbers that begin anew in every term name no presentation of the whole archive."""
        numbered = [talk for talk in self.document.presentations if talk.number]
        held = Counter(talk.number for talk in numbered)
        again = [talk for talk in numbered if held[talk.number] > 1]
        if len({talk.number for talk in again}) > 1:
            again = numbered
        if again:
            kept = ", ".join(str(talk.number) for talk in again)
            self.document.warn(again[0].line, kept, "numbers that begin anew; the presentations were added without")
        for talk in again:
            talk.number = None

    def _fold_labels(self) -> set[int]:
        """Put what stands under headings such as “Readings” into the meeting above, as a label with its lines."""
        folded = set()
        for number, (part, above) in enumerate(zip(self.parts, parents_of(self.parts), strict=True)):
            if number in self.talks or above not in self.talks or above is None or part.heading is None:
                continue
            if part.label is None:
                continue
            if not (self.parts[above].numbers_meeting or self.parts[above].opens_with_day):
                continue
            name = f"{part.heading.inline.plain}:" if part.heading.inline else ""
            label = Node("paragraph", part.heading.line, name, inline=Inline(name, name, part.heading.line))
            self.parts[above].blocks += [label, *part.blocks]
            folded.add(number)
        return folded

    def _is_pause(self, part: Part) -> bool:
        """A holiday among the headings of presentations."""
        inline = part.heading.inline if part.heading else None
        return bool(part.level in self.levels and inline and is_no_meeting([inline]))

    def _section(self, heading: Node) -> None:
        name = heading.inline.plain if heading.inline else ""
        self.above = heading
        sections = self.document.sections
        parent = section_around(sections, len(sections) - 1 if sections else None, heading.level)
        self.section = anchor(name) or "section"
        found = find_day(name, day_first=self.day_first, year=self.years.current)
        self.day = found.day if found else None
        self.years.note_heading(name, self.day)
        section = DocumentSection(name, heading.line, heading.level, parent, anchor=self.section)
        section.is_heading = not heading.is_bold_line
        sections.append(section)

    def _block(self, block: Node) -> None:
        if block.kind == "table" and block.rows:
            table = read_table(block)
            if table.tells_talks(is_meeting_like=self.is_meeting_like):
                result = read_talk_table(table, self.document, section=self.section, year=self.years.current)
                for talk in [] if table.has(Role.DATE) or not self.only_day else result.talks:
                    talk.held_on, talk.is_meeting = self.only_day, True
                self.document.presentations += result.talks
                for talk, links in result.write_ups:
                    self._write_ups(talk, links)
                return
        below = lines_of([block]) if self.day else []
        if below and are_talks(below):
            facts, below = without_facts(below)
            for line in facts:
                self._keep(line)
            self._items(below)
        elif block.kind == "list" and is_talk_list(block, is_meeting_like=self.is_meeting_like):
            self._items(block.children)
        else:
            self._keep(block)

    def _items(self, items: Sequence[Node]) -> None:
        day_first = reads_day_first([item.head.plain for item in items if item.head])
        last: date | None = None
        before = len(self.document.presentations)
        for item in items:
            year = self.years.told or year_near(last) or self.years.current
            for found, write_ups in read_day(item, self.document, self.section, day_first, year):
                if found is None:
                    continue
                last = found.held_on or last
                if self.day and found.held_on is None:
                    found.held_on, found.is_meeting = self.day, True
                self.document.presentations.append(found)
                self._write_ups(found, write_ups)
        self._settle_nicknames(self.document.presentations[before:])

    def _note_day(self, block: Node) -> None:
        """A page that tells under “When” one day and no other is of one meeting."""
        lines = [inline.plain for inline in block.inlines()]
        if self.above and self.above.inline and role_of(self.above.inline.plain) == Role.DATE and len(lines) == 1:
            found = find_day(lines[0], day_first=self.day_first, year=self.years.current) if is_day(lines[0]) else None
            self.only_day = found.day if found else self.only_day

    def _keep(self, block: Node) -> None:
        if not re.search(r"\w|!\[", block.source):
            return  # what a template tag left behind
        self._note_day(block)
        if block.kind == "paragraph" and block.inline:
            self.years.note_line(block.inline.plain)
        if block.kind == "list":
            links = [link for inline in block.inlines() for link in inline.links]
            if links and all(link.href.startswith("#") for link in links):
                return
        if self.document.sections:
            section = self.document.sections[-1]
            section.body = f"{section.body}\n\n{block.source}".strip()
        else:
            self.document.introduction = f"{self.document.introduction}\n\n{block.source}".strip()

    def _talk(self, part: Part) -> None:
        if part.heading is None or part.heading.inline is None:
            return
        talk = self._announced(self._naming(part.heading))
        links = fill_talk(talk, without_others(part.facts()), day_first=self.day_first, year=self.years.current)
        _read_prose(talk, part)
        is_dated = part.opens_with_day or (talk.held_on is not None and part.tells_day_and_title)
        if self.is_meeting_like and (part.numbers_meeting or is_dated):
            talk.is_meeting = True
        if self.day and talk.held_on is None:
            # The heading above is a meeting's, and this one of the presentations in it.
            talk.held_on, talk.is_meeting = self.day, True
        if NOBODY.match(talk.title):
            talk.title = talk.papers[0].text if talk.papers else ""
            talk.is_open = talk.is_meeting and talk.names_nothing and not talk.summary
        self.document.presentations.append(talk)
        self._write_ups(talk, links)

    def _naming(self, heading: Node) -> Node:
        """The heading that says what is presented: the one above, when this is only called “Reading” or the like."""
        name = heading.inline.plain if heading.inline else ""
        is_label = role_of(name) in {Role.PAPER, Role.PRESENTER, Role.TITLE} and not re.search(r"\d", name)
        is_under = self.above is not None and 0 < self.above.level < heading.level
        return self.above if is_label and is_under and self.above else heading

    def _announced(self, heading: Node) -> PresentationEntry:
        """What the heading itself says: a number, a title, a day, perhaps a link to the paper."""
        inline = heading.inline
        text = inline.plain if inline else ""
        talk = PresentationEntry(text, heading.line, self.section)
        talk.is_cancelled = bool(inline and inline.is_struck) or bool(re.search(r"\bcancel+ed\b", text, re.IGNORECASE))
        match = _NUMBER.match(text)
        if match and len(match["number"]) <= MAX_DIGITS and (match["end"] or match["word"]):
            day = find_day(text[: match.end() + 12], day_first=self.day_first)
            if not day or day.start >= match.end():
                talk.number, text = int(match["number"]) or None, text[match.end() :]
        if found := cut_heading_day(text, day_first=self.day_first, year=self.years.current):
            talk.held_on, text = found.day, found.title
            self.years.note_heading(found.words, found.day)
            if not found.day:
                # Without its year it is no date, and has to be read somewhere.
                talk.summary = found.words
        counted = match[0].strip(" :-–—.,()") if match and match["word"] else ""
        talk.title = text.strip(" :-–—") or counted or (inline.plain if inline else "")
        for link in outgoing(inline) if inline else []:
            if not take_material(talk, link):
                talk.summary = f"{talk.summary}\n\n<{link.href}>".strip()
        return talk

    def _write_ups(self, talk: PresentationEntry, links: list[TextLink]) -> None:
        for link in links:
            report = ReportEntry(EntryKind.PAPER_REPORT, talk.title or link.text, talk.line, talk.section)
            report.body_href, report.papers = link.href, talk.papers[:1]
            self.document.reports.append(report)
