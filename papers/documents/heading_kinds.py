"""Which headings are the title, which open a section, and which are entries themselves."""

import re

from papers.documents.entry_lines import is_pointer, outgoing
from papers.documents.fact_lines import FactLine, fact_lines
from papers.documents.nodes import Node
from papers.documents.parsing import Inline
from papers.documents.roles import Role

_FACTS = {Role.PAPER, Role.AUTHORS, Role.CODE, Role.LINK, Role.YEAR, Role.VENUE, Role.NOTES}


class HeadingKinds:
    """Decides over all headings of a document at once, since neighbours tell what a heading is."""

    def __init__(self, blocks: list[Node], *, has_title: bool) -> None:
        self.blocks = blocks
        self.places = [number for number, block in enumerate(blocks) if block.kind == "heading"]
        self.kinds = {place: self._first_guess(place) for place in self.places}
        if self.places and not has_title and blocks[self.places[0]].level == self._top():
            self.kinds[self.places[0]] = "title"
        self._ask_neighbours()

    def kind(self, place: int) -> str:
        return self.kinds[place]

    def _top(self) -> int:
        return min(self.blocks[place].level for place in self.places)

    def _end(self, place: int, *, deeper: bool) -> int:
        """Where what stands under a heading ends; with `deeper`, headings below it belong to it."""
        level = self.blocks[place].level
        for other in self.places:
            if other > place and (not deeper or self.blocks[other].level <= level):
                return other
        return len(self.blocks)

    def _first_guess(self, place: int) -> str:
        block = self.blocks[place]
        inside = self.blocks[place + 1 : self._end(place, deeper=False)]
        has_headings = self._end(place, deeper=True) > self._end(place, deeper=False)
        if block.inline and _is_link(block.inline) and not has_headings and _listed(inside) < 2:
            return "entry"
        if not has_headings and self._has_facts(inside):
            return "entry"
        return "section"

    def _has_facts(self, inside: list[Node]) -> bool:
        facts = [fact for fact in fact_lines(inside) if fact.role in _FACTS and (fact.label or fact.is_only_links)]
        # A venue or a year alone is no entry, but "Journals: …" in a text about them.
        if _is_listing(facts):
            return False
        labelled = [fact for fact in facts if fact.label and fact.role not in {Role.VENUE, Role.YEAR, Role.NOTES}]
        return bool(labelled) and len(facts) >= 1 and any(fact.links for fact in facts) and _listed(inside) < 2

    def _parent(self, place: int) -> int:
        above = [p for p in self.places if p < place and self.blocks[p].level < self.blocks[place].level]
        return above[-1] if above else -1

    def _ask_neighbours(self) -> None:
        """A heading among entries of its level is an entry too, unless something stands below it."""
        groups: dict[int, list[int]] = {}
        for place in self.places:
            groups.setdefault(self.blocks[place].level, []).append(place)
        for group in groups.values():
            entries = sum(self.kinds[place] == "entry" for place in group)
            if entries < 2 or entries * 2 < len(group):
                continue
            beside = {self._parent(place) for place in group if self.kinds[place] == "entry"}
            for place in group:
                if self._parent(place) not in beside:
                    continue
                leaf = self._end(place, deeper=True) == self._end(place, deeper=False)
                inside = self.blocks[place + 1 : self._end(place, deeper=False)]
                if self.kinds[place] == "section" and leaf and _listed(inside) < 2:
                    self.kinds[place] = "entry"


def _is_listing(facts: list[FactLine]) -> bool:
    """Whether one label comes again and again with another address: lines of a list, "CVPR 2020, A title: [pdf](…)"."""
    linked = [(fact.role, fact.links[0].href) for fact in facts if fact.label and fact.links]
    return any(len({href for role, href in linked if role == one}) > 2 for one in {role for role, _ in linked})


def _is_link(inline: Inline) -> bool:
    links = [link for link in outgoing(inline) if not link.has_image]
    if not links:
        return False
    shown = sum(len(link.label or link.href) for link in links)
    rest = re.sub(r"[\W\d_]+", "", inline.plain)
    return shown * 2 >= len(rest)


def _listed(inside: list[Node]) -> int:
    """How many entries of their own stand below: items and rows that open with more than a pointing link."""
    count = 0
    for block in inside:
        if block.kind == "list":
            heads = [item.head for item in block.children if item.head]
            count += sum(any(not is_pointer(link.label) for link in outgoing(head)) for head in heads)
        elif block.kind == "table":
            count += sum(any(cell.links for cell in row) for row in block.rows[1:])
    facts = [fact for fact in fact_lines(inside) if fact.role and fact.label and fact.links]
    return count - len(facts) if facts else count
