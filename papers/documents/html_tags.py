"""A single HTML tag as Markdown."""

import html
import re

from papers.documents.cell_breaks import BREAK
from papers.documents.page_programs import with_plain_values
from papers.documents.site_markup import template_address

_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.DOTALL)
MARKS = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "cite": "*",
    "code": "`",
    "tt": "`",
    "kbd": "`",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
_BLOCKS = {
    "p",
    "div",
    "center",
    "details",
    "section",
    "article",
    "figure",
    "ul",
    "ol",
    "dl",
    "header",
    "footer",
    "main",
}
_BLOCKS |= {"nav", "aside", "blockquote", "picture", "video", "audio"}
#: With these a block of HTML begins.
_WHOLE = _BLOCKS | {"table", "tr", "td", "th", "tbody", "thead", "summary", "li", "a", "img", "h1", "h2", "h3", "h4"}
_PLAIN = {
    "span",
    "font",
    "u",
    "small",
    "big",
    "abbr",
    "mark",
    "ins",
    "wbr",
    "dd",
    "dt",
    "figcaption",
    "label",
    "source",
}
_PLAIN |= {
    "time",
    "q",
    "var",
    "samp",
    "nobr",
    "html",
    "body",
    "head",
    "meta",
    "link",
    "tbody",
    "thead",
    "input",
    "col",
    "colgroup",
}
#: Tags that show what is elsewhere, but for pictures.
_SHOWING = {"iframe", "video", "audio", "embed"}
#: Tags with attributes that need no value.
_SWITCHED = _SHOWING | {"details", "input", "script", "source", "track", "ol", "select", "option", "button", "form"}
#: What an icon stands for that is all there is to click on.
_ICONS = {
    "play": "video", "video": "video", "youtube": "video", "film": "video", "desktop": "slides", "powerpoint": "slides",
    "slideshare": "slides", "chalkboard": "slides", "pdf": "pdf", "file": "paper", "github": "code", "code": "code",
}  # fmt: skip


_NEXT_BREAK = re.compile(r"[ \t]*<br\b", re.IGNORECASE)
_LAST_BREAK = re.compile(r"<br\b[^<>]*>$", re.IGNORECASE)
SHORT_CELL = 30


def tag_as_markdown(match: re.Match[str], links: list[str]) -> str | None:
    """The Markdown for a tag, None when it is not known; `links` holds the addresses of the links that are open."""
    name, closing = match["name"].lower(), match[0].startswith("</")
    if name.startswith("x-"):
        return match[0]
    attrs = {
        key.lower(): template_address(html.unescape(next((v for v in values if v), ""))).strip()
        for key, *values in _ATTRIBUTE.findall(with_plain_values(match["attrs"] or ""))
    }
    if match["name"] == "Link":
        name, attrs = "a", {"href": attrs.get("to", ""), **attrs}
    if name == "a":
        return _link(closing, attrs, links)
    if name == "img":
        return _image(attrs)
    if name in _SHOWING and not closing and attrs.get("src"):
        return f"[{_label(attrs.get('title', '')) or attrs['src']}]({_address(attrs['src'])})"
    return _written(match, name, closing)


def is_words(match: re.Match[str]) -> bool:
    """Whether what looks like a tag are words in angle brackets, "<A study of clocks>": a tag has attributes."""
    attrs = match["attrs"] or ""
    if "=" in attrs or match["name"].lower() in _SWITCHED or "-" in match["name"]:
        return False
    return len(re.findall(r"\w+", attrs)) > 1 and attrs.startswith((" ", "\n")) and not attrs.rstrip().endswith("/")


def without_html_indentation(text: str) -> str:
    """Take away the indentation in a block of HTML, which ends at a blank line: in Markdown it would make code."""
    if "<" not in text:
        return text
    lines, inside, fence = text.split("\n"), False, ""
    for number, line in enumerate(lines):
        mark = re.match(r" {0,3}(```|~~~)", line)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
        opened = re.match(r" {0,3}</?([a-zA-Z][a-zA-Z0-9-]*)\b", line)
        inside = not fence and bool(line.strip()) and (inside or bool(opened and opened[1].lower() in _WHOLE))
        if inside and line.startswith(("    ", "\t")):
            lines[number] = line.lstrip()
    return "\n".join(lines)


