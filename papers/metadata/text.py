"""Making the text of sources clean: markup, TeX accents, control characters, line breaks."""

import logging
import re
import unicodedata

from pylatexenc.latex2text import LatexNodes2Text

from papers.metadata.markup import text_of

MAX_LINE = 2_000
MAX_TEXT = 30_000
MAX_MARKUP = 40_000

_HEADINGS = {"abstract", "summary", "abstract."}
#: A formula ends where the next would begin, so that a thousand beginnings without an end cost no quadratic time.
_MATH = re.compile(r"(\$\$[^$]+\$\$|\$[^$]+\$|\\\((?:(?!\\[()]).)+\\\)|\\\[(?:(?!\\[\[\]]).)+\\\])", re.S)
#: Dollars around a formula touch it; those of prices do not.
_PAIRED = re.compile(r"\$\$[^$]+\$\$|(?<!\\)\$(?!\s)[^$]+(?<![\s\\])\$(?!\d)")
_FUNCTION = re.compile(r"(?<=[\w)}])\\(log|ln|exp|sin|cos|tan|max|min|sup|inf|lim|det|dim|ker|arg)(?![a-z])")
_NO_TEXT = re.compile(r"[\s~]*\\(?:cite[a-z]*|ref|eqref|label|footnote|url)\*?(?:\[[^\[\]]*\])?\{[^{}]*\}")

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
    if text.replace("\n", "").replace("\t", "").isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn"))


def without_markup(text: str) -> str:
    """The text of HTML or JATS, blocks set apart by empty lines. Plain text stays as it is."""
    text = without_controls(text)
    return text_of(text) if "<" in text or "&" in text else text


def tex_to_text(text: str) -> str:
    """TeX accents, commands and formulas as characters; text that is no TeX stays as it is."""
    text = _quotes_and_dashes(text)
    if "\\" not in text and "$" not in text:
        return text.replace("{", "").replace("}", "") if re.search(r"\{\w+\}", text) else text
    text = _FUNCTION.sub(r" \\\1", _NO_TEXT.sub("", text.replace(r"\/", "/")))
    escaped = re.sub(r"(?<!\\)([%&#])", r"\\\1", _with_prices_escaped(text))
    try:
        return str(_to_text.latex_to_text(escaped, tolerant_parsing=True))
    except Exception:  # noqa: BLE001 -- whatever strangers' TeX does to the parser, the text itself is still there
        return text


def _with_prices_escaped(text: str) -> str:
    """Every dollar sign that is not around a formula stays a dollar sign."""
    pieces, end = [], 0
    for found in _PAIRED.finditer(text):
        pieces += [re.sub(r"(?<!\\)\$", r"\\$", text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, re.sub(r"(?<!\\)\$", r"\\$", text[end:])])


def _quotes_and_dashes(text: str) -> str:
    """As TeX writes them."""
    if "``" in text and "''" in text:
        text = text.replace("``", "“").replace("''", "”")
    return re.sub(r"(?<=\d)--(?=\d)", "–", text.replace("---", "—")) if "--" in text else text


def _tidy_outside_math(text: str) -> str:
    parts = _MATH.split(text)
    return "".join(part if _MATH.fullmatch(part) else _accents(part) for part in parts)


def _accents(text: str) -> str:
    text = _quotes_and_dashes(text)
    if "\\" not in text:
        return text
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return lead + " ".join(tex_to_text(text.replace("$", r"\$")).split()) + tail
