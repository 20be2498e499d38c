"""Abstracts are plain text with formulas between dollars, not Markdown: their asterisks are asterisks."""

import re

from readinggroup.markdown import render_markdown

_MATH = re.compile(r"(\$\$[^$]+\$\$|\$[^$\n]+\$|\\\((?:(?!\\[()]).)+\\\)|\\\[(?:(?!\\[\[\]]).)+\\\])")
_MARKS = re.compile(r"([*`<&\[\]~]|(?<![^\W_])_|_(?![^\W_]))")
_LINE_STARTS = re.compile(r"^(\s*\d*)([#>+=.)-])", re.M)


def render_abstract(text: str) -> str:
    """Return the abstract as safe HTML with its formulas set."""
    parts = _MATH.split(text)
    return render_markdown("".join(_inline(part) if _MATH.fullmatch(part) else _escape(part) for part in parts))


def _inline(formula: str) -> str:
    """Every formula stands in the line, as in the printed abstract."""
    inner = formula[2:-2] if formula.startswith("\\") else formula.strip("$")
    return f"${inner.strip()}$"


def _escape(text: str) -> str:
    return _LINE_STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\1", text))
