"""HTML that people write into Markdown, as Markdown: stored texts render no raw HTML.

Links, images with their width, line breaks, sub- and superscript, emphasis, headings, lists and tables are known. What
is not known stays as text, with a warning. Every line of the result knows the line of the document that it came from.
"""

import html
import re
from dataclasses import dataclass, field

from papers.documents.html_tables import table_as_markdown
from papers.documents.warnings import DocumentWarning

_CODE = (
    r"(?P<fence>^(?P<indent> {0,3}(?:[-*+>] {0,3})*)(?P<ticks>```+|~~~+)[^\n]*\n.*?(?:^[ >]*(?P=ticks)[`~]*[ \t]*$|\Z))"
    r"|(?P<code>(?P<mark>`+)(?!`)[^\n]{0,2000}?(?<!`)(?P=mark)(?!`))"
)
_PIECE = re.compile(
    _CODE
    + r"|(?P<comment><!--.*?(?:-->|\Z))"
    + r"|(?P<script><(?P<what>script|style)\b.*?(?:</(?P=what)\s*>|\Z))"
    + r"|(?P<table><table\b(?:(?!<table\b).)*?</table\s*>)"
    + r"|(?P<template>\{%[^\n]*?%\}|\{\{[^\n]*?\}\})"
    + r"|(?P<auto><(?:https?://|mailto:)[^<>\s]*>)"
    + r"|(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attrs>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>)",
    re.DOTALL | re.MULTILINE,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.DOTALL)
