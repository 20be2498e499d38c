"""Titles on lines of their own, each right above a list that begins with its address and goes on about it."""

from dataclasses import replace

from papers.documents.entry_lines import is_pointer, outgoing
from papers.documents.nodes import Node
from papers.documents.parsing import FoundLink, Inline

LONGEST_TITLE = 25
#: A single one is a sentence above a list.
FEWEST = 2


def with_titled_lists(blocks: list[Node]) -> list[Node]:
    """The blocks with each such title and its list as one item, which opens with a link of that name."""
    pairs = {number for number in range(len(blocks) - 1) if _address_below(blocks[number], blocks[number + 1])}
    if len(pairs) < FEWEST:
        return blocks
    found: list[Node] = []
    for number, block in enumerate(blocks):
        if number in pairs:
            found.append(_joined(block, blocks[number + 1]))
        elif number - 1 not in pairs:
            found.append(block)
    return found


def _address_below(title: Node, block: Node) -> FoundLink | None:
    """The only address in a list right below a line that can be a title."""
    inline = title.inline if title.kind == "paragraph" else None
    if inline is None or inline.links or block.kind != "list" or block.line != title.line + 1:
        return None
    words = inline.plain.split()
    if "\n" in inline.text or not words or len(words) > LONGEST_TITLE or inline.plain.endswith((":", ".")):
        return None
    only = [link for item in block.children if (link := _only_link(item))]
    return only[0] if len(only) == 1 and _only_link(block.children[0]) else None


def _only_link(item: Node) -> FoundLink | None:
    """The link that is all that an item says."""
    links = outgoing(item.head) if item.head and len(item.children) == 1 else []
    if len(links) != 1 or item.head is None or (links[0].label and not is_pointer(links[0].label)):
        return None
    beside = item.head.text[: links[0].start] + item.head.text[links[0].end :]
    return None if any(map(str.isalnum, beside)) else links[0]


def _joined(title: Node, block: Node) -> Node:
    link, inline = _address_below(title, block), title.inline
    if link is None or inline is None:
        return block
    text = f"[{inline.text}](<{link.href}>)"
    named = Inline(text, inline.plain, title.line, (replace(link, label=inline.plain, start=0, end=len(text)),))
    head = Node("paragraph", title.line, text, inline=named)
    rest = replace(block, children=list(block.children[1:]), source=block.source.partition("\n")[2])
    source = f"{title.source}\n{block.source}"
    item = Node("item", title.line, source, children=[head, rest] if rest.children else [head])
    return Node("list", title.line, source, children=[item])
