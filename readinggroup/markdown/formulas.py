r"""TeX formulas to MathML: a guard in front, and a process of its own behind it.

The guard refuses with a reason what is known to hurt the converter; the process (`formula_process`) bears what is not.
"""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from markdown_it.common.utils import escapeHtml

from readinggroup.markdown.math_styles import styles_to_classes

MAX_FORMULA = 2_000
MAX_FORMULAS = 2_000
MAX_DEPTH = 40
MAX_CHAIN = 60
MAX_UNMATCHED = 8
MAX_RESTARTS = 2
PROCESS_SECONDS = 10

MACROS = {
    "abs": r"\left\lvert #1\right\rvert",
    "argmax": r"\operatorname*{arg\,max}",
    "argmin": r"\operatorname*{arg\,min}",
    "ensuremath": "#1",
    "mathclap": "#1",
    "mathds": r"\mathbb{#1}",
    "norm": r"\left\lVert #1\right\rVert",
    "smash": "#1",
    "substack": r"\begin{matrix}#1\end{matrix}",
    "textnormal": r"\text{#1}",
}

# A formula may not define commands: two kilobytes of them expand to megabytes.
_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?newcommand|(?:re)?newenvironment|providecommand|renewcommand|[gex]?def|let|futurelet"
    r"|DeclareMathOperator|DeclarePairedDelimiter|DeclareRobustCommand|csname|expandafter|loop)(?![a-zA-Z])"
)
_PAIRS = "(?:angle|floor|ceil|brace|brack|[vV]ert|group|moustache|Brack|Brace|bag|paren)"
_OPENS = rf"\\l{_PAIRS}|\\[ul]lcorner|\\llbracket|\\\{{|[(\[]"
_CLOSES = rf"\\r{_PAIRS}|\\[ul]rcorner|\\rrbracket|\\\}}|[)\]]"
_NESTING = re.compile(
    rf"(?P<group>\{{|\\(?:left|begin)(?![a-zA-Z]))|(?P<end>\}}|\\(?:right|end)(?![a-zA-Z]))"
    rf"|(?P<open>(?:{_OPENS})(?![a-zA-Z])|[(\[])|(?P<close>(?:{_CLOSES})(?![a-zA-Z])|[)\]])|\\.",
    re.DOTALL,
)
_CHAIN = re.compile(rf"(?:(?:\\[a-zA-Z]+|[_^'])\s*){{{MAX_CHAIN},}}")
_LINK = re.compile(r"</?a\b[^>]*>")
_LINK_ALONE = re.compile(r"<math[^>]*><mtext>(<a [^>]*>[^<]*</a>)</mtext></math>")
_POSITION = re.compile(r"^\d+: ")
# Spellings the converter does not know, and the nearest it does.
_REWRITES = (
    (re.compile(r"\\(begin|end)\{(?:split)\}"), r"\\\1{aligned}"),
    (re.compile(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (re.compile(r"\\begin\{(alignat|alignedat)(\*?)\}\s*\{\d+\}"), r"\\begin{\1\2}"),
    (re.compile(r"\\(begin|end)\{alignedat\}"), r"\\\1{aligned}"),
    (re.compile(r"\\(begin|end)\{(?:alignat|flalign|eqnarray)(\*?)\}"), r"\\\1{align\2}"),
    (re.compile(r"\\\\\s?\[-?[\d.]+\s*(?:pt|em|ex|mm|cm)\]"), r"\\\\"),
    (re.compile(r"\\mathop\s*\{([^{}]*)\}\s*\\limits"), r"\\operatorname*{\1}"),
)


TOO_MUCH = "it takes too long or is nested too deeply"


class Interrupted(Exception):
    """The process ended before its work was done; `answers` has something for every formula all the same."""

    def __init__(self, answers: list[dict[str, str]]) -> None:
        super().__init__()
        self.answers = answers


class FormulaRefused(ValueError):
    """The formula breaks a limit or is not TeX the converter knows; the message says why."""


def check_formula(source: str) -> None:
    """Raise `FormulaRefused` unless `source` is safe to hand to the native converter."""
    if len(source) > MAX_FORMULA:
        raise FormulaRefused(f"longer than {MAX_FORMULA:,} characters")
    if _DEFINITION.search(source):
        raise FormulaRefused("commands cannot be defined here")
    depth, unmatched = _nesting(source)
    if depth > MAX_DEPTH:
        raise FormulaRefused(f"nested deeper than {MAX_DEPTH} levels")
    if unmatched > MAX_UNMATCHED:
        raise FormulaRefused(f"more than {MAX_UNMATCHED} brackets are opened and never closed")
    if _CHAIN.search(source):
        raise FormulaRefused(f"more than {MAX_CHAIN} commands in a row")


def _nesting(source: str) -> tuple[int, int]:
    """The deepest nesting of groups and brackets, and how many brackets have no partner in their group."""
    deepest = unmatched = 0
    brackets = [0]  # open brackets of each group around the current place
    for match in _NESTING.finditer(source):
        if match["group"]:
            brackets.append(0)
        elif match["end"] and len(brackets) > 1:
            unmatched += brackets.pop()
        elif match["open"]:
            brackets[-1] += 1
        elif match["close"] and brackets[-1]:
            brackets[-1] -= 1
        deepest = max(deepest, len(brackets) - 1 + sum(brackets))
    return deepest, unmatched + sum(brackets)


def _prepare(source: str) -> str:
    for pattern, replacement in _REWRITES:
        source = pattern.sub(replacement, source)
    return source


def render_formulas(formulas: Sequence[tuple[str, bool]], *, id_prefix: str = "") -> list[str]:
    r"""Return MathML for each `(TeX, is display)` pair of one document, in order.

    All formulas are converted together, so that equation numbers run through the document and `\eqref` finds a label
    in another formula. A formula that cannot be shown becomes its source with the reason, and hurts no other.
    """
    rendered: list[str] = [""] * len(formulas)
    places: list[int] = []
    for place, (source, _) in enumerate(formulas):
        if place >= MAX_FORMULAS:
            rendered[place] = f"<code>{escapeHtml(source)}</code>"
            continue
        try:
            check_formula(source)
            places.append(place)
        except FormulaRefused as reason:
            rendered[place] = _error(source, str(reason))
    prepared = tuple((_prepare(formulas[place][0]), formulas[place][1]) for place in places)
    try:
        answers = _convert(prepared, f"{id_prefix}math-")
    except Interrupted as interrupted:
        answers = interrupted.answers
    for place, answer in zip(places, answers, strict=True):
        if "html" in answer:
            rendered[place] = styles_to_classes(_place_links(answer["html"]))
        else:
            rendered[place] = _error(formulas[place][0], _POSITION.sub("", answer["error"]))
    return rendered


def _place_links(mathml: str) -> str:
    r"""A formula is one thing to a screen reader and holds no links; `\eqref{a}` on its own becomes a link."""
    if alone := _LINK_ALONE.fullmatch(mathml):
        return alone.group(1)
    return _LINK.sub("", mathml)


# A writer's preview asks again at every pause, mostly with the same formulas.
@lru_cache(maxsize=64)
def _convert(formulas: tuple[tuple[str, bool], ...], id_prefix: str) -> list[dict[str, str]]:
    """Convert in another process; a formula that ends it is named and left out, and the rest starts anew.

    Raises `Interrupted` then, with the answers: what a full machine could not do once is not remembered.
    """
    answers: list[dict[str, str]] = []
    for _ in range(MAX_RESTARTS):
        rest = formulas[len(answers) :]
        if not rest:
            break
        lines = _run_process(rest, id_prefix)
        done = lines[: len(rest)]
        if len(lines) > len(rest) and lines[-1].get("together") is not None and not answers:
            numbered = iter(lines[-1]["together"])
            return [{"html": next(numbered)} if "html" in answer else answer for answer in done]
        answers += done
        if len(done) < len(rest):
            answers.append({"error": TOO_MUCH})
    missing = len(formulas) - len(answers)
    if any(answer.get("error") == TOO_MUCH for answer in answers) or missing:
        raise Interrupted(answers + [{"error": "it stands after formulas that take too long"}] * missing)
    return answers


def _run_process(formulas: Sequence[tuple[str, bool]], id_prefix: str) -> list[dict[str, Any]]:
    options = {
        "macros": MACROS,
        "allow_unreliable_rendering": True,
        "fancy_error": False,
        "max_expansions": 100,
        "id_prefix": id_prefix,
    }
    job = json.dumps({"options": options, "formulas": formulas})
    command = [sys.executable, "-I", str(Path(__file__).with_name("formula_process.py"))]
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)
    except OSError:  # no process or memory left on this machine just now
        return []
    with process:
        try:
            output, _ = process.communicate(job, timeout=PROCESS_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            output, _ = process.communicate()
    # The last line of a process that was ended may be cut off.
    return [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith("\n")]


def _error(source: str, reason: str) -> str:
    shown = source if len(source) <= MAX_FORMULA else source[:200] + " …"
    return (
        f'<span class="math-error"><code>{escapeHtml(shown)}</code> '
        f'<span class="math-error-reason">This formula cannot be shown: {escapeHtml(reason)}</span></span>'
    )
