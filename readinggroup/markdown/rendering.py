"""Markdown in, safe HTML out."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from readinggroup.markdown.limits import MAX_NESTING, PARSER_LEVELS, TextRefused, check_limits, has_endless_word
from readinggroup.markdown.parser import markdown_parser, parse_environment
from readinggroup.markdown.sanitising import sanitise

#: One paragraph of words in which no sign means anything to Markdown: most abstracts and remarks are no more, and an
#: import has ten thousand of them.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;:.!?()'\"%/…–—’“”-])*(?<! )")
MOST_PLAIN = 20_000

# A NUL never belongs in text; PostgreSQL refuses it, and a lone surrogate cannot be encoded.
_UNWRITABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\N{REPLACEMENT CHARACTER}")


def render_markdown(text: str, *, math: bool = True, top_heading: int = 2, id_prefix: str = "") -> SafeString:
    """Return `text` as HTML that any page may show.

    `math=False` leaves dollar signs alone. `top_heading` is the level of the text's highest heading. `id_prefix` keeps
    the anchors of two texts on one page apart. Never raises for what a person wrote: a text beyond the limits becomes
    one sentence that says so (`check_markdown` tells a form beforehand).
    """
    try:
        return mark_safe(_render(text, math=math, top_heading=top_heading, id_prefix=id_prefix))  # noqa: S308 - sanitised
    except TextRefused as reason:
        return format_html('<p class="text-refused" role="alert">{}</p>', str(reason))


def check_markdown(text: str) -> None:
    """Raise `TextRefused` with a sentence for the writer when `text` breaks a limit."""
    _render(text, math=True, top_heading=2, id_prefix="")


def _render(text: str, *, math: bool, top_heading: int, id_prefix: str) -> str:
    if len(text) < MOST_PLAIN and _PLAIN.fullmatch(text) and "//" not in text:
        return f"<p>{text}</p>\n"
    text = text.translate(_UNWRITABLE)
    check_limits(text)
    md = markdown_parser(math=math, linkify=not has_endless_word(text))
    env = parse_environment(top_heading=top_heading, id_prefix=id_prefix)
    try:
        tokens = md.parse(text, env)
    except RecursionError as error:
        raise TextRefused(_TOO_DEEP) from error
    if any(token.level >= PARSER_LEVELS - 1 for token in tokens):
        # The parser stops there without a word, and what follows would be missing from the page.
        raise TextRefused(_TOO_DEEP)
    return sanitise(md.renderer.render(tokens, md.options, env))


_TOO_DEEP = f"This text has lists or quotes nested deeper than {MAX_NESTING} levels. Make it flatter."
