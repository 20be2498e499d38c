"""HTML that people write into Markdown, as Markdown: stored texts render no raw HTML.

Links, images with their width, line breaks, sub- and superscript, emphasis, headings, lists and tables are known. What
is not known stays as text, with a warning. Every line of the result knows the line of the document that it came from.
"""

import re
from dataclasses import dataclass, field

from papers.documents.cell_breaks import without_breaks
from papers.documents.html_lists import OPENING, as_item, end_of_list, items_of
from papers.documents.html_tables import table_as_markdown
from papers.documents.html_tags import MARKS, icon_word, is_words, tag_as_markdown, without_html_indentation
from papers.documents.page_programs import (
    COMPONENT_REASON,
    PROGRAM,
    PROGRAM_REASON,
    component_as_markdown,
    is_component,
)
from papers.documents.site_markup import TARGET, is_in_formula, target_address
from papers.documents.site_tags import tag_text
from papers.documents.warnings import DocumentWarning

_CODE = (
    r"(?P<fence>^(?P<indent> {0,3}(?:[-*+>] {0,3})*)(?P<ticks>```+|~~~+)[^\n]*\n.*?(?:^[ >]*(?P=ticks)[`~]*[ \t]*$|\Z))"
    r"|(?P<code>(?P<mark>`+)(?!`)[^\n]{0,2000}?(?<!`)(?P=mark)(?!`))"
)
# A tag may go on over several lines, and over no blank one.
_IN_TAG = r"(?:[^\n]|\n(?![ \t]*\n)){0,1000}?"
_PIECE = re.compile(
    _CODE
    + rf"|{PROGRAM}"
    + r"|(?P<comment><!--.*?(?:-->|\Z))"
    + r"|(?P<script><(?P<what>script|style)\b.*?(?:</(?P=what)\s*>|\Z))"
    + r"|(?P<table><table\b(?:(?!<table\b).)*?</table\s*>)"
    + r"|(?P<icon><(?P<mark_name>i|span|em|b|strong)\b(?P<icon_attrs>[^<>]*)>\s*</(?P=mark_name)\s*>)"
    + r"|(?P<head><(?P<level>h[1-6])\b[^<>]*>(?P<heading>(?:(?!</?h[1-6]\b).){0,2000}?)</(?P=level)\s*>)"
    + rf"|(?P<target>{TARGET})"
    + rf"|{OPENING}"
    + rf"|(?P<template>\{{%{_IN_TAG}%\}}|\{{\{{[<%]{_IN_TAG}[>%]\}}\}}|\{{\{{[^\n]{{0,1000}}?\}}\}})"
    + r"|(?P<auto><(?:(?:https?://|mailto:)[^<>\s]*|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})>)"
    + r"|(?P<tag></?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attrs>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*)>)",
    re.DOTALL | re.MULTILINE,
)
#: After so many lists that are never closed, no end is looked for any more: each search goes through the whole text.
MAX_UNCLOSED = 20
_TAG_REASON = "a template tag; neither run nor shown"
_PERSON = re.compile(r"\{\{[<%]\s*(?:mention|person|people|member|author|user|speaker)\s+\"([^\"{}<>]+)\"\s*[%>]\}\}")
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

    def without_blanks(self) -> str:
        """Take the blanks back that the last text ended with."""
        last = self.parts.pop()
        self.parts.append(last.rstrip(" \t"))
        return last[len(self.parts[-1]) :]

    def lines(self, lines: list[tuple[str, int]], origins: list[int], old: str) -> None:
        """A block of its own in the place of `old`; `origins` are the lines of the document behind those of `lines`."""
        self.parts.append("\n\n" + "\n".join(text for text, _ in lines) + "\n\n")
        self.origins += [self.line, *(origins[min(line, len(origins) - 1)] for _, line in lines)]
        self.line += old.count("\n")
        self.origins += [self.line, self.line]

    def instead(self, new: str, old: str) -> None:
        """`new` in the place of `old`; what follows stands where it stood."""
        self.parts.append(new)
        self.origins += [self.line] * new.count("\n")
        self.line += old.count("\n")
        if old.count("\n") and new.endswith("\n"):
            self.origins[-1] = self.line


def convert_html(text: str) -> Converted:
    """Return `text` with its HTML as Markdown, and with what no reader sees (comments, template tags) taken out."""
    result = convert_keeping_breaks(text)
    result.text = without_breaks(result.text)
    return result


def convert_keeping_breaks(text: str) -> Converted:
    """As `convert_html`, with marks where the cells of tables have line breaks, see `cell_breaks`."""
    text = _SCRIPT.sub(_script, without_html_indentation(text))
    writer, result, links = _Writer(), Converted("", []), list[str]()
    at, unclosed = 0, 0
    while match := _PIECE.search(text, at):
        writer.source(text[at : match.start()])
        at = match.end()
        end = end_of_list(text, match.start()) if match["list"] and unclosed < MAX_UNCLOSED else -1
        if end > 0:
            _write_list(text[match.start() : end], writer, result)
            at = end
        elif match["list"]:
            unclosed += 1
            writer.instead("\n\n", match[0])
        elif match["fence"] or match["code"] or match["auto"] or _is_formula(match):
            writer.source(match[0])
        else:
            at = _write_piece(match, links, writer, result)
    writer.source(text[at:])
    result.text = "".join(writer.parts)
    result.origins = writer.origins
    return result


