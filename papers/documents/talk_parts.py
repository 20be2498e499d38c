"""Headings with what stands under them, and which of them are presentations."""

import re
from dataclasses import dataclass

from papers.documents.day_talks import are_talks, lines_of
from papers.documents.days import find_day, is_day
from papers.documents.fact_lines import FactLine, fact_lines
from papers.documents.heading_days import opening_day_of
from papers.documents.item_days import closing_day
from papers.documents.item_talks import is_talk_list
from papers.documents.nodes import Node
from papers.documents.paper_links import is_paper, work_key
from papers.documents.parsing import FoundLink
from papers.documents.roles import Role, role_of
from papers.documents.tables import is_no_meeting

_MEETING_NUMBER = re.compile(
    r"\W*(?:(?:session|meeting|week|talk|lecture|seminar|meetup|discussion|sitzung|termin|séance|sesión)\s*#?\d{1,3}\b|"
    r"第\s?\d{1,3}\s?[回期次讲講周週]|제?\s?\d{1,3}\s?(?:회차?|주차))",
    re.IGNORECASE,
)
#: Where a document says who is behind it, "in charge" is no presenter.
_BEHIND_IT = re.compile(
    r"^\W*(?:contacts?(?: us| information| persons?)?|kontakt|contacto|contatto|contato|контакты|"
    r"organi[sz](?:ers?|ation|ing committee)|organisator\w*|連絡先|"
    r"(?:お)?問い?合わ?せ(?:先)?|主催(?:者)?|联系(?:方式|我们)?|문의)\W*$",
    re.IGNORECASE,
)
_LABELS = {Role.PAPER, Role.PRESENTER, Role.SLIDES, Role.RECORDING}
#: What stands under the heading of a presentation is no longer than this; a list of a thousand items is none.
MOST_LINES = 200
_TELLING = {Role.PRESENTER, Role.SLIDES, Role.RECORDING}


@dataclass
class Part:
    """A heading (None: the beginning) with the blocks right under it."""

    heading: Node | None
    blocks: list[Node]

    @property
    def level(self) -> int:
        return self.heading.level if self.heading else 0

    def facts(self) -> list[FactLine]:
        return list(fact_lines(self.blocks))

    @property
    def is_talk(self) -> bool:
        """Whether lines under the heading say who presented, or where the slides or the recording are."""
        if self.heading is None or any(block.kind == "table" for block in self.blocks):
            return False
        if sum(len(block.children) for block in self.blocks) > MOST_LINES or self.lists_talks:
            return False
        if self.heading.inline and _BEHIND_IT.search(self.heading.inline.plain):
            return False
        if any(block.kind == "list" and is_talk_list(block, is_meeting_like=True) for block in self.blocks):
            return False
        facts = self.facts()
        telling = [fact for fact in facts if _tells(fact)]
        listed = sum(bool(fact.links) and fact.role is None and not fact.is_only_links for fact in facts)
        return bool(telling) and len(telling) <= 12 and (listed <= 3 or any(f.role == Role.PRESENTER for f in telling))

    @property
    def lists_talks(self) -> bool:
        """Whether the heading is only a day, and each line below it is a presentation."""
        inline = self.heading.inline if self.heading else None
        return bool(inline and is_day(inline.plain) and are_talks(lines_of(self.blocks)))

    @property
    def names_paper(self) -> bool:
        """Whether a line says which paper it is, or the heading is a day and something below links to a paper."""
        if self.lists_talks:
            return False
        if any(fact.role == Role.PAPER and fact.links for fact in self.facts()):
            return True
        inline = self.heading.inline if self.heading else None
        return bool(inline and is_day(inline.plain) and self._papers())

    @property
    def tells_day_and_title(self) -> bool:
        """Whether the heading is a day with a title behind it, or in brackets a whole one that a title stands before.

        Without its year, it is one above a paper.
        """
        inline = self.heading.inline if self.heading else None
        if inline is None or is_no_meeting([inline]) or any(block.kind == "table" for block in self.blocks):
            return False
        if any(block.kind == "list" and is_talk_list(block, is_meeting_like=True) for block in self.blocks):
            return False
        last = closing_day(inline)
        if last and last.day and not is_day(inline.plain):
            return True
        found = opening_day_of(inline.plain)
        if not found or not (found.day or self._papers()):
            return False
        return bool(re.search(r"[^\W\d]{3}", inline.plain[found.end :]))

    @property
    def is_day_of_paper(self) -> bool:
        """Whether the heading is nothing but a day, and what stands below is about one paper."""
        inline = self.heading.inline if self.heading else None
        return bool(inline and is_day(inline.plain) and len(self._papers()) == 1 and not self.lists_talks)

    @property
    def numbers_meeting(self) -> bool:
        """Whether the heading counts a meeting and tells its day: "Session 2 (09-23-2024): Translation"."""
        text = self.heading.inline.plain if self.heading and self.heading.inline else ""
        match = _MEETING_NUMBER.match(text)
        found = find_day(text[match.end() :]) if match else None
        return bool(found and not is_no_meeting([self.heading.inline] if self.heading and self.heading.inline else []))

    @property
    def label(self) -> Role | None:
        """What the heading is the label of: "Readings", "Slides"."""
        text = self.heading.inline.plain if self.heading and self.heading.inline else ""
        role = role_of(text) if len(text.split()) <= 2 and not re.search(r"\d", text) else None
        return role if role in _LABELS else None

    @property
    def opens_with_day(self) -> bool:
        return bool(self.heading and self.heading.inline and opening_day_of(self.heading.inline.plain))

    def _papers(self) -> set[tuple[str, str]]:
        return {work_key(link.href) for link in self.links() if is_paper(link.href)}

    def links(self) -> list[FoundLink]:
        return [link for block in self.blocks for inline in block.inlines() for link in inline.links]


