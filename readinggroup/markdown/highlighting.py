"""Code colouring by class; the colours are in static/css/code.css (`manage.py build_code_css`)."""

from functools import cache

from markdown_it.common.utils import escapeHtml
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Pygments knows five hundred languages and some of their lexers are slow on hostile text; these are the ones a
# machine-learning group writes.
LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "console": "console",
    "c": "c", "cpp": "cpp", "c++": "cpp", "cuda": "cuda",
    "python": "python", "py": "python", "python3": "python", "pycon": "pycon",
    "json": "json", "yaml": "yaml", "yml": "yaml", "toml": "toml", "ini": "ini",
    "javascript": "javascript", "js": "javascript", "typescript": "typescript", "ts": "typescript",
    "java": "java", "go": "go", "rust": "rust", "julia": "julia", "r": "r", "matlab": "matlab", "haskell": "haskell",
    "sql": "sql", "html": "html", "css": "css", "xml": "xml", "latex": "latex", "tex": "latex",
    "diff": "diff", "dockerfile": "docker", "docker": "docker", "makefile": "make",
}  # fmt: skip
MAX_HIGHLIGHTED = 10_000
MAX_LINE = 500


@cache
def _lexer(name: str) -> Lexer | None:
    try:
        return get_lexer_by_name(name, stripnl=False)
    except ClassNotFound:  # pragma: no cover - the table above is tested against Pygments
        return None


def highlight_code(code: str, language: str) -> str:
    """Return the inside of a code block as HTML; plain when the language is unknown or the block very long."""
    name = LANGUAGES.get(language.strip().lower())
    lexer = _lexer(name) if name else None
    too_much = len(code) > MAX_HIGHLIGHTED or any(len(line) > MAX_LINE for line in code.splitlines())
    if lexer is None or too_much:
        return escapeHtml(code)
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
