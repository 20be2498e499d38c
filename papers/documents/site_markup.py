"""What generators of sites add to Markdown: attributes in braces, and tags that stand for addresses."""

import re
from urllib.parse import quote

from papers.documents.definition_lists import as_nested_lists
from papers.documents.page_programs import with_plain_chunks
from papers.documents.site_boxes import with_boxes
from papers.documents.site_tags import fenced, with_links_around

_TAG = r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}"
#: The address of a link, with tags in it.
TARGET = rf"\]\((?:[^()\n{{}}]|{_TAG})*?(?:{_TAG})(?:[^()\n{{}}]|{_TAG})*\)"
CODE = r"(?P<code>^[ >]{0,9}(?P<ticks>```+|~~~+).*?(?:^[ >]{0,9}(?P=ticks)|\Z)|`[^`\n]+`)"
# Kramdown's {: .class}, which stands behind a piece of text or on a line of its own, and its mark for a contents list;
# Pandoc's boxes between lines of colons, and {.class} behind its links.
_ATTRIBUTES = re.compile(
    CODE + r"|(?P<toc>^[ \t]*[*+-][ \t]+[^\n]*\n\{:[^{}\n]*\btoc\b[^{}\n]*\})|\{:[^{}\n]*\}"
    r"|^[ \t]*:{3,}[ \t]*(?:\{[^{}\n]*\}|[\w-]*)[ \t]*:*[ \t]*$"
    r"|(?<=\))\{(?!width=\"\d+\"\})[ \t]*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}\"]+))"
    r"(?:[ \t]+(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[^\s{}\"]+)))*[ \t]*\}"
    r"|(?P<heading>^#{1,6}[ \t][^\n]*?)[ \t]*\{[ \t]*[.#:-][^{}\n]*\}[ \t]*$",
    re.DOTALL | re.MULTILINE,
)

_CALLOUT = re.compile(
    r"^(?P<mark>[ \t]*(?:>[ \t]*)+)\[!(?P<kind>[A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?(?P<said>[^\n]*)$", re.MULTILINE
)
#: A line that goes on with the one above it, since no other block begins with it.
_GOES_ON = re.compile(r"(?P<marks>[ \t>]*)(?![-*+] |\d+[.)] |[|#]|```|~~~)[^\s>]")

#: A formula between two dollar signs; one that begins and ends its line is a block.
_FORMULA = re.compile(
    CODE + r"|(?P<block>^[ \t>]*\$\$[^$]*\$\$[ \t]*$)|(?<![\\$])\$\$(?!\$)(?P<formula>[^$\n]{1,500})\$\$(?!\$)",
    re.DOTALL | re.MULTILINE,
)
#: Formulas between brackets with backslashes, as MathJax reads them; kramdown wants two of these.
_BRACKETED = re.compile(
    CODE
    + r"|\\{1,2}\((?P<within>[^\n]{1,500}?)\\{1,2}\)|\\{1,2}\[(?P<alone>(?:[^\n]|\n(?![ \t>]*\n)){1,2000}?)\\{1,2}\]",
    re.DOTALL | re.MULTILINE,
)
_WORDS = re.compile(r"[^\\^_={}<>]{2,}")
_HEADING = re.compile(CODE + r"|^(?P<marks>#{2,6})(?=[^\s#{}])", re.DOTALL | re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?[-=]{2,}:?[ \t]*[+|])+(?:[ \t]*:?[-=]{2,}:?[ \t]*)?\|?[ \t]*$")

_COUNTED_ROW = re.compile(r"^[ \t]{0,3}(?:\d{1,4}[.)]|[-*+])[ \t]*(?=\|[^|\n]*\|)")


def as_markdown(text: str) -> str:
    """What site generators understand beyond Markdown, as Markdown; the number of lines stays."""
    boxed = _with_plain_callouts(with_boxes(with_links_around(with_plain_chunks(fenced(text)))))
    return as_nested_lists(_with_plain_tables(_with_plain_math(_with_plain_headings(_without_attributes(boxed)))))


def _with_plain_headings(text: str) -> str:
    """Kramdown needs no blank behind the marks of a heading."""
    return (
        _HEADING.sub(lambda match: match[0] if match["code"] else f"{match['marks']} ", text) if "##" in text else text
    )


def _with_plain_callouts(text: str) -> str:
    """Boxes such as `> [!note] Remember` as quotations that open with what stands there in bold."""

    def head(match: re.Match[str]) -> str:
        said = match["said"].strip() or match["kind"].replace("-", " ").capitalize()
        said = said if "**" in said else f"**{said}**"
        below = _GOES_ON.match(text, match.end() + 1)
        is_more = below is not None and below["marks"].count(">") == match["mark"].count(">")
        return match["mark"] + said + ("\\" if is_more else "")

    return _CALLOUT.sub(head, text) if "[!" in text else text


