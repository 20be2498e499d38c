"""A reading list as a reader meets it: sections in sections, entries in their places."""

from dataclasses import dataclass, field

from papers.models import Entry, ReadingList, Section

#: HTML knows six levels of headings; the list's title is the first.
DEEPEST_HEADING = 6
DEEPEST_INSET = 3


@dataclass
class SectionNode:
    """A section with what is in it; `level` is the level of its heading on the page, 2 for the outermost."""

    section: Section
    level: int
    entries: list[Entry] = field(default_factory=list)
    children: list["SectionNode"] = field(default_factory=list)
    is_first: bool = True
    is_last: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.children and not self.section.body

    @property
    def depth(self) -> int:
        """How far its name is set in, where names stand in one list."""
        return min(self.level - 2, DEEPEST_INSET)

    @property
    def inner_depth(self) -> int:
        return min(self.level - 1, DEEPEST_INSET)

    @property
    def tag(self) -> str:
        return f"h{min(self.level, DEEPEST_HEADING)}"


@dataclass
class ListOutline:
    """`entries` stand before the first section."""

    entries: list[Entry]
    sections: list[SectionNode]

    def walk(self) -> list[SectionNode]:
        """All sections in reading order."""
        found: list[SectionNode] = []
        waiting = list(reversed(self.sections))
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.children))
        return found


def outline_of(reading_list: ReadingList) -> ListOutline:
    """Order the sections and entries of `reading_list`, best fetched with `for_page()`: then without a query."""
    nodes = {section.pk: SectionNode(section, level=2) for section in reading_list.sections.all()}
    loose: list[Entry] = []
    for entry in reading_list.entries.all():
        (nodes[entry.section_id].entries if entry.section_id in nodes else loose).append(entry)
    outline = ListOutline(loose, [])
    for node in nodes.values():
        parent = nodes.get(node.section.parent_id or 0)
        (parent.children if parent else outline.sections).append(node)
    _settle(outline.sections, level=2)
    return outline


def _settle(siblings: list[SectionNode], *, level: int) -> None:
    """Write levels and ends into the tree, from the top down."""
    waiting = [(siblings, level)]
    while waiting:
        group, depth = waiting.pop()
        for place, node in enumerate(group):
            node.level, node.is_first, node.is_last = depth, place == 0, place == len(group) - 1
            waiting.append((node.children, depth + 1))
