"""A document as a tree of blocks that know their lines: what the list-like shapes read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from papers.documents.cell_breaks import places_of_breaks, without_breaks
from papers.documents.html_pieces import convert_keeping_breaks
from papers.documents.mending import mend_angles, mend_links
from papers.documents.parsing import Inline, LineByLine, with_inline_links
from papers.documents.site_markup import as_markdown
from papers.documents.source import DocumentRefused, Source
from papers.documents.warnings import DocumentWarning
from readinggroup.markdown.limits import MAX_NESTING as MOST_SHOWN
from readinggroup.markdown.limits import PARSER_LEVELS
from readinggroup.spool import Spool

#: So many items show what a list is.
ENOUGH_ITEMS = 1_000
_BOLD_LINE = re.compile(r"^(\*\*|__)[^*_\n\[\]]{2,80}\1:?$")


@dataclass(slots=True)
class Node:
    """A block, whose `children` are read but not changed: those of a long list come from a file.

    `kind` is "heading", "paragraph", "list", "item", "table", "quote", "code", "rule" or "definition". `source` is its
    Markdown without the indentation of the list it stands in; `inline` is set for headings and paragraphs; `rows` for
    tables, whose first row is the head; `level` for headings.
    """

    kind: str
    line: int
    source: str = ""
    level: int = 0
    inline: Inline | None = None
    children: "list[Node] | Spool[Node]" = field(default_factory=list)
    rows: list[list[Inline]] = field(default_factory=list)
    is_ordered: bool = False
    is_bold_line: bool = False

    @property
    def head(self) -> Inline | None:
        """Of an item: its first paragraph or heading."""
        first = next((child for child in self.children if child.kind in {"paragraph", "heading"}), None)
        return first.inline if first else None

    @property
    def lead(self) -> Inline | None:
        """Of an item: what it is about, which is its second paragraph where the first links to nothing."""
        texts = [child.inline for child in self.children if child.kind == "paragraph" and child.inline][:2]
        later = len(texts) > 1 and not texts[0].links and texts[1].links and texts[1].links[0].start == 0
        return texts[1] if later else self.head

    def inlines(self) -> Iterator[Inline]:
        """All texts in this block, in reading order."""
        stack = [iter([self])]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
                continue
            if node.inline:
                yield node.inline
            for row in node.rows:
                yield from row
            stack.append(iter(node.children))

    def beginning(self) -> "Node":
        """The block, of a long list only its first items: so many show what it is."""
        if len(self.children) <= ENOUGH_ITEMS:
            return self
        return replace(self, children=self.children[:ENOUGH_ITEMS])


@dataclass
class Tree:
    blocks: list[Node]
    warnings: list[DocumentWarning]
    tags: list[str]
    day_text: str = ""

    def inlines(self) -> Iterator[Inline]:
        for block in self.blocks:
            yield from block.inlines()


def read_tree(source: Source) -> Tree:
    """Parse a document. Raises DocumentRefused when it is nested too deep to be read whole."""
    converted = convert_keeping_breaks(as_markdown(mend_angles(source.text)))
    parser = LineByLine()
    try:
        text = with_inline_links(mend_links(converted.text), parser)
        blocks = _with_headings(_Builder(text.split("\n"), converted.origins, parser).build())
    except RecursionError as error:
        raise DocumentRefused("Its brackets or marks are nested too deep to be read.") from error
    tree = Tree(blocks, list(converted.warnings), converted.tags, converted.day_text)
    _settle_definitions(tree)
    return tree


def _with_headings(blocks: list[Node]) -> list[Node]:
    """In a document without headings, short bold lines that stand alone are its headings."""
    if any(block.kind == "heading" for block in blocks):
        return blocks
    bold = [block for block in blocks if block.kind == "paragraph" and _BOLD_LINE.match(block.source)]
    for number, block in enumerate(bold):
        block.kind, block.is_bold_line = "heading", True
        block.level = 1 if number == 0 and block is blocks[0] else 2
    return blocks


def _settle_definitions(tree: Tree) -> None:
    """Definitions of links have done their work; one that no link uses stays text, with a warning."""
    if not any(block.kind == "definition" for block in tree.blocks):
        return
    used = {address for inline in tree.inlines() for address in _addresses(inline)}
    kept = []
    for block in tree.blocks:
        if block.kind != "definition":
            kept.append(block)
            continue
        unused = [line for line in block.source.split("\n") if not any(href in line for href in used if href)]
        if left := "\n".join(line for line in unused if line.strip()):
            reason = "the definition of a link that nothing uses; kept as text"
            tree.warnings.append(DocumentWarning(block.line, left, reason))
            kept.append(Node("code", block.line, left))
    tree.blocks = kept


def _addresses(inline: Inline) -> Iterator[str]:
    yield from (link.href for link in inline.links)
    yield from (image.src for image in inline.images)


class _Builder:
    """Turns the flat token stream into nodes, without recursion since documents decide how deep it goes."""

    KINDS = {
        "paragraph_open": "paragraph",
        "heading_open": "heading",
        "bullet_list_open": "list",
        "ordered_list_open": "list",
        "list_item_open": "item",
        "blockquote_open": "quote",
        "table_open": "table",
    }
    LEAVES = {"fence": "code", "code_block": "code", "hr": "rule", "html_block": "paragraph"}

    def __init__(self, lines: list[str], origins: list[int], parser: LineByLine) -> None:
        self.lines, self.origins, self.parser = lines, origins, parser
        #: Lines before the piece that is read, and before the text that no block has covered yet.
        self.start = self.covered = 0

    def build(self) -> list[Node]:
        blocks: list[Node] = []
        mark = ""
        for start, tokens in self.parser.pieces(self.lines):
            self.start = start
            self._check_depth(tokens)
            opening, closing = _list_mark(tokens[:1]), _list_mark(tokens[-1:])
            found = self._read(tokens)
            if opening == mark != "" and found[0].kind == blocks[-1].kind == "list":
                self._go_on(blocks[-1], found.pop(0))
            blocks += found
            mark = closing
        return [*blocks, *self._uncovered(len(self.lines))]

    def _go_on(self, block: Node, further: Node) -> None:
        """Put the items with which a piece begins to those with which the one before it ended."""
        if not isinstance(block.children, Spool):
            block.children = Spool(block.children)
        block.children.extend(further.children)
        block.children.settle()
        gap = "\n" if self.lines[self.start - 1].strip() else "\n\n"
        block.source = f"{block.source}{gap}{further.source}"

    def _check_depth(self, tokens: list[Token]) -> None:
        if any(token.level >= PARSER_LEVELS - 1 for token in tokens):
            # No page would show the text, only a sentence in its place.
            raise DocumentRefused(
                f"Its lists or quotes are nested too deep to be shown, deeper than {MOST_SHOWN} levels; flatten them."
            )

    def _read(self, tokens: list[Token]) -> list[Node]:
        blocks: list[Node] = []
        stack = [Node("root", 1, children=blocks)]
        # Each token is let go once it has become a node: those of a long document are larger than its text.
        tokens.reverse()
        while tokens:
            token = tokens.pop()
            if token.level == 0 and token.map and token.nesting >= 0:
                blocks += self._uncovered(self.start + token.map[0])
                self.covered = self.start + token.map[1]
            if token.type == "tr_open":
                stack[-1].rows.append([])
            elif token.type in self.KINDS:
                node = self._node(token)
                stack[-1].children.append(node)
                stack.append(node)
            elif token.type in self.LEAVES:
                stack[-1].children.append(self._node(token, self.LEAVES[token.type]))
            elif token.type == "inline":
                self._take_inline(token, stack[-1])
            elif token.type.removesuffix("_close") + "_open" in self.KINDS and token.nesting == -1:
                stack.pop()
        return blocks

    def _node(self, token: Token, kind: str = "") -> Node:
        first, last = (self.start + number for number in token.map or (0, 0))
        node = Node(kind or self.KINDS[token.type], self._line(first), self._source(first, last))
        if token.type == "code_block":
            # Its indentation, which makes it code, is lost where it stands in another place.
            node.source = f"```\n{without_breaks(token.content).rstrip()}\n```"
        if token.type == "heading_open":
            node.level = int(token.tag[1])
        node.is_ordered = token.type == "ordered_list_open"
        return node

    def _take_inline(self, token: Token, node: Node) -> None:
        line = self._line(self.start + token.map[0]) if token.map else node.line
        breaks = places_of_breaks(token.content)
        token.content = without_breaks(token.content)
        inline = self.parser.read(token, line)
        if breaks:
            inline = replace(inline, breaks=breaks)
        if node.kind == "table":
            node.rows[-1].append(inline)
        else:
            node.inline = inline

    def _line(self, number: int) -> int:
        return self.origins[number] if number < len(self.origins) else (self.origins[-1] if self.origins else 1)

    def _source(self, first: int, last: int) -> str:
        lines = [without_breaks(line).expandtabs(4) for line in self.lines[first:last]]
        while lines and not lines[-1].strip():
            lines.pop()
        if not lines:
            return ""
        indent = len(lines[0]) - len(lines[0].lstrip())
        return "\n".join([lines[0].lstrip(), *(_dedented(line, indent) for line in lines[1:])])

    def _uncovered(self, until: int) -> list[Node]:
        """Definitions of reference links: they make no token, and belong to the document."""
        first = next((number for number in range(self.covered, until) if self.lines[number].strip()), until)
        text = without_breaks("\n".join(self.lines[first:until])).strip()
        return [Node("definition", self._line(first), text)] if text else []


def _list_mark(tokens: list[Token]) -> str:
    """What marks the items of the list that a token opens or closes, "" when it is of another block."""
    return tokens[0].markup if tokens and tokens[0].type.startswith(("bullet_list", "ordered_list")) else ""


def _dedented(line: str, indent: int) -> str:
    return line[indent:] if not line[:indent].strip() else line.lstrip()