def _is_formula(match: re.Match[str]) -> bool:
    return bool(match["template"]) and is_in_formula(match.string, match.start(), match.end())


def _write_piece(match: re.Match[str], links: list[str], writer: _Writer, result: Converted) -> int:
    """Write what a tag stands for; return where the text goes on."""
    old, line = match[0], writer.line
    if match["comment"]:
        _take_comment(old, line, result)
        writer.instead("", old)
    elif match["script"]:
        result.warnings.append(DocumentWarning(line, old, "a script or style sheet; left out"))
        writer.instead("", old)
    elif match["program"]:
        result.warnings.append(DocumentWarning(line, old, PROGRAM_REASON))
        writer.instead("", old)
    elif match["target"]:
        writer.instead(target_address(old), old)
    elif match["template"] and (shown := tag_text(old)) is not None:
        writer.instead(shown, old)
    elif match["template"]:
        _take_tag(old, line, result)
        writer.instead(_person(old), old)
    elif match["icon"]:
        writer.instead(icon_word(match), old)
    elif match["table"]:
        inner = _converted(_cells_on_one_line(old), line, result)
        writer.lines(table_as_markdown(inner.text, old), [line + origin - 1 for origin in inner.origins], old)
    elif match["head"]:
        inner = _converted(match["heading"], line, result)
        heading = " ".join(inner.text.replace("\\\n", " ").split())
        writer.instead(f"\n\n{'#' * int(match['level'][1])} {heading}\n\n", old)
    else:
        return _write_tag(match, links, writer, result)
    return match.end()


def _write_tag(match: re.Match[str], links: list[str], writer: _Writer, result: Converted) -> int:
    if "date" in (match["attrs"] or "") and not result.day_text:
        result.day_text = match.string[match.end() : match.end() + 40].split("<")[0].strip()
    if is_words(match):
        writer.instead("\\<", "<")
        return match.start() + 1
    new, end = tag_as_markdown(match, links), match.end()
    if is_component(match) and (new is None or (not new and "=" in match["attrs"])):
        if not match[0].startswith("</"):
            result.warnings.append(DocumentWarning(writer.line, match[0], COMPONENT_REASON))
        new = component_as_markdown(match)
    if new is None:
        reason = "HTML that the importer does not know; kept as text"
        result.warnings.append(DocumentWarning(writer.line, match[0], reason))
        new = "\\" + match[0]
    if match["name"].lower() in MARKS:
        # Blanks inside the marks would keep Markdown from seeing them.
        if match[0].startswith("</"):
            new += writer.without_blanks() if writer.parts else ""
        else:
            blanks = re.compile(r"[ \t]*").match(match.string, end)
            new, end = (blanks[0] if blanks else "") + new, blanks.end() if blanks else end
    writer.instead(new, match[0])
    return end


def _write_list(old: str, writer: _Writer, result: Converted) -> None:
    """Item by item, so that each keeps the line that it came from."""
    is_ordered = old[1:3].lower() == "ol"
    items, rest = items_of(old)
    for number, item in enumerate(items, start=1):
        writer.instead("\n\n" if number == 1 else "\n", item.skipped)
        inner = _converted(item.html, writer.line, result)
        writer.instead(as_item(inner.text, f"{number}. " if is_ordered else "* "), item.html)
    writer.instead("\n\n", rest)


def _converted(text: str, line: int, result: Converted) -> Converted:
    """A part of the document by itself; what it warns of is told for the line where the part begins."""
    inner = convert_keeping_breaks(text)
    result.warnings += [DocumentWarning(line + w.line - 1, w.kept, w.reason) for w in inner.warnings]
    result.tags += inner.tags
    return inner


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


def _take_tag(old: str, line: int, result: Converted) -> None:
    """Tell of a template tag; of all those on one line together."""
    last = result.warnings[-1] if result.warnings else None
    if last and (last.line, last.reason) == (line, _TAG_REASON):
        result.warnings[-1] = DocumentWarning(line, f"{last.kept} {old}", _TAG_REASON)
    else:
        result.warnings.append(DocumentWarning(line, old, _TAG_REASON))


def _person(tag: str) -> str:
    """The name that a tag for a person holds, since only its writer knows whom it shows."""
    match = _PERSON.fullmatch(tag)
    return match[1].replace("_", " ") if match else ""


def _cells_on_one_line(table: str) -> str:
    """Keep the table's own tags out of the reach of `convert_html`, which treats what is in the cells."""
    return re.sub(r"<(/?)(table|tr|td|th|thead|tbody|caption)\b", "<\\1x-\\2", table, flags=re.IGNORECASE)
