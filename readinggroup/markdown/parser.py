"""The Markdown dialect: CommonMark with tables, strikethrough, footnotes, task lists, TeX formulas and figures.

Raw HTML is not part of it: a tag is shown as text (but for a pasted `<img>` and comments, which are read as Markdown).
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.amsmath import amsmath_block, amsmath_plugin
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from readinggroup.markdown.formulas import render_formulas
from readinggroup.markdown.headings import link_to_headings, place_headings
from readinggroup.markdown.highlighting import highlight_code
from readinggroup.markdown.images import install_images
from readinggroup.markdown.limits import PARSER_LEVELS
from readinggroup.markdown.rules import RENDER_RULES

FORMULA_TOKENS = frozenset({"math_inline", "math_block", "amsmath"})

BlockRule = Callable[[StateBlock, int, int, bool], bool]
_AMSMATH_OPEN = re.compile(r"\\begin\{([a-zA-Z]+\*?)\}")
_AMSMATH_END = re.compile(r"\\end\{([a-zA-Z]+\*?)\}[ \t]*$", re.MULTILINE)
_DOLLAR_OPEN = re.compile(r"(\$\$)")
_DOLLAR_END = re.compile(r"(\$\$)[ \t]*$", re.MULTILINE)


@cache
def markdown_parser(*, math: bool, linkify: bool) -> MarkdownIt:
    """The parser, built once; `parse` and `render` keep their state in the `env` of each call."""
    md = MarkdownIt(
        "commonmark",
        {
            "html": False,
            "linkify": linkify,
            "typographer": False,
            "maxNesting": PARSER_LEVELS,
            "highlight": lambda code, language, _attributes: highlight_code(code, language),
        },
    )
    md.enable(["table", "strikethrough", "linkify"])
    assert md.linkify is not None
    # Only whole addresses: "arxiv-sanity.org..." in a sentence is a name, not a link.
    md.linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    md.use(footnote_plugin).use(tasklists_plugin)
    md.use(attrs_plugin, after=("image",), allowed=("width",))
    install_images(md)
    md.inline.ruler.before("html_inline", "html_comment", _comment_rule)
    if math:
        _install_math(md)
    md.core.ruler.push("place_headings", place_headings)
    md.core.ruler.push("link_to_headings", link_to_headings)
    for name, rule in RENDER_RULES.items():
        md.add_render_rule(name, rule)
    return md


def _install_math(md: MarkdownIt) -> None:
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_labels=False)
    md.use(amsmath_plugin)
    md.block.ruler.at("math_block", _only_if_closed(math_block_dollar(False, None, True), _DOLLAR_END, _DOLLAR_OPEN))
    md.block.ruler.at(
        "amsmath",
        _only_if_closed(amsmath_block, _AMSMATH_END, _AMSMATH_OPEN),
        {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]},
    )
    md.core.ruler.push("formulas", _convert_formulas)


def _only_if_closed(rule: BlockRule, closing: re.Pattern[str], opening: re.Pattern[str]) -> BlockRule:
    """Ask `rule` only where the closing mark of its opener follows.

    The plugin's rules look for it line by line from every opener, which is quadratic when there is none.
    """
    key = f"closings {closing.pattern}"

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = state.bMarks[start] + state.tShift[start]
        opener = opening.match(state.src, first)
        if not opener:
            return False
        ends = state.env.get(key)
        if ends is None:
            ends = state.env[key] = defaultdict(list)
            for match in closing.finditer(state.src):
                ends[match.group(1)].append(match.end())
        places = ends.get(opener.group(1), ())
        after = bisect_right(places, opener.end())
        if after == len(places) or places[after] > state.eMarks[end - 1]:
            return False
        return rule(state, start, end, silent)

    return guarded


def _comment_rule(state: StateInline, silent: bool) -> bool:
    """`<!-- notes to self -->` is not shown."""
    if not state.src.startswith("<!--", state.pos):
        return False
    # Known once per paragraph: looking ahead from every opener would be quadratic.
    paragraph, last = state.env.get("last comment end", ("", -1))
    if paragraph is not state.src:
        last = state.src.rfind("-->")
        state.env["last comment end"] = (state.src, last)
    if last < state.pos + 4:
        return False
    state.pos = state.src.index("-->", state.pos + 4) + 3
    return True


def _convert_formulas(state: StateCore) -> None:
    tokens = [
        token for block in state.tokens for token in (block, *(block.children or ())) if token.type in FORMULA_TOKENS
    ]
    sources = [(token.content.strip(), token.type != "math_inline") for token in tokens]
    rendered = render_formulas(sources, id_prefix=str(state.env.get("id_prefix", "")))
    for token, html in zip(tokens, rendered, strict=True):
        token.meta = {**(token.meta or {}), "html": html}


def parse_environment(*, top_heading: int, id_prefix: str) -> dict[str, Any]:
    """The `env` of one parse; `id_prefix` keeps the anchors of two texts on one page apart."""
    return {"top_heading": top_heading, "id_prefix": id_prefix}
