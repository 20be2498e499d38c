"""What the links of whole blocks say: where they lead, and how many entries they begin."""

from collections.abc import Iterable

from papers.documents.entry_lines import NUMBERED, outgoing, starts_with_link
from papers.documents.nodes import Node


def leads_inside(block: Node) -> bool:
    """Whether a block links to places of the document, and to nothing else."""
    hrefs = (link.href for inline in block.inlines() for link in inline.links)
    first = next(hrefs, "")
    return first.startswith("#") and all(href.startswith("#") for href in hrefs)


def outgoing_in(node: Node) -> bool:
    """Whether a block links to anything outside the document."""
    return any(outgoing(inline) for inline in node.inlines())


def entries_in(blocks: Iterable[Node]) -> int:
    """How many items, paragraphs and rows of these blocks begin like entries."""
    count = 0
    for block in blocks:
        if block.kind == "list":
            count += sum(bool(item.lead and outgoing(item.lead)) for item in block.children)
        elif block.kind == "table":
            count += sum(any(cell.links for cell in row) for row in block.rows[1:])
        elif block.inline and (starts_with_link(block.inline) or NUMBERED.match(block.inline.text)):
            count += 1
    return count
