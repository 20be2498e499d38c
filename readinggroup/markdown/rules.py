"""How single pieces become HTML where the library's own way lacks something: names for screen readers, wrappers that
scroll on a narrow screen, classes in place of `style=`."""

from collections.abc import Callable, Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

RenderRule = Callable[[RendererHTML, Sequence[Token], int, OptionsDict, EnvType], str]


def _prefix(env: EnvType) -> str:
    return str(env.get("id_prefix", ""))


def _reference_name(token: Token) -> str:
    number = str(token.meta["id"] + 1)
    again = token.meta.get("subId", 0)
    return f"{number}-{again}" if again else number


def footnote_ref(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token, prefix = tokens[index], _prefix(env)
    number = token.meta["id"] + 1
    return (
        f'<sup class="footnote-ref"><a href="#{prefix}note-{number}" id="{prefix}note-ref-{_reference_name(token)}" '
        f'role="doc-noteref" aria-label="Footnote {number}">{number}</a></sup>'
    )


def footnote_block_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes"><ol>\n'


def footnote_block_close(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return "</ol></section>\n"


def footnote_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return f'<li id="{_prefix(env)}note-{tokens[index].meta["id"] + 1}">'


def footnote_anchor(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    name = _reference_name(tokens[index])
    return (
        f' <a href="#{_prefix(env)}note-ref-{name}" class="footnote-back" role="doc-backlink" '
        f'aria-label="Back to the text">\u21a9\ufe0e</a>'
    )


def table_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return '<div class="table-scroll" role="region" aria-label="Table" tabindex="0"><table>\n'


def table_close(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return "</table></div>\n"


def table_cell(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    side = str(token.attrs.get("style", "")).removeprefix("text-align:")
    return f'<{token.tag} class="align-{side}">' if side else f"<{token.tag}>"


def code_block(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
    inside = options.highlight(token.content, language, "") if options.highlight else escapeHtml(token.content)
    return f'<pre class="code" tabindex="0"><code>{inside}</code></pre>\n'


def link_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    href, title = str(token.attrs.get("href", "")), token.attrs.get("title")
    html = f'<a href="{escapeHtml(href)}"'
    if title:
        html += f' title="{escapeHtml(str(title))}"'
    if href.lower().startswith(("http:", "https:", "//")):
        html += ' rel="noopener nofollow ugc"'
    return html + ">"


def math_inline(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return str(tokens[index].meta["html"])


def math_display(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    return (
        f'<div class="math-display" role="group" aria-label="Formula" tabindex="0">{tokens[index].meta["html"]}</div>\n'
    )


def checkbox(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """The box of a task; with raw HTML off, no other token of this kind exists."""
    box = tokens[index].content
    return box.replace(">", f' aria-label="{"done" if "checked" in box else "not done"}">')


RENDER_RULES: dict[str, RenderRule] = {
    "footnote_ref": footnote_ref,
    "footnote_block_open": footnote_block_open,
    "footnote_block_close": footnote_block_close,
    "footnote_open": footnote_open,
    "footnote_anchor": footnote_anchor,
    "table_open": table_open,
    "table_close": table_close,
    "th_open": table_cell,
    "td_open": table_cell,
    "fence": code_block,
    "code_block": code_block,
    "link_open": link_open,
    "html_inline": checkbox,
    "math_inline": math_inline,
    "math_block": math_display,
    "amsmath": math_display,
}