def icon_word(match: re.Match[str]) -> str:
    """The word for an icon that is a link's whole face; elsewhere an empty mark says nothing."""
    if not match.string[: match.start()].rstrip().endswith("["):
        return ""
    words = re.findall(r"[a-z]+", match["icon_attrs"].lower())
    return next((_ICONS[word] for word in reversed(words) if word in _ICONS), "")


def _written(match: re.Match[str], name: str, closing: bool) -> str | None:
    """The Markdown of a tag without attributes that matter, None for an unknown one."""
    if name in MARKS:
        return MARKS[name]
    if name == "br":
        ends_line = match.string[match.end() : match.end() + 1] == "\n" and "<x-t" not in match.string
        return "" if ends_line else _break(match)
    if re.fullmatch(r"h[1-6]", name):
        return "\n\n" if closing else "\n\n" + "#" * int(name[1]) + " "
    if name in _BLOCKS:
        return "" if _alone(match) or _in_heading(match) else "\n\n"
    if name in _PLAIN or name in {"iframe", "embed"}:
        return ""
    starts, ends = {"hr": ("\n\n---\n\n", ""), "li": ("\n* ", ""), "summary": ("\n\n**", "**\n\n")}.get(
        name, (None, None)
    )
    return ends if closing else starts


def _break(match: re.Match[str]) -> str:
    """A line break; in a row of a table there can be none, so the parts stand one after the other."""
    start = match.string.rfind("\n", 0, match.start()) + 1
    line = match.string[start : match.string.find("\n", match.end())]
    in_table = line.count("|") > 1 or "<x-t" in match.string
    before = match.string[start : match.start()].rstrip()
    if not in_table and (
        not before or _NEXT_BREAK.match(match.string, match.end()) or _LAST_BREAK.search(before[-80:])
    ):
        # Several breaks in a row part paragraphs; a mark with nothing before it would be shown itself.
        return "\n"
    # A point behind a short text is that of an initial.
    piece = re.split(r"[|>;]", before)[-1]
    ends = ",;:|" if len(piece) < SHORT_CELL else ",;:.|"
    # "Graphs of<br>knowledge" is one title on two lines.
    cell = re.split(r"\||<(?!br)[^<>]*>", before)[-1].strip()
    goes_on = cell[:1].isupper() and match.string[match.end() :].lstrip()[:1].islower()
    mark = "" if goes_on or before.endswith(":") else BREAK
    return f"{mark}{' ' if before[-1:] in ends or goes_on else '; '}" if in_table else "\\\n"


def _alone(match: re.Match[str]) -> bool:
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    return not match.string[start : match.start()].strip() and not match.string[match.end() : end].strip()


def _in_heading(match: re.Match[str]) -> bool:
    start = match.string.rfind("\n", 0, match.start()) + 1
    return bool(re.match(r" {0,3}#{1,6}[ \t]", match.string[start : match.start()]))


def _link(closing: bool, attrs: dict[str, str], links: list[str]) -> str:
    if closing:
        href = links.pop() if links else ""
        return f"]({_address(href)})" if href else ""
    links.append(attrs.get("href", ""))
    return "[" if attrs.get("href") else ""


def _image(attrs: dict[str, str]) -> str:
    src = attrs.get("src") or attrs.get("data-src", "")
    if not src:
        return ""
    width = re.match(r"\d+(?!\d*\s*%)", attrs.get("width", ""))
    return f"![{_label(attrs.get('alt', ''))}]({_address(src)})" + (f'{{width="{width[0]}"}}' if width else "")


def _address(href: str) -> str:
    href = " ".join(href.split())
    return f"<{href}>" if re.search(r"[\s()]", href) else href


def _label(text: str) -> str:
    return " ".join(re.sub(r"([\[\]])", r"\\\1", text).split())
