"""The Markdown parser of all list-like shapes, and links that know where they stand.

markdown-it's inline tokens carry no positions; here each link and image notes its own in `token.meta`, so that what
stands before and after it can be kept word for word.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.autolink import autolink
from markdown_it.rules_inline.image import image
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

from papers.documents.pieces import pieces

MAX_NESTING = 300
Rule = Callable[[StateInline, bool], bool]

_DEFINITION = re.compile(r"^[ >*+-]{0,8}\[(?!\^)[^\]\n]+\]:[ \t]*\S", re.MULTILINE)
_FENCE_OR_CODE = (
    r"(?P<code>^ {0,3}(?P<ticks>```+|~~~+).*?(?:^ {0,3}(?P=ticks)|\Z)|(?P<mark>`+)(?!`)[^\n]*?(?<!`)(?P=mark)(?!`))"
)
_REFERENCE = re.compile(
    _FENCE_OR_CODE
    + r"|(?P<bang>!?)\[(?P<text>(?:[^\[\]\\]|\\.|!\[[^\[\]]*\](?:\([^()]*\))?){1,600})\]"
    + r"(?:\[(?P<name>[^\[\]]*)\])?(?![(\[:])",
    re.DOTALL | re.MULTILINE,
)


#: How wide a picture is shown stands behind it.
_WIDTH = re.compile(r'^\{width="\d+"\}')
#: Names of papers that people write without a link, what follows them, and where they lead.
_NAMES = {
    "arxiv:": (
        re.compile(r"\s?(?:\d{4}\.\d{4,5}|[a-z][a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?![\w/])", re.IGNORECASE),
        "https://arxiv.org/abs/",
    ),
    "doi:": (re.compile(r"\s?10\.\d{4,9}/[^\s<>\"'|\[\]]*[\w/)]", re.IGNORECASE), "https://doi.org/"),
}


def _to_address(scheme: str, address: str) -> Callable[[Any, Any], None]:
    def normalize(linkify: Any, match: Any) -> None:
        match.url = address + match.url[len(scheme) :].strip()

    return normalize


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link in an inline text: `start` and `end` are its place in `Inline.text`; `label` is what a reader sees.

    `label` is "" for a bare address; `has_image` when its face is a picture; `is_struck` when crossed out; `is_name`
    when no address is written, but the name of a paper, such as arXiv:1706.03762.
    """

    href: str
    label: str
    start: int
    end: int
    line: int
    has_image: bool = False
    is_struck: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class FoundImage:
    src: str
    alt: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Inline:
    """The text of a paragraph, a heading or a cell: its Markdown source, its plain words, its links and images.

    `breaks` are the places in `text` at which a cell begins a new line.
    """

    text: str
    plain: str
    line: int
    links: tuple[FoundLink, ...] = ()
    images: tuple[FoundImage, ...] = ()
    is_struck: bool = False
    breaks: tuple[int, ...] = ()


def make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough", "linkify"])
    # A bare address stays as it is written, so that its place is found again.
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.block.ruler.at("reference", _no_footnote)
    if parser.linkify is not None:
        # Only whole addresses: "arxiv-sanity.org..." in a sentence is no link.
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        for scheme, (pattern, address) in _NAMES.items():
            parser.linkify.add(scheme, {"validate": pattern, "normalize": _to_address(scheme, address)})
    # Addresses of every kind are read here; which may be followed is decided where they are used.
    parser.validateLink = lambda url: not re.match(r"\s*(javascript|vbscript|data):", url, re.IGNORECASE)  # type: ignore[method-assign]
    for name, rule in (("link", link), ("autolink", autolink), ("image", image)):
        parser.inline.ruler.at(name, _noting_place(rule))
    return parser


class LineByLine:
    """A parser that reads the blocks of a text a piece at a time, and each line when it is asked for: the tokens of all
    lines of a long document would take a hundred times the memory of its text."""

    def __init__(self) -> None:
        self.blocks, self.lines = make_parser(), make_parser()
        self.env: dict[str, Any] = {}
        self.blocks.core.ruler.enableOnly(["normalize", "block"])
        self.lines.core.ruler.enableOnly(["inline", "linkify", "text_join"])

    def pieces(self, lines: list[str]) -> Iterator[tuple[int, list[Token]]]:
        """The blocks of a text: the tokens of each piece, with the number of its first line, from 0."""
        return pieces(lines, lambda text: self.blocks.parse(text, self.env))

    def read(self, token: Token, line: int) -> Inline:
        """What stands in one block of `pieces`."""
        self.lines.core.process(StateCore("", self.lines, self.env, [token]))
        inline = read_inline(token, line)
        token.children = None
        return inline


