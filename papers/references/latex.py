r"""Values of BibTeX as text: accents, commands and braces resolved, formulas of abstracts kept."""

import re

from papers.metadata.text import tex_to_text, without_controls
from papers.references.text import without_tags

_MATH = re.compile(r"((?<!\\)\$\$[^$]+\$\$|(?<![\\$])\$(?!\s)[^$]+(?<![\s\\])\$(?!\d))")
_BRACES = re.compile(r"(?<!\\)[{}]")
#: What `papers.citations` and others write for signs that TeX would take for something else.
_SIGNS = re.compile(
    r"\{?\\(text(?:braceleft|braceright|backslash|asciitilde|asciicircum|dollar|underscore|less|greater|bar))"
    r"(?:\{\}|\s+|(?![a-zA-Z]))\}?"
)
_ANGLES = re.compile(r"\{?\\ensuremath\{([<>])\}\}?")
_SIGN = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textdollar": "$",
    "textunderscore": "_",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}
_LOGO = re.compile(r"\\((?:La|Bib|Xe|Lua)?TeX)\b(?:\{\})?")
#: After a backslash it is an accent.
_TIE = re.compile(r"(?<!\\)~")
#: Signs wait as private marks while the rest is read.
_HIDDEN = {sign: chr(0xE000 + number) for number, sign in enumerate(sorted(_SIGN.values()))}
_SHOWN = str.maketrans({mark: sign for sign, mark in _HIDDEN.items()})
_ESCAPED = re.compile(r"\\([{}$&%#_])")
_ESCAPED_SIGN = {sign: chr(0xE020 + number) for number, sign in enumerate("{}$&%#_")}
_SHOWN_ESCAPED = str.maketrans({mark: sign for sign, mark in _ESCAPED_SIGN.items()})


def plain_line(value: str, limit: int = 2_000) -> str:
    """A title, name or venue on one line, formulas as characters."""
    read = _shown(without_tags(_read(value[: limit * 4], keeps_math=False)))
    return " ".join(read.split())[:limit].strip()


def plain_text(value: str, limit: int = 30_000) -> str:
    """An abstract or a note: formulas stay between dollars, paragraphs stay apart."""
    return _shown(without_tags(_read(value[: limit * 2], keeps_math=True))).strip()[:limit].strip()


def _read(value: str, *, keeps_math: bool) -> str:
    text = without_controls(value)
    if not any(sign in text for sign in "\\{}$~-`'"):
        return text
    text = _ANGLES.sub(lambda found: _HIDDEN[found[1]], text)
    text = _SIGNS.sub(lambda found: _HIDDEN[_SIGN[found[1]]], text)
    text = _LOGO.sub(r"\1", text)
    text = _ESCAPED.sub(lambda found: _ESCAPED_SIGN[found[1]], text)
    parts = _MATH.split(text)
    done = [
        part if keeps_math and number % 2 else _outside(part) if not number % 2 else tex_to_text(part)
        for number, part in enumerate(parts)
    ]
    return "".join(done)


def _shown(text: str) -> str:
    """With the signs that were hidden from the reader of TeX and from that of markup."""
    return text.translate(_SHOWN).translate(_SHOWN_ESCAPED)


def _outside(part: str) -> str:
    """Text without formulas: what is left of TeX are accents, commands, ties, dashes and braces."""
    part = part.replace("-{}-", "\ue040")
    lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    if "\\" in part:
        # A tie is a blank to TeX; the reader of TeX would make a no-break space of it.
        part = tex_to_text(_TIE.sub(" ", part).replace("$", "\\$").strip())
        part = f"{lead}{part}{tail}"
    part = part.replace("~", " ").replace("\u00a0", " ").replace("``", "“").replace("''", "”")
    part = part.replace("---", "—")
    part = re.sub(r"(?<=[\w)])\s?--\s?(?=[\w(])", lambda found: found[0].replace("--", "–"), part)
    return _BRACES.sub("", part).replace("\ue040", "--")