def _tells(fact: FactLine) -> bool:
    if fact.role == Role.PRESENTER:
        return fact.label.lower() not in {"name", "who", "chair", "when"} and 0 < len(fact.value) < 200
    if fact.links and all(link.href.startswith("#") for link in fact.links):
        return False  # "[Videos](#videos)" leads to a part of this document
    if fact.role in {Role.SLIDES, Role.RECORDING}:
        return bool(fact.links or fact.images)
    only = fact.is_only_links and len(fact.links) <= 4
    return only and any(_pointing(link.label) for link in fact.links)


def _pointing(label: str) -> bool:
    return len(label) <= 24 and role_of(label) in {Role.SLIDES, Role.RECORDING}


def cut_parts(blocks: list[Node]) -> list[Part]:
    parts = [Part(None, [])]
    for block in blocks:
        if block.kind == "heading":
            parts.append(Part(block, []))
        else:
            parts[-1].blocks.append(block)
    return parts


def talk_parts(parts: list[Part], *, is_meeting_like: bool) -> set[int]:
    """Places of the parts that are presentations; a heading among many of them that names a paper is one too."""
    found = {number for number, part in enumerate(parts) if part.is_talk}
    dated = {
        number
        for number, part in enumerate(parts)
        if is_meeting_like and (part.tells_day_and_title or part.numbers_meeting or part.is_day_of_paper)
    }
    if len(dated) > 1:
        # What stands below them under “Readings” or the like is said about them.
        parents = parents_of(parts)
        found = {number for number in found if not (parents[number] in dated and parts[number].label)} | dated
    by_level: dict[int, int] = {}
    for number in found:
        by_level[parts[number].level] = by_level.get(parts[number].level, 0) + 1
    return found | {
        number
        for number, part in enumerate(parts)
        if by_level.get(part.level, 0) > 1 and part.heading and part.names_paper
    }


def parents_of(parts: list[Part]) -> list[int | None]:
    """For each part the place of the heading that it stands under, None at the top."""
    found: list[int | None] = []
    open_parts: list[int] = []
    for number, part in enumerate(parts):
        while open_parts and parts[open_parts[-1]].level >= part.level:
            open_parts.pop()
        found.append(open_parts[-1] if open_parts else None)
        if part.level:
            open_parts.append(number)
    return found