_MARKS = {
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
_PLAIN |= {"time", "q", "var", "samp", "nobr", "html", "body", "head", "meta", "link", "tbody", "thead", "input"}
_SUP = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SCRIPT = re.compile(r"<(su[bp])\b[^<>]*>([^<>\n]{0,200})</\1\s*>", re.IGNORECASE)


@dataclass
class Converted:
    """`origins[n]` is the line of the document from which line n (from 0) of `text` came."""

    text: str
    origins: list[int]
    warnings: list[DocumentWarning] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    day_text: str = ""


class _Writer:
    def __init__(self) -> None:
        self.parts: list[str] = []
        self.origins: list[int] = [1]
        self.line = 1

    def source(self, text: str) -> None:
        """Text as it stood."""
        self.parts.append(text)
        for _ in range(text.count("\n")):
            self.line += 1
            self.origins.append(self.line)

    def instead(self, new: str, old: str) -> None:
        """`new` in the place of `old`; what follows stands where it stood."""
        self.parts.append(new)
        self.origins += [self.line] * new.count("\n")
        self.line += old.count("\n")
        if old.count("\n") and new.endswith("\n"):
            self.origins[-1] = self.line


def convert_html(text: str) -> Converted:
    """Return `text` with its HTML as Markdown, and with what no reader sees (comments, template tags) taken out."""
    text = _SCRIPT.sub(_script, text)
    writer, result, links = _Writer(), Converted("", []), list[str]()
    at = 0
    for match in _PIECE.finditer(text):
        writer.source(text[at : match.start()])
        at = match.end()
        old = match[0]
        if match["fence"] or match["code"] or match["auto"]:
            writer.source(old)
        elif match["comment"]:
            _take_comment(old, writer.line, result)
            writer.instead("", old)
        elif match["script"]:
            result.warnings.append(DocumentWarning(writer.line, old, "a script or style sheet; left out"))
            writer.instead("", old)
        elif match["template"] and text.endswith("](", 0, match.start()):
            writer.instead(template_address(old), old)
        elif match["template"]:
            result.warnings.append(DocumentWarning(writer.line, old, "a template tag; neither run nor shown"))
            writer.instead("", old)
        elif match["table"]:
            inner = convert_html(_cells_on_one_line(old))
            writer.instead("\n\n" + table_as_markdown(inner.text, old) + "\n\n", old)
        else:
            if "date" in (match["attrs"] or "") and not result.day_text:
                result.day_text = text[match.end() : match.end() + 40].split("<")[0].strip()
            writer.instead(_tag(match, links, writer.line, result), old)
    writer.source(text[at:])
    result.text = "".join(writer.parts)
    result.origins = writer.origins
    return result


def template_address(text: str) -> str:
    """The address that template tags stand for, as in `{% link a.md %}` or `{{ "/a.pdf" | relative_url }}`."""
    text = re.sub(r"\{%-?\s*post_url\s+(\S+)\s*-?%\}", r"_posts/\1.md", text)
    text = re.sub(r"\{%-?\s*link\s+(\S+)\s*-?%\}", r"\1", text)
    text = re.sub(r"\{\{[<%]?\s*(?:rel)?ref\s+\"?([^\s\"]+)\"?\s*[>%]?\}\}", r"\1", text)
    text = re.sub(r"\{\{-?\s*[\"']([^\"']*)[\"'][^{}]*\}\}", r"\1", text)
    return re.sub(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}", "", text)


def _script(match: re.Match[str]) -> str:
    inner, is_super = match[2], match[1].lower() == "sup"
    written = inner.translate(_SUP if is_super else _SUB)
    plain = any(character.isascii() and character.isalnum() for character in written)
    return (("^" if is_super else "_") + inner) if plain else written


def _take_comment(old: str, line: int, result: Converted) -> None:
    inside = old.removeprefix("<!--").removesuffix("-->").strip()
    label, _, rest = inside.partition("\n") if "\n" in inside else inside.partition(":")
    if label.strip().lower() == "tags":
        result.tags += [tag.strip(" #-*") for tag in re.split(r"[,\n]", rest) if tag.strip(" #-*")]
    elif inside and inside.strip() != "more":
        result.warnings.append(DocumentWarning(line, old, "an HTML comment, hidden from readers; left out"))


def _cells_on_one_line(table: str) -> str:
    """Keep the table's own tags out of the reach of `convert_html`, which treats what is in the cells."""
    return re.sub(r"<(/?)(table|tr|td|th|thead|tbody|caption)\b", "<\\1x-\\2", table, flags=re.IGNORECASE)


def _tag(match: re.Match[str], links: list[str], line: int, result: Converted) -> str:
    name, closing = match["name"].lower(), match[0].startswith("</")
    if name.startswith("x-"):
        return match[0]
    attrs = {
        key.lower(): template_address(html.unescape(next((v for v in values if v), ""))).strip()
        for key, *values in _ATTRIBUTE.findall(match["attrs"] or "")
    }
    if name == "a":
        return _link(closing, attrs, links)
    if name == "img":
        return _image(attrs)
    if name == "iframe" and not closing and attrs.get("src"):
        return f"[{_label(attrs.get('title', '')) or attrs['src']}]({_address(attrs['src'])})"
    written = _written(match, name, closing)
    if written is None:
        result.warnings.append(DocumentWarning(line, match[0], "HTML that the importer does not know; kept as text"))
        return "\\" + match[0]
    return written


def _written(match: re.Match[str], name: str, closing: bool) -> str | None:
    """The Markdown of a tag without attributes that matter, None for an unknown one."""
    if name in _MARKS:
        return _MARKS[name]
    if name == "br":
        return "" if match.string[match.end() : match.end() + 1] == "\n" else _break(match)
    if re.fullmatch(r"h[1-6]", name):
        return "\n\n" if closing else "\n\n" + "#" * int(name[1]) + " "
    if name in _BLOCKS:
        return "" if _alone(match) else "\n\n"
    if name in _PLAIN or name == "iframe":
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
    before = match.string[start : match.start()].rstrip()[-1:]
    return (" " if before in ",;:.|" else "; ") if in_table else "\\\n"


def _alone(match: re.Match[str]) -> bool:
    start = match.string.rfind("\n", 0, match.start()) + 1
    end = match.string.find("\n", match.end())
    return not match.string[start : match.start()].strip() and not match.string[match.end() : end].strip()


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
