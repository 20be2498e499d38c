"""Making the text of sources clean: markup of JATS and HTML, TeX accents, control characters, line breaks."""

import logging
import re
import unicodedata
from html import unescape
from html.parser import HTMLParser

from pylatexenc.latex2text import LatexNodes2Text

MAX_LINE = 2_000
MAX_TEXT = 30_000
MAX_MARKUP = 40_000

_BLOCKS = {"p", "title", "sec", "div", "br", "li", "list-item", "disp-formula", "abstract"}
_SILENT = {"script", "style", "annotation", "annotation-xml"}
_HEADINGS = {"abstract", "summary", "abstract."}
#: A formula ends where the next would begin, so that a thousand beginnings without an end cost no quadratic time.
_MATH = re.compile(r"(\$\$[^$]+\$\$|\$[^$]+\$|\\\((?:(?!\\[()]).)+\\\)|\\\[(?:(?!\\[\[\]]).)+\\\])", re.S)
_TEX_DOCUMENT = re.compile(r"\\documentclass.*?\\begin\{document\}(.*?)\\end\{document\}", re.S)

_to_text = LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_comments=True)
logging.getLogger("pylatexenc").setLevel(logging.ERROR)


def one_line(text: object, limit: int = MAX_LINE) -> str:
    """A title or name: markup gone, TeX as characters, on one line; "" for what is no text."""
    if not isinstance(text, str):
        return ""
    return " ".join(tex_to_text(without_markup(text[: limit * 4])).split())[:limit].strip()


def paragraphs(text: object, limit: int = MAX_TEXT) -> str:
    """An abstract: markup gone, TeX outside of formulas as characters, paragraphs kept apart by an empty line."""
    if not isinstance(text, str):
        return ""
    plain = without_markup(text[:MAX_MARKUP])
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", plain)]
    kept = [part for part in parts if part and part.lower() not in _HEADINGS]
    return "\n\n".join(_tidy_outside_math(part) for part in kept)[:limit].strip()


def without_controls(text: str) -> str:
    """Without what no database keeps and no reader sees: control characters, lone surrogates, private marks."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def without_markup(text: str) -> str:
    """The text of HTML or JATS (jats.nlm.nih.gov), blocks set apart by empty lines. Plain text stays as it is."""
    text = without_controls(text)
    if "<" not in text and "&" not in text:
        return text
    reader = _TextReader()
    reader.feed(text)
    reader.close()
    return unescape("".join(reader.pieces))


def tex_to_text(text: str) -> str:
    """TeX accents, commands and formulas as characters; text that is no TeX stays as it is."""
    if "\\" not in text and "$" not in text:
        return text.replace("{", "").replace("}", "") if re.search(r"\{\w+\}", text) else text
    escaped = re.sub(r"(?<!\\)([%&#])", r"\\\1", text)
    try:
        return str(_to_text.latex_to_text(escaped, tolerant_parsing=True))
    except Exception:  # noqa: BLE001 -- whatever strangers' TeX does to the parser, the text itself is still there
        return text


def _tidy_outside_math(text: str) -> str:
    parts = _MATH.split(text)
    return "".join(part if _MATH.fullmatch(part) else _accents(part) for part in parts)


def _accents(text: str) -> str:
    if "\\" not in text:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return lead + " ".join(tex_to_text(text.replace("$", r"\$")).split()) + tail


class _TextReader(HTMLParser):
    """Collects text. Of a formula given twice, as TeX and as MathML, the TeX is kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = self.alternatives = self.formulas = 0
        self.tex: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = tag.rpartition(":")[2]
        if name in _BLOCKS:
            self.pieces.append("\n\n")
        self.silent += name in _SILENT
        self.alternatives += name == "alternatives"
        self.formulas += name == "math"
        if name == "tex-math":
            self.tex = []

    def handle_endtag(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in _BLOCKS:
            self.pieces.append("\n\n")
        self.silent = max(0, self.silent - (name in _SILENT))
        self.alternatives = max(0, self.alternatives - (name == "alternatives"))
        self.formulas = max(0, self.formulas - (name == "math"))
        if name == "tex-math" and self.tex is not None:
            self.pieces.append(_formula("".join(self.tex)))
            self.tex = None

    def handle_data(self, data: str) -> None:
        if self.tex is not None:
            self.tex.append(data)
        elif not self.silent and not (self.alternatives and self.formulas):
            self.pieces.append(data)


def _formula(tex: str) -> str:
    """A formula between single dollars; some publishers wrap each one in a whole TeX document."""
    document = _TEX_DOCUMENT.search(tex)
    inner = (document[1] if document else tex).strip().strip("$").strip()
    return f"${' '.join(inner.split())}$" if inner else ""
