"""Pictures in Markdown: widths as classes, figures with captions, sizes known from our own file names."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

COLUMN_PX = 680  # the width of the text column on a wide screen
WIDTH_CLASSES = frozenset(f"width-{percent}" for percent in range(10, 101, 10))

_PERCENT = re.compile(r"(\d{1,3})(?:\.\d+)?\s*%$")
_PIXELS = re.compile(r"(\d{1,5})(?:px)?$")
# Uploaded pictures carry their size in the name (see `readinggroup.images`), which keeps the page from jumping.
_OWN_SIZE = re.compile(r"-(\d{1,4})x(\d{1,4})\.webp$")
_IMG_TAG = re.compile(r'<img((?:\s+[a-z-]{1,20}\s*=\s*"[^"<>]{0,2000}"){1,12})\s*/?>', re.IGNORECASE)
_TAG_ATTRIBUTE = re.compile(r'([a-z-]+)\s*=\s*"([^"]*)"', re.IGNORECASE)


def width_class(width: str) -> str:
    """`60%`, `500` or `500px` as one of ten classes; empty when it is neither."""
    if match := _PERCENT.match(width.strip()):
        share = int(match.group(1)) / 100
    elif match := _PIXELS.match(width.strip()):
        share = int(match.group(1)) / COLUMN_PX
    else:
        return ""
    return f"width-{min(100, max(10, round(share * 10) * 10))}"


def img_tag_rule(state: StateInline, silent: bool) -> bool:
    """Read a pasted `<img src="..." width="500">` as a picture; every other tag stays text."""
    if state.src[state.pos] != "<" or not (match := _IMG_TAG.match(state.src, state.pos, state.posMax)):
        return False
    attributes = {name.lower(): value for name, value in _TAG_ATTRIBUTE.findall(match.group(1))}
    source = state.md.normalizeLink(attributes.get("src", ""))
    if not source or not state.md.validateLink(source):
        return False
    if not silent:
        token = state.push("image", "img", 0)
        token.attrs = {"src": source, "alt": ""}
        token.content = attributes.get("alt", "")
        token.children = [Token("text", "", 0, content=token.content)]
        token.attrs.update({name: attributes[name] for name in ("title", "width") if attributes.get(name)})
    state.pos = match.end()
    return True


def make_figures(state: StateCore) -> None:
    """A picture alone in its paragraph becomes a figure; its title becomes the caption."""
    for index in range(len(state.tokens) - 2):
        opening, inline, closing = state.tokens[index : index + 3]
        if opening.type != "paragraph_open" or inline.type != "inline":
            continue
        pieces = [
            child
            for child in inline.children or ()
            if (child.type != "softbreak" and child.content != "") or child.type == "image"
        ]
        if len(pieces) != 1 or pieces[0].type != "image" or opening.hidden:
            continue
        image = pieces[0]
        title = image.attrs.pop("title", "")
        caption: list[Token] = []
        if title:
            state.md.inline.parse(str(title), state.md, state.env, caption)
        inline.children = [image]
        if caption:
            inline.children += [
                Token("figcaption_open", "figcaption", 1),
                *caption,
                Token("figcaption_close", "figcaption", -1),
            ]
        opening.type, opening.tag = "figure_open", "figure"
        closing.type, closing.tag = "figure_close", "figure"


def render_image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    alt = renderer.renderInlineAsText(token.children or [], options, env)
    html = f'<img src="{escapeHtml(source)}" alt="{escapeHtml(alt)}" loading="lazy" decoding="async"'
    if title := token.attrs.get("title"):
        html += f' title="{escapeHtml(str(title))}"'
    if name := width_class(str(token.attrs.get("width", ""))):
        html += f' class="{name}"'
    if size := _OWN_SIZE.search(source):
        html += f' width="{size.group(1)}" height="{size.group(2)}"'
    return html + ">"


def install_images(md: MarkdownIt) -> None:
    md.inline.ruler.before("html_inline", "img_tag", img_tag_rule)
    md.core.ruler.after("inline", "figures", make_figures)
    md.add_render_rule("image", render_image)
