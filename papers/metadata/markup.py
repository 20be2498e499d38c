"""The text of HTML and JATS (jats.nlm.nih.gov): blocks set apart, of a formula given twice the TeX kept."""

import re
from html import unescape
from html.parser import HTMLParser

_BLOCKS = {"p", "title", "sec", "div", "br", "li", "list-item", "abstract"}
_SILENT = {"script", "style", "annotation", "annotation-xml"}
_TEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(.*?)\\end\{document\}", re.S)
#: Between which parts of a MathML element which sign stands (w3.org/TR/mathml-core).
_SIGNS = {"msub": ("_",), "msup": ("^",), "msubsup": ("_", "^"), "mfrac": ("/",), "munder": ("_",), "mover": ("^",)}
_ESCAPED_TAGS = re.compile(
    r"</?(?:(?:jats|mml):[a-z-]+|i|b|em|strong|sub|sup|sc|scp|tt|u|p|br|italic|bold|span|inf)\b[^<>]{0,200}>", re.I
)
_SUPERSCRIPTS = str.maketrans("0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ")
MAX_DEPTH = 200


def text_of(markup: str) -> str:
    """The text that `markup` shows. Markup that was escaped once too often is no text either."""
    text = _read(markup)
    return _read(text) if _ESCAPED_TAGS.search(text) else text


def _read(markup: str) -> str:
    reader = _TextReader()
    reader.feed(markup)
    reader.close()
    return unescape(reader.text())


class _TextReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[str, bool]] = []
        self.silent = self.alternatives = self.formulas = self.raised = 0
        self.tex: list[str] | None = None
        #: Open MathML elements, each with the number of its parts so far.
        self.open: list[list[object]] = []
        self.has_blocks = False

    def text(self) -> str:
        """Where blocks are marked, line breaks in the source mean nothing."""
        if not self.has_blocks:
            return "".join(piece for piece, _ in self.pieces)
        return "".join(
            piece if is_break else " ".join(re.split(r"[\r\n]+\s*", piece)) for piece, is_break in self.pieces
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if name in _BLOCKS:
            self._break()
        self.silent += name in _SILENT
        self.alternatives += name == "alternatives"
        self.formulas += name == "math"
        self.raised += name == "sup"
        if name == "tex-math":
            self.tex = []
        if self.formulas:
            self._open(name)

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in _BLOCKS:
            self._break()
        self.silent = max(0, self.silent - (name in _SILENT))
        self.alternatives = max(0, self.alternatives - (name == "alternatives"))
        self.formulas = max(0, self.formulas - (name == "math"))
        self.raised = max(0, self.raised - (name == "sup"))
        if self.open and self.open[-1][0] == name:
            self.open.pop()
        if not self.formulas:
            self.open = []
        if name == "tex-math" and self.tex is not None:
            self.pieces.append((_formula("".join(self.tex)), False))
            self.tex = None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        if self.tex is not None:
            self.tex.append(data)
        elif not self.silent and not (self.alternatives and self.formulas):
            if self.formulas:
                data = data.strip()
            elif self.raised and re.fullmatch(r"[\d+\-−n]{1,6}", data):
                data = data.translate(_SUPERSCRIPTS)
            self.pieces.append((data, False))

    def _break(self) -> None:
        self.has_blocks = True
        self.pieces.append(("\n\n", True))

    def _open(self, name: str) -> None:
        """Note a MathML element and write the sign that stands between its parent's parts."""
        if self.open:
            parent = self.open[-1]
            number = int(str(parent[1]))
            signs = _SIGNS.get(str(parent[0]), ())
            if 0 < number <= len(signs) and not self.alternatives:
                self.pieces.append((signs[number - 1], False))
            parent[1] = number + 1
        if len(self.open) < MAX_DEPTH:
            self.open.append([name, 0])


def _formula(tex: str) -> str:
    """A formula between single dollars; some publishers wrap each one in a whole TeX document."""
    document = _TEX_DOCUMENT.search(tex)
    inner = (document[1] if document else tex).strip().strip("$").strip()
    return f"${' '.join(inner.split())}$" if inner else ""