def _without_attributes(text: str) -> str:
    """Take out classes, ids and marks for a contents list, which say how a page looks; the number of lines stays."""

    def cut(match: re.Match[str]) -> str:
        if match["code"]:
            return match[0]
        return match["heading"] or ("\n" if match["toc"] else "")

    return _ATTRIBUTES.sub(cut, text) if "{" in text or ":::" in text else text


def _with_plain_math(text: str) -> str:
    """A formula between two dollar signs within a line, as kramdown writes it, between single ones."""

    text = _BRACKETED.sub(_with_dollars, text) if "\\(" in text or "\\[" in text else text

    def single(match: re.Match[str]) -> str:
        return match[0] if match["code"] or match["block"] else f"${match['formula'].strip()}$"

    return _FORMULA.sub(single, text) if "$$" in text else text


def _with_dollars(match: re.Match[str]) -> str:
    """A bracketed formula between dollar signs; what holds mere words are brackets that were escaped."""
    formula = match["within"] or match["alone"] or ""
    if match["code"] or _WORDS.fullmatch(formula.strip()) or (match["alone"] and "\\" not in formula):
        return match[0]
    return f"$${formula}$$" if match["alone"] else f"${formula.strip()}$"


def _with_plain_tables(text: str) -> str:
    """Without the rules that kramdown draws around the rows of a table, and with the one under its head as usual."""
    if not re.search(r"^[ \t]*\|?[ \t]*:?[-=]+:?[ \t]*[+|]", text, re.MULTILINE):
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not _TABLE_RULE.match(line):
            continue
        above, below = (lines[n] if 0 <= n < len(lines) else "" for n in (number - 1, number + 1))
        if "|" not in above or "|" not in below:
            # Above the head or below the last row.
            lines[number] = "" if "+" in line or "=" in line else line
        elif number > 1 and "|" in lines[number - 2]:
            # Between rows; Markdown's tables have one part.
            lines[number] = "| " * (line.strip(" |").count("+") + line.strip(" |").count("|") + 1) + "|"
        elif "+" in line:
            lines[number] = line.replace("+", "|")
            _settle_rows(lines, number + 1)
        else:
            _settle_rows(lines, number + 1)
    return "\n".join(lines)


def _settle_rows(lines: list[str], start: int) -> None:
    """Rows below the head that count themselves, "1. | Looms | Ada": elsewhere they would be the items of a list."""
    for number in range(start, len(lines)):
        if "|" not in lines[number]:
            return
        lines[number] = _COUNTED_ROW.sub(r"| \g<0>", lines[number])


#: A value of a site, with what is done to it before it is printed.
_FILTERED = re.compile(r"[a-z_][\w-]*\.[\w.-]+\s*\|")
_BEFORE_BRACES = re.compile(r"(?:\\[A-Za-z]+|[}^_])$")
_LINE_BEFORE = 500


def is_in_formula(text: str, start: int, end: int) -> bool:
    """Whether double braces are a part of a formula, as in `\\mathbf{{x}}`, and no template tag."""
    inside = text[start + 2 : end - 2].strip(" -")
    if text[start + 1] != "{" or inside[:1] in {"<", "%"} or _FILTERED.match(inside):
        return False
    line_end = text.find("\n", end)
    before = text[max(start - _LINE_BEFORE, text.rfind("\n", 0, start) + 1) : start]
    after = text[end : end + _LINE_BEFORE if line_end < 0 else min(line_end, end + _LINE_BEFORE)]
    in_dollars = any(_count(mark, before) % 2 and _count(mark, after) for mark in ("$", "$$"))
    return in_dollars or len(inside) == 1 or "\\" in inside or bool(_BEFORE_BRACES.search(before))


def _count(mark: str, text: str) -> int:
    return text.count(mark) if mark == "$$" else text.replace("$$", "").count(mark)


def template_address(text: str) -> str:
    """The address that template tags stand for, as in `{% link a.md %}` or `{{ "/a.pdf" | relative_url }}`."""
    text = re.sub(
        r"\{%-?\s*post_url\s+([^%]+?)\s*-?%\}", lambda match: f"/_posts/{quote(match[1].strip('/'))}.md", text
    )
    text = re.sub(r"\{%-?\s*link\s+([^%]+?)\s*-?%\}", lambda match: f"/{quote(match[1].strip('/'))}", text)
    text = re.sub(r"\{\{[<%]?\s*(?:rel)?ref\s+\"?([^\s\"]+)\"?\s*[>%]?\}\}", r"\1", text)
    text = re.sub(r"\{\{-?\s*[\"']([^\"']*)[\"'][^{}]*\}\}", r"\1", text)
    return re.sub(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}", "", text)


def target_address(text: str) -> str:
    """As `template_address`, for a link's address in its brackets, behind which a title may stand."""
    inside = text[2:-1].strip()
    title = re.search(r"\s+\"[^\"{}]*\"$", inside)
    address = inside[: title.start()] if title else inside
    return f"]({template_address(address).strip().replace(' ', '%20')}{title[0] if title else ''})"
