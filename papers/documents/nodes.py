"""A document as a tree of blocks that know their lines: what the list-like shapes read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from papers.documents.html_pieces import convert_html
from papers.documents.mending import mend_autolinks, mend_links
from papers.documents.parsing import Inline, LineByLine, with_inline_links
from papers.documents.site_markup import as_markdown
from papers.documents.source import DocumentRefused, Source
from papers.documents.warnings import DocumentWarning
from readinggroup.markdown.limits import MAX_NESTING as MOST_SHOWN
from readinggroup.markdown.limits import PARSER_LEVELS

_BOLD_LINE = re.compile(r"^(\*\*|__)[^*_\n\[\]]{2,80}\1:?$")


@dataclass(slots=True)
class Node:
    """A block.

    `kind` is "heading", "paragraph", "list", "item", "table", "quote", "code", "rule" or "definition". `source` is its
    Markdown without the indentation of the list it stands in; `inline` is set for headings and paragraphs; `rows` for
    tables, whose first row is the head; `level` for headings.
    """

    kind: str
    line: int
    source: str = ""
    level: int = 0
    inline: Inline | None = None
    children: list["Node"] = field(default_factory=list)
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
        stack = [self]
        while stack:
            node = stack.pop()
            if node.inline:
                yield node.inline
            for row in node.rows:
                yield from row
            stack.extend(reversed(node.children))


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
    converted = convert_html(as_markdown(mend_autolinks(source.text)))
    text = with_inline_links(mend_links(converted.text))
    try:
        parser = LineByLine()
        tokens = parser.parse_blocks(text)
    except RecursionError as error:
        raise DocumentRefused("Its brackets or marks are nested too deep to be read.") from error
    if any(token.level >= PARSER_LEVELS - 1 for token in tokens):
        # No page would show the text, only a sentence in its place.
        raise DocumentRefused(
            f"Its lists or quotes are nested too deep to be shown, deeper than {MOST_SHOWN} levels; flatten them."
        )
    blocks = _with_headings(_Builder(text.split("\n"), converted.origins, parser).build(tokens))
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
    used = {link.href for inline in tree.inlines() for link in inline.links}
    used |= {image.src for inline in tree.inlines() for image in inline.images}
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
        self.covered = 0

    def build(self, tokens: list[Token]) -> list[Node]:
        root = Node("root", 1)
        stack = [root]
        # Each token is let go once it has become a node: those of a long document are larger than its text.
        tokens.reverse()
        while tokens:
            token = tokens.pop()
            if token.level == 0 and token.map and token.nesting >= 0:
                self._uncovered(root, token.map[0])
                self.covered = token.map[1]
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
        self._uncovered(root, len(self.lines))
        return root.children

    def _node(self, token: Token, kind: str = "") -> Node:
        first, last = token.map or (0, 0)
        node = Node(kind or self.KINDS[token.type], self._line(first), self._source(first, last))
        if token.type == "code_block":
            # Its indentation, which makes it code, is lost where it stands in another place.
            node.source = f"```\n{token.content.rstrip()}\n```"
        if token.type == "heading_open":
            node.level = int(token.tag[1])
        node.is_ordered = token.type == "ordered_list_open"
        return node

    def _take_inline(self, token: Token, node: Node) -> None:
        line = self._line(token.map[0]) if token.map else node.line
        inline = self.parser.read(token, line)
        if node.kind == "table":
            node.rows[-1].append(inline)
        else:
            node.inline = inline

    def _line(self, number: int) -> int:
        return self.origins[number] if number < len(self.origins) else (self.origins[-1] if self.origins else 1)

    def _source(self, first: int, last: int) -> str:
        lines = [line.expandtabs(4) for line in self.lines[first:last]]
        while lines and not lines[-1].strip():
            lines.pop()
        if not lines:
            return ""
        indent = len(lines[0]) - len(lines[0].lstrip())
        return "\n".join([lines[0].lstrip(), *(_dedented(line, indent) for line in lines[1:])])

    def _uncovered(self, root: Node, until: int) -> None:
        """Definitions of reference links: they make no token, and belong to the document."""
        text = "\n".join(self.lines[self.covered : until]).strip()
        if text:
            root.children.append(Node("definition", self._line(self.covered), text))


def _dedented(line: str, indent: int) -> str:
    return line[indent:] if not line[:indent].strip() else line.lstrip()