def _no_footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Definitions of links, but not of footnotes, which stay text."""
    at = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", at) and reference(state, start, end, silent)


def _noting_place(rule: Rule) -> Rule:
    def noted(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            for token in state.tokens[count:]:
                if token.type in {"link_open", "image"} and "start" not in token.meta:
                    token.meta = {"start": start, "end": state.pos}
                    break
        return found

    return noted


def with_inline_links(text: str, parser: LineByLine) -> str:
    """Write the address of each reference link where it is used, since its definition stands elsewhere.

    From then on the parser knows all definitions.
    """
    if not _DEFINITION.search(text):
        return text
    for _ in parser.pieces(text.split("\n")):
        pass
    known = parser.env.get("references", {})

    def inline(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        found = known.get(normalizeReference(match["name"] or match["text"]))
        if not found:
            return match[0]
        address = f"<{found['href']}>" if re.search(r"[\s()]", found["href"]) else found["href"]
        return f"{match['bang']}[{match['text']}]({address})"

    return _REFERENCE.sub(inline, text) if known else text


def read_inline(token: Token, line: int) -> Inline:
    """What an inline token says; `line` is where it begins."""
    reader = _InlineReader(token.content, line)
    reader.read(token.children or [])
    # The words of a badge beside other words are not part of what a heading says.
    words = "".join(word for number, word in enumerate(reader.words) if number not in reader.pictured)
    plain = " ".join((words if re.search(r"\w", words) else "".join(reader.words)).split())
    is_crossed = len(reader.unstruck) < len(reader.words)
    struck = bool(plain) and is_crossed and not "".join(reader.unstruck).strip(" .,:;|()-–—*")
    return Inline(token.content, plain, line, tuple(reader.links), tuple(reader.images), struck)


class _InlineReader:
    def __init__(self, source: str, line: int) -> None:
        self.source, self.line = source, line
        self.words: list[str] = []
        self.unstruck: list[str] = []
        self.pictured: set[int] = set()
        self.links: list[FoundLink] = []
        self.images: list[FoundImage] = []
        self.cursor = 0
        self.struck = 0

    def read(self, children: list[Token]) -> None:
        opened: dict[str, Any] | None = None
        pictured = False
        for child in children:
            if child.type in {"s_open", "s_close"}:
                self.struck += 1 if child.type == "s_open" else -1
            elif child.type == "link_open":
                opened = self._open(child)
            elif child.type == "link_close" and opened is not None:
                self._close(opened)
                opened = None
            elif child.type == "image":
                self._image(child, opened)
            elif child.type in {"softbreak", "hardbreak"}:
                self._say(" ")
            else:
                self._say(_WIDTH.sub("", child.content) if pictured else child.content)
            pictured = child.type == "image"

    def _say(self, words: str) -> None:
        self.words.append(words)
        if not self.struck:
            self.unstruck.append(words)

    def _open(self, token: Token) -> dict[str, Any]:
        return {
            "href": " ".join(str(token.attrGet("href") or "").split()),
            "start": token.meta.get("start"),
            "end": token.meta.get("end"),
            "bare": token.markup in {"linkify", "autolink"},
            "words": len(self.words),
            "image": False,
        }

    def _close(self, opened: dict[str, Any]) -> None:
        label = " ".join("".join(self.words[opened["words"] :]).split())
        start, end = opened["start"], opened["end"]
        if start is None:
            start = max(self.source.find(label, self.cursor), self.cursor)
            end = min(start + len(label), len(self.source))
        self.cursor = end
        line = self.line + self.source.count("\n", 0, start)
        bare = opened["bare"] or label == opened["href"]
        self.links.append(
            FoundLink(
                href=opened["href"],
                label="" if bare else label,
                start=start,
                end=end,
                line=line,
                has_image=opened["image"],
                is_struck=bool(self.struck),
                is_name=opened["bare"] and label.lower().startswith(tuple(_NAMES)),
            )
        )

    def _image(self, token: Token, opened: dict[str, Any] | None) -> None:
        start, end = token.meta.get("start", self.cursor), token.meta.get("end", self.cursor)
        alt = " ".join(token.content.split())
        line = self.line + self.source.count("\n", 0, start)
        self.images.append(FoundImage(str(token.attrGet("src") or ""), alt, start, end, line))
        if opened is not None:
            opened["image"] = True
            self.pictured.add(len(self.words))
            self._say(alt)
        else:
            self.cursor = end


def all_links(inlines: Iterator[Inline]) -> Iterator[FoundLink]:
    """Every link to something else than a place in the same document."""
    return (link for inline in inlines for link in inline.links if leads_out(link.href))


def leads_out(href: str) -> bool:
    return bool(href) and not href.startswith("#")
